import type { Problem } from '../../../src/api/contract.ts'
import { KEPT_AT } from '../offline/kept-names.ts'
import { keptAt } from './kept-at.ts'

/** The server's answer to a request that it refused, or code `offline` when no answer came. */
export class RequestError extends Error {
  readonly code: string
  readonly status: number

  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'RequestError'
    this.code = problem.code
    this.status = problem.status
  }
}

let csrfToken: string | null = null
let credentials: RequestCredentials = 'same-origin'

/** From now on this page asks as nobody, though its browser be logged in. */
export function askAsNobody(): void {
  credentials = 'omit'
}

/** Sets the token that unsafe requests carry; it comes with the session. */
export function useCsrfToken(token: string | null): void {
  csrfToken = token
}

/** A request under /api/v1; a Blob goes as it is, everything else as JSON. Resolves to the JSON of the answer, or to its sound as a Blob (undefined when it has neither), throws RequestError. */
export async function request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = body instanceof Blob ? body.type : 'application/json'
  if (method !== 'GET' && csrfToken !== null) headers['x-csrf-token'] = csrfToken
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers,
    credentials,
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
  }).catch(() => {
    throw new RequestError({ code: 'offline', status: 0, message: '' })
  })
  keptAt.value = response.headers.get(KEPT_AT)
  const answer = await readAnswer(response)
  if (response.ok) return answer as Answer
  throw new RequestError(isProblem(answer) ? answer : unknownProblem(response))
}

async function readAnswer(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('json')) return response.json().catch(() => undefined)
  return type.startsWith('audio/') ? response.blob() : undefined
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'message' in answer && 'code' in answer
}

function unknownProblem(response: Response): Problem {
  return { code: 'unknown', status: response.status, message: `${response.status} ${response.statusText}` }
}
