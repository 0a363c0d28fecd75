import type { FastifyInstance } from 'fastify'

/** Everything the page loads comes from here; nothing is inline, nobody frames it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(self)',
}

/** Puts the headers on every answer, the failed ones too. Answers are not kept by caches unless a route says so. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook(
    'onRequest',
    async (_request, reply) => void reply.headers(HEADERS).header('cache-control', 'no-store'),
  )
}
