import type { z } from 'zod'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { User } from '../../store/model.ts'
import { addUser, changeUser } from '../acts/users.ts'
import type { Who } from '../auth/authenticate.ts'
import { nameOf } from '../auth/name-of.ts'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '../auth/session-cookie.ts'
import { isSetupNeeded, isSetupToken, spendSetupToken } from '../auth/setup-link.ts'
import type { Context } from '../context.ts'
import { loginInput, ownPassword, type SessionInfo, sessionInfo, setupInput } from '../contract.ts'
import { defineRoute, type Route, type RouteRequest } from '../route.ts'
import { showUser } from '../views/settings.ts'

const common = { access: 'anyone', tag: 'Session' } as const

export const sessionRoutes: readonly Route[] = [
  defineRoute({
    ...common,
    method: 'GET',
    url: '/api/v1/session',
    summary: 'Who is logged in, and the CSRF token that unsafe requests must carry',
    answer: { status: 200, json: sessionInfo },
    handle: async ({ who }, { store }) => describeSession(who, await isSetupNeeded(store)),
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/session',
    summary: 'Logs in: sets the cookie of a new session',
    body: loginInput,
    answer: { status: 200, json: sessionInfo },
    errors: ['AP_LOGIN_WRONG', 'AP_TOO_MANY_ATTEMPTS'],
    async handle(request, context) {
      const { name, password } = request.body
      const { store, passwords, throttle } = context
      const user = await throttle.attempt(request.raw.ip, name, async () => {
        const found = await store.users.byName(name)
        if (!(await passwords.verify(password, found?.passwordHash)) || !found) return undefined
        if (passwords.isOutdated(found.passwordHash))
          await store.users.setPassword(found.user.id, await passwords.hash(password))
        return found.user
      })
      if (!user) throw new AnswerphoneError('AP_LOGIN_WRONG')
      return openSession(user, request, context)
    },
  }),
  defineRoute({
    ...common,
    method: 'DELETE',
    url: '/api/v1/session',
    summary: 'Logs out',
    answer: { status: 204 },
    async handle({ raw, reply, who }, { sessions }) {
      if (who.kind === 'session') await sessions.close(who.secret)
      clearSessionCookie(raw, reply)
    },
  }),
  defineRoute({
    ...common,
    access: 'member',
    method: 'POST',
    url: '/api/v1/session/password',
    summary: 'Changes the password of who is logged in: ends all their sessions, and opens a new one here',
    body: ownPassword,
    answer: { status: 200, json: sessionInfo },
    errors: ['AP_PASSWORD_WRONG', 'AP_TOO_MANY_ATTEMPTS'],
    async handle(request, context) {
      const { who, body, raw } = request
      const { store, passwords, throttle } = context
      if (who.kind !== 'session') throw new AnswerphoneError('AP_LOGIN_NEEDED') // a token has no password
      const { user } = who
      const right = await throttle.attempt(raw.ip, user.name, async () => {
        const found = await store.users.byName(user.name)
        return (await passwords.verify(body.password, found?.passwordHash)) || undefined
      })
      if (!right) throw new AnswerphoneError('AP_PASSWORD_WRONG')
      const changed = await changeUser({ ...context, who: nameOf(who) }, user.id, {
        password: body.newPassword,
      })
      return openSession(changed, request, context)
    },
  }),
  defineRoute({
    ...common,
    method: 'POST',
    url: '/api/v1/setup',
    summary: "Makes an owner's account with the token of the one-time link, and logs in",
    body: setupInput,
    answer: { status: 200, json: sessionInfo },
    errors: ['AP_SETUP_LINK_DEAD', 'AP_NAME_TAKEN', 'AP_TOO_MANY_ATTEMPTS'],
    async handle(request, context) {
      const { token, name, password } = request.body
      const { store, throttle } = context
      const good = await throttle.attempt(
        request.raw.ip,
        '',
        async () => (await isSetupToken(token, context)) || undefined,
      )
      if (!good) throw new AnswerphoneError('AP_SETUP_LINK_DEAD')
      if (await store.users.byName(name)) throw new AnswerphoneError('AP_NAME_TAKEN', { kind: 'user', name })
      // Spent before the slow hash: the link makes one account, however often it is sent meanwhile.
      await spendSetupToken(store)
      const user = await addUser({ ...context, who: `user:${name}` }, { name, password, role: 'owner' })
      return openSession(user, request, context)
    },
  }),
]

/** Opens a session under a new secret; the one that the browser had before ends. */
async function openSession(
  user: User,
  { raw, reply }: Pick<RouteRequest<z.ZodType, z.ZodType, z.ZodType>, 'raw' | 'reply'>,
  { sessions }: Context,
): Promise<SessionInfo> {
  const before = readSessionCookie(raw)
  if (before !== undefined) await sessions.close(before)
  const { secret, session } = await sessions.open(user)
  setSessionCookie(raw, reply, secret)
  return { user: showUser(user), setupNeeded: false, csrfToken: session.csrfToken }
}

function describeSession(who: Who, setupNeeded: boolean): SessionInfo {
  if (who.kind !== 'session') return { user: null, setupNeeded, csrfToken: null }
  return { user: showUser(who.user), setupNeeded, csrfToken: who.csrfToken }
}
