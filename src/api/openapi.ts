import { z } from 'zod'
import { catalogue, type ErrorCode } from '../shared/errors.ts'
import type { Access } from './auth/access.ts'
import { schemas } from './contract.ts'
import type { Route } from './route.ts'

/** What any route may answer besides its own errors. */
export const COMMON_ERRORS: readonly ErrorCode[] = [
  'AP_INPUT_INVALID',
  'AP_HOST_UNKNOWN',
  'AP_STORE_LOCKED',
  'AP_STORE_READ_ONLY',
  'AP_STORE_UNWRITABLE',
  'AP_STORE_FULL',
  'AP_INTERNAL',
]

for (const [id, schema] of Object.entries(schemas))
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id })

/** The codes that a route may answer with, by its rule of access, its body and its own list. */
export function errorsOf(route: Route): ErrorCode[] {
  const codes = [...COMMON_ERRORS, ...(route.errors ?? [])]
  if (route.access !== 'anyone') codes.push('AP_LOGIN_NEEDED')
  if (route.access === 'owner') codes.push('AP_NOT_ALLOWED')
  if (route.method !== 'GET')
    codes.push('AP_ORIGIN_FOREIGN', 'AP_CSRF_TOKEN_WRONG', 'AP_BODY_KIND', 'AP_BODY_TOO_LARGE')
  return [...new Set(codes)].sort()
}

/** The OpenAPI 3.1 document of these routes, made from the schemas by which they check and answer. */
export function describeApi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Answerphone',
      version,
      description:
        'Messages, calls and settings of an answering machine. Instants are ISO 8601 in UTC, durations are ms. Every error is a Problem; its code is documented in docs/errors.md.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [name, describeSchema(schema, 'output', name)]),
      ),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made by `answerphone tokens create NAME`' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'answerphone',
          description:
            'Set by POST /api/v1/session; over HTTPS its name is __Host-answerphone. Unsafe requests carry X-CSRF-Token too.',
        },
      },
    },
  }
}

function describeRoute(route: Route): object {
  const { answer } = route
  const content =
    'json' in answer
      ? { content: { 'application/json': { schema: describeSchema(answer.json, 'output') } } }
      : {}
  const media = 'media' in answer ? { content: { [answer.media]: { schema: {} } } } : {}
  const ok = { description: 'Done', ...content, ...media }
  return {
    tags: [route.tag],
    summary: route.summary,
    operationId: `${route.method.toLowerCase()}${route.url.replace(/\W+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    security: securityOf(route.access),
    parameters: [
      ...parametersOf('path', route.params as z.ZodObject | undefined),
      ...parametersOf('query', route.query as z.ZodObject | undefined),
    ],
    ...bodyOf(route),
    responses: {
      [answer.status]: ok,
      ...('json' in answer && answer.otherwise
        ? { [answer.otherwise]: { ...ok, description: 'Not now' } }
        : {}),
      ...problemsOf(route),
    },
  }
}

function bodyOf(route: Route): object {
  if (route.bodyMedia)
    return { requestBody: { required: true, content: { [route.bodyMedia.type]: { schema: {} } } } }
  if (route.body === undefined) return {}
  const body = route.body as z.ZodType
  const schema = describeSchema(body, 'input')
  const required = !body.safeParse(undefined).success
  return { requestBody: { required, content: { 'application/json': { schema } } } }
}

function securityOf(access: Access): object[] {
  if (access === 'anyone') return []
  const ways = [{ token: [] }, { session: [] }]
  return access === 'local' ? [{}, ...ways] : ways
}

function parametersOf(place: 'path' | 'query', schema: z.ZodObject | undefined): object[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...rest } = describeSchema(field as z.ZodType, 'input') as { description?: string }
    const required = place === 'path' || !(field as z.ZodType).safeParse(undefined).success
    return { name, in: place, required, ...(description === undefined ? {} : { description }), schema: rest }
  })
}

/** One response for each status, naming its codes. */
function problemsOf(route: Route): Record<string, object> {
  const byStatus = Map.groupBy(errorsOf(route), (code) => catalogue[code].status)
  const taken = 'json' in route.answer ? route.answer.otherwise : undefined
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => status !== taken)
      .map(([status, codes]) => [
        status,
        {
          description: codes.join(', '),
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  )
}

/** JSON Schema of a schema; those with a name stand in the components and are referred to. */
function describeSchema(schema: z.ZodType, io: 'input' | 'output', self?: string): object {
  const made = z.toJSONSchema(schema, {
    io,
    // The format says it; zod's pattern for an instant is 300 characters long.
    override: ({ jsonSchema }) => void (jsonSchema.format && delete jsonSchema.pattern),
  })
  const { $schema, $defs, ...described } = made
  const { id, ...wanted } = (self === undefined ? described : ($defs?.[self] ?? described)) as { id?: string }
  return JSON.parse(JSON.stringify(wanted).replaceAll('"#/$defs/', '"#/components/schemas/'))
}
