import type { z } from 'zod'
import { allRoutes } from '../../src/api/routes/all-routes.ts'
import { explainIssue } from '../../src/shared/explain-issue.ts'

/** What the real machine would say of a body that the page sends; null: it takes it. */
export function complainOfBody(method: string, path: string, body: unknown): string | null {
  const route = bodies.find((one) => one.method === method && one.path.test(path))
  const wrong = route?.body.safeParse(body, { error: explainIssue }).error
  return wrong
    ? `${method} ${path} ${wrong.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)}`
    : null
}

const bodies = allRoutes('fake').flatMap(({ method, url, body }) =>
  body === undefined
    ? []
    : [{ method, path: new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`), body: body as z.ZodType }],
)
