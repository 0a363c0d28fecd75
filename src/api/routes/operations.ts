import { z } from 'zod'
import { health } from '../contract.ts'
import { defineRoute, type Route } from '../route.ts'
import { showHealth } from '../views/settings.ts'

const tag = 'Operations'

export const operationRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    url: '/healthz',
    access: 'anyone',
    tag,
    summary: 'The process is alive',
    answer: { status: 200, json: z.object({ alive: z.literal(true) }) },
    handle: async () => ({ alive: true }),
  }),
  defineRoute({
    method: 'GET',
    url: '/readyz',
    access: 'anyone',
    tag,
    summary: 'Whether messages can be taken; 503 with the problems when not',
    answer: { status: 200, json: health, otherwise: 503 },
    async handle({ reply }, { machine }) {
      const now = showHealth(machine.health())
      if (!now.ready) reply.code(503)
      return now
    },
  }),
  defineRoute({
    method: 'GET',
    url: '/metrics',
    access: 'local',
    tag,
    summary: 'Figures for Prometheus',
    answer: { status: 200, media: 'text/plain' },
    async handle({ reply }, { metrics }) {
      reply.type(metrics.contentType)
      return metrics.read()
    },
  }),
]
