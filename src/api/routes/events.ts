import { authenticate } from '../auth/authenticate.ts'
import { defineRoute, type Route } from '../route.ts'

export const eventRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/api/v1/events',
    access: 'member',
    tag: 'Events',
    summary: 'What happens, as server-sent events; each `data` is an Event',
    answer: { status: 200, media: 'text/event-stream' },
    errors: ['AP_TOO_MANY_LISTENERS'],
    async handle({ raw, reply }, context) {
      const stream = context.events.open(async () => (await authenticate(raw, context)).kind !== 'nobody')
      // Proxies that collect answers would keep the events to themselves (nginx reads this header).
      reply.type('text/event-stream').header('x-accel-buffering', 'no')
      return reply.send(stream)
    },
  }),
]
