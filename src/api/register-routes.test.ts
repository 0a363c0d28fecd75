import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { Context } from './context.ts'
import { registerRoutes } from './register-routes.ts'
import { defineRoute } from './route.ts'

it('lets nothing out that the schema of a route does not name', async () => {
  const app = fastify()
  const route = defineRoute({
    method: 'GET',
    url: '/user',
    access: 'anyone',
    tag: 'Test',
    summary: 'A user, and by mistake more than that',
    answer: { status: 200, json: z.object({ name: z.string() }) },
    handle: async () => ({ name: 'ada', passwordHash: '$scrypt$…' }),
  })
  registerRoutes(app, [route], {} as Context)
  expect((await app.inject('/user')).body).toBe('{"name":"ada"}')
  await app.close()
})
