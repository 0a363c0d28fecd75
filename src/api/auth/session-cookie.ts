import '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ABSOLUTE_MS } from './sessions.ts'

/**
 * The cookie of a session. Over HTTPS its name has the prefix __Host-, which browsers accept only with Secure, from
 * this very host; over HTTP, on the home network, a browser would not keep such a cookie.
 */
const cookieName = (request: FastifyRequest) =>
  request.protocol === 'https' ? '__Host-answerphone' : 'answerphone'

export function readSessionCookie(request: FastifyRequest): string | undefined {
  return request.cookies[cookieName(request)]
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  reply.setCookie(cookieName(request), secret, { ...attributes(request), maxAge: ABSOLUTE_MS / 1000 })
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieName(request), attributes(request))
}

function attributes(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' } as const
}
