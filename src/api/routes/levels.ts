import { authenticate } from '../auth/authenticate.ts'
import { levelQuery } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'

export const levelRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/levels',
    access: 'member',
    tag: 'Events',
    summary: 'How loud callers are while they leave messages, as server-sent events; each `data` is a Level',
    query: levelQuery,
    answer: { status: 200, media: 'text/event-stream' },
    errors: ['AP_CALL_OVER', 'AP_TOO_MANY_LISTENERS'],
    async handle({ query, raw, reply }, context) {
      const stream = context.levels.open(
        query.calls,
        async () => (await authenticate(raw, context)).kind !== 'nobody',
      )
      reply.type('text/event-stream').header('x-accel-buffering', 'no')
      return reply.send(stream)
    },
  }),
]
