import type { FastifyInstance, FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import type { z } from 'zod'
import { explainIssue } from '../shared/explain-issue.ts'
import { type Access, requireAccess } from './auth/access.ts'
import { authenticate, type Who } from './auth/authenticate.ts'
import { requireSameOrigin } from './auth/same-origin.ts'
import type { Context } from './context.ts'
import type { HostNames } from './host-names.ts'
import { InvalidRequest } from './problem.ts'
import type { Route } from './route.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route; a route that does not say is not registered. */
    access?: Access
  }
  interface FastifyRequest {
    who: Who
  }
}

const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const result = schema.safeParse(data, { error: explainIssue })
    return result.success
      ? { value: result.data }
      : { error: new InvalidRequest(httpPart ?? 'request', result.error) }
  }

/** What leaves is read by its schema too: a field that the contract does not name can't slip out. */
const serializerCompiler: FastifySerializerCompiler<z.ZodType> =
  ({ schema }) =>
  (data) =>
    JSON.stringify(schema.parse(data))

/** Lets nobody in who may not come in: the order is identity, host name, access, origin; before any body is read. */
export function guardRoutes(app: FastifyInstance, context: Context, names: HostNames): void {
  app.decorateRequest('who')
  app.addHook('onRoute', ({ config, url }) => {
    if (config?.access === undefined) throw new Error(`the route ${url} does not say who may use it`)
  })
  app.addHook('onRequest', async (request) => {
    request.who = request.is404 ? { kind: 'nobody' } : await authenticate(request, context)
    // No page can know a token; all else must come under a name of ours.
    if (request.who.kind !== 'token') names.require(request)
    if (request.is404) return
    requireAccess(request.routeOptions.config.access ?? 'owner', request.who, request)
    requireSameOrigin(request, request.who, names)
  })
}

/** Registers the operations of the API. */
export function registerRoutes(app: FastifyInstance, routes: readonly Route[], context: Context): void {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  for (const route of routes) {
    const { answer } = route
    app.route({
      method: route.method,
      url: route.url,
      schema: {
        ...(route.params === undefined ? {} : { params: route.params }),
        ...(route.query === undefined ? {} : { querystring: route.query }),
        ...(route.body === undefined ? {} : { body: route.body }),
        ...('json' in answer
          ? {
              response: {
                [answer.status]: answer.json,
                ...(answer.otherwise && { [answer.otherwise]: answer.json }),
              },
            }
          : {}),
      },
      config: { access: route.access },
      // A stream that lasts has no head to ask for.
      exposeHeadRoute: !('media' in answer && answer.media === 'text/event-stream'),
      ...(route.bodyMedia === undefined ? {} : { bodyLimit: route.bodyMedia.mostBytes }),
      async handler(raw, reply) {
        const { params, query, body, who } = raw
        reply.code(answer.status)
        const result = await route.handle({ params, query, body, who, raw, reply } as never, context)
        if (answer.status === 204) return reply.send()
        if ('media' in answer && !reply.hasHeader('content-type')) reply.type(answer.media)
        return result
      },
    })
  }
}
