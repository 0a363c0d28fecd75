import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import { AnswerphoneError } from '../../shared/errors.ts'
import { unreachable } from '../../shared/step.ts'
import type { Who } from './authenticate.ts'

/**
 * Who may use a route:
 * - `anyone`: no login needed
 * - `local`: programs on this machine, and whoever is logged in
 * - `member`: whoever is logged in
 * - `owner`: an owner, or a token (tokens are made by owners, for their scripts)
 */
export type Access = 'anyone' | 'local' | 'member' | 'owner'

/** Rejects with AP_LOGIN_NEEDED or AP_NOT_ALLOWED what the rule forbids. */
export function requireAccess(access: Access, who: Who, request: FastifyRequest): void {
  if (access === 'anyone') return
  if (access === 'local' && isLoopback(request.ip)) return
  switch (who.kind) {
    case 'nobody':
      throw new AnswerphoneError('AP_LOGIN_NEEDED')
    case 'token':
      return
    case 'session':
      if (access === 'owner' && who.user.role !== 'owner') throw new AnswerphoneError('AP_NOT_ALLOWED')
      return
    default:
      unreachable(who)
  }
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}
