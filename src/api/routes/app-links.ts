import { z } from 'zod'
import { AnswerphoneError } from '../../shared/errors.ts'
import { readRealm } from '../../store/realm.ts'
import { note } from '../acts/audit.ts'
import { needPhone } from '../acts/phones.ts'
import { nameOf } from '../auth/name-of.ts'
import { hashSecret, makeSecret } from '../auth/secret.ts'
import { appLink, appPlace } from '../contract.ts'
import { linphoneAccount } from '../provisioning/linphone-account.ts'
import { defineRoute, type Route } from '../route.ts'
import { iso } from '../views/instant.ts'
import { byKey } from './parameters.ts'

const HOLDS_MS = 15 * 60_000
const tag = 'Phones'

export const appLinkRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    url: '/api/v1/phones/:key/app-link',
    access: 'owner',
    tag,
    summary:
      "Makes a link, to be drawn as a QR code, by which an app fetches a phone's account within 15 minutes",
    params: byKey,
    body: appPlace,
    answer: { status: 201, json: appLink },
    errors: ['AP_NOT_FOUND'],
    async handle({ params, body, raw, who }, context) {
      const { store, appLinks, random, clock } = context
      const { id, name } = await needPhone(store, params.key)
      const secret = makeSecret(random)
      const expiresAt = clock.now() + HOLDS_MS
      const { server, port, transport = 'udp' } = body
      appLinks.add(hashSecret(secret), { server, port, transport, phoneId: id, expiresAt })
      // Who has the link has the phone's login.
      await note({ ...context, who: nameOf(who) }, 'phone-changed', { detail: `${name}: app link` })
      return {
        url: `${raw.protocol}://${raw.host}/api/v1/app-accounts/${secret}`,
        expiresAt: iso(expiresAt),
      }
    },
  }),
  defineRoute({
    method: 'GET',
    url: '/api/v1/app-accounts/:secret',
    access: 'anyone',
    tag,
    summary: "A phone's account in the form of Linphone's remote provisioning, for who has the link",
    params: z.object({ secret: z.string().max(64) }),
    answer: { status: 200, media: 'application/xml' },
    errors: ['AP_APP_LINK_OVER', 'AP_TOO_MANY_ATTEMPTS'],
    async handle({ params, raw, reply }, { store, appLinks, throttle }) {
      const link = await throttle.attempt(raw.ip, 'app link', async () =>
        appLinks.take(hashSecret(params.secret)),
      )
      const phone = link && (await store.phones.get(link.phoneId))
      const kept = (await store.phones.credentials()).find(({ name }) => name === phone?.name)
      if (!link || !phone || !kept) throw new AnswerphoneError('AP_APP_LINK_OVER')
      reply.header('cache-control', 'no-store')
      const account = { user: phone.name, realm: await readRealm(store), ha1: kept.credentials.MD5 }
      return linphoneAccount({ ...account, ...link })
    },
  }),
]
