/**
 * A small client of the API. What each operation takes and answers is typed by the schemas that the machine itself checks
 * it by; `examples.test.ts` holds the table to the machine's OpenAPI document. Add a row for whatever else you need.
 *
 *     const client = openClient('http://localhost:8080', 'ap_…')
 *     const { messages } = await client('GET /messages', { query: { state: 'new' } })
 *     await client('PATCH /messages/:id', { params: { id }, body: { state: 'heard' } })
 */
import type { z } from 'zod'
import type { schemas } from '../src/api/contract.ts'

type Schemas = typeof schemas
type Name = keyof Schemas

interface Shape {
  readonly body?: Name
  /** A schema, a list of what a schema says, or nothing. */
  readonly answer: Name | readonly [Name] | null
}

/** Operations by method and path, with the names that their schemas have in the OpenAPI document. */
export const OPERATIONS = {
  'GET /messages': { answer: 'MessagePage' },
  'GET /messages/:id': { answer: 'Message' },
  'PATCH /messages/:id': { body: 'MessageChange', answer: 'Message' },
  'DELETE /messages/:id': { answer: null },
  'GET /calls': { answer: 'CallPage' },
  'GET /calls/:id': { answer: 'CallDetails' },
  'GET /lines': { answer: ['Line'] },
  'POST /lines': { body: 'LineInput', answer: 'Line' },
  'GET /mailboxes': { answer: ['Mailbox'] },
  'POST /mailboxes': { body: 'MailboxInput', answer: 'Mailbox' },
  'GET /phones': { answer: ['Phone'] },
  'POST /phones': { body: 'PhoneInput', answer: 'SetUpPhone' },
  'GET /contacts': { answer: 'ContactPage' },
  'POST /contacts': { body: 'ContactInput', answer: 'Contact' },
  'GET /rules': { answer: 'RuleList' },
  'POST /rules': { body: 'RuleInput', answer: 'Rule' },
  'POST /rules/preview': { body: 'RulePreviewInput', answer: 'RulePreview' },
  'GET /switches': { answer: 'Switches' },
  'PATCH /switches': { body: 'SwitchesChange', answer: 'Switches' },
  'GET /doctor': { answer: 'Diagnosis' },
} as const satisfies Record<`${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`, Shape>

type Operations = typeof OPERATIONS
export type Operation = keyof Operations

type Output<Named extends Name> = z.output<Schemas[Named]>
/** What an operation answers. */
export type Answer<Key extends Operation> = Operations[Key]['answer'] extends readonly [
  infer Each extends Name,
]
  ? Output<Each>[]
  : Operations[Key]['answer'] extends infer Named extends Name
    ? Output<Named>
    : undefined

type Params<Path> = Path extends `${string}:${infer Param}/${infer Rest}`
  ? Param | Params<Rest>
  : Path extends `${string}:${infer Param}`
    ? Param
    : never

/** What an operation takes. */
export type Request<Key extends Operation> = {
  readonly query?: Readonly<Record<string, string | number>>
} & ([Params<Key>] extends [never] ? unknown : { readonly params: Readonly<Record<Params<Key>, string>> }) &
  (Operations[Key] extends { readonly body: infer Body extends Name }
    ? { readonly body: z.input<Schemas[Body]> }
    : unknown)

/** Asks the machine; rejects with its own words, which begin with the code of the error. */
export type Client = <Key extends Operation>(operation: Key, request: Request<Key>) => Promise<Answer<Key>>

/**
 * @param base where the page is, like http://localhost:8080
 * @param token made by `answerphone tokens create NAME`
 */
export function openClient(base: string, token: string): Client {
  return async <Key extends Operation>(operation: Key, request: Request<Key>): Promise<Answer<Key>> => {
    const { params, query, body } = request as {
      readonly params?: Readonly<Record<string, string>>
      readonly query?: Readonly<Record<string, string | number>>
      readonly body?: unknown
    }
    const [method = 'GET', path = ''] = operation.split(' ')
    const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''))
    const url = new URL(`/api/v1${filled}`, base)
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, `${value}`)
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) {
      const problem = (await answer.json()) as z.output<Schemas['Problem']>
      throw new Error(`${operation}: ${problem.code}: ${problem.message}`)
    }
    return (answer.status === 204 ? undefined : await answer.json()) as Answer<Key>
  }
}
