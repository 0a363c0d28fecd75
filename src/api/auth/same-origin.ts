import type { FastifyRequest } from 'fastify'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { HostNames } from '../host-names.ts'
import type { Who } from './authenticate.ts'
import { isSame } from './secret.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send: an unsafe request must come from a page of this origin, and with a
 * session it must carry the session's CSRF token. Tokens are exempt; no browser sends them by itself.
 */
export function requireSameOrigin(request: FastifyRequest, who: Who, names: HostNames): void {
  if (SAFE_METHODS.has(request.method) || who.kind === 'token') return
  requireOwnOrigin(request, names)
  if (who.kind !== 'session') return
  const given = request.headers['x-csrf-token']
  if (typeof given !== 'string' || !isSame(given, who.csrfToken))
    throw new AnswerphoneError('AP_CSRF_TOKEN_WRONG')
}

/**
 * Refuses a request of another site's page. A WebSocket needs it too, though it begins with GET: browsers open them to any
 * site, with its cookies, and let the page read what comes (RFC 6455 §10.2).
 */
export function requireOwnOrigin(request: FastifyRequest, names: HostNames): void {
  const { origin } = request.headers
  if (origin !== undefined && !isOurs(origin, request, names))
    throw new AnswerphoneError('AP_ORIGIN_FOREIGN', { origin })
}

function isOurs(origin: string, request: FastifyRequest, names: HostNames): boolean {
  const url = URL.parse(origin)
  if (url === null) return false
  // Read alike, so that a port that goes without saying is no difference.
  const here = URL.parse(`${url.protocol}//${request.host}`)
  return url.host === here?.host || names.isConfigured(url.hostname)
}
