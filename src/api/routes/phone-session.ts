import { AnswerphoneError } from '../../shared/errors.ts'
import { hashSecret } from '../auth/secret.ts'
import { phoneSession } from '../contract.ts'
import { PHONE_SOCKET_PATH } from '../phone-socket/serve-phone-socket.ts'
import { defineRoute, type Route } from '../route.ts'
import { iso } from '../views/instant.ts'

export const phoneSessionRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    url: '/api/v1/phone-session',
    access: 'member',
    tag: 'Phones',
    summary: 'Lends the page a phone: for twelve hours at most, and no longer than the user is logged in',
    answer: { status: 201, json: phoneSession },
    errors: ['AP_SESSION_NEEDED'],
    async handle({ who, raw }, { machine }) {
      if (who.kind !== 'session') throw new AnswerphoneError('AP_SESSION_NEEDED')
      const lent = await machine.lendPhone({ user: who.user, hash: hashSecret(who.secret) })
      // Logged out in this very moment.
      if (!lent) throw new AnswerphoneError('AP_LOGIN_NEEDED')
      const { phone, login, password, realm, expiresAt } = lent
      const scheme = raw.protocol === 'https' ? 'wss' : 'ws'
      return {
        uri: `sip:${phone}@${raw.hostname}`,
        user: login,
        password,
        realm,
        expiresAt: iso(expiresAt),
        websocket: `${scheme}://${raw.host}${PHONE_SOCKET_PATH}`,
      }
    },
  }),
]
