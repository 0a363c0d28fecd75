import { createDoorkeeper, type DoorkeeperOptions } from '../../src/owner/doorkeeper/doorkeeper.ts'
import { createPhoneBook } from '../../src/owner/phone-book.ts'
import { type Binding, placeOf } from '../../src/owner/registrar/binding.ts'
import { type Log, silentLog } from '../../src/shared/log.ts'
import { createAuthenticator } from '../../src/sip/auth/authenticator.ts'
import { hashCredentials } from '../../src/sip/auth/digest.ts'
import type { SipResponse } from '../../src/sip/message/message.ts'
import type { Source } from '../../src/sip/transport/transport.ts'
import { answerDigest } from './digest-client.ts'
import { fakeClock } from './fake-clock.ts'
import { type ReceivedParts, receivedRequest } from './received-request.ts'
import { seededRandom } from './seeded-random.ts'

const REALM = 'house'

export interface DoorkeeperSetUpOptions {
  /** Names; the password of each is its name with `-password`. */
  readonly phones?: readonly string[]
  readonly phonesFrom?: readonly string[]
  /** The phone of a page: it may come only over this account's connections. Its login and password are as for the others. */
  readonly page?: { readonly name: string; readonly login: string; readonly account: string }
  /** Where phones are registered. */
  readonly boundAt?: Readonly<Record<string, Source>>
  readonly limits?: DoorkeeperOptions['limits']
}

/** What came of a request. */
export interface Asked {
  readonly phone: ReturnType<ReturnType<typeof createDoorkeeper>['admit']>
  readonly response: SipResponse | undefined
  readonly status: number | undefined
}

export interface AskParts extends ReceivedParts {
  readonly method?: string
}

/** A doorkeeper with a real authenticator, on a fake clock, and requests to put to it. */
export function doorkeeperSetUp(options: DoorkeeperSetUpOptions = {}) {
  const { phones = ['kitchen'], phonesFrom = ['0.0.0.0/0', '::/0'], boundAt = {} } = options
  const clock = fakeClock()
  const random = seededRandom(5)
  const warnings: unknown[] = []
  const log: Log = Object.assign(Object.create(silentLog) as Log, {
    warn: (facts: unknown) => void warnings.push(facts),
  })
  const entry = (name: string, login = name) => ({
    phone: { name, mailboxIds: [], speaker: false, speakerGainDb: 0 },
    credentials: hashCredentials(login, REALM, `${login}-password`),
  })
  const { page } = options
  const book = createPhoneBook([
    ...phones.map((name) => entry(name)),
    ...(page ? [{ ...entry(page.name, page.login), login: page.login, account: page.account }] : []),
  ])
  const authenticator = createAuthenticator({
    realm: REALM,
    clock,
    random,
    credentialsOf: book.credentialsOf,
  })
  const doorkeeper = createDoorkeeper({
    book,
    authenticator,
    registrar: {
      bindingsOf: (phone) => (boundAt[phone] ? [{ to: boundAt[phone] } as Binding] : []),
      phoneAt: (source) =>
        Object.keys(boundAt).find((name) => boundAt[name] && placeOf(boundAt[name]) === placeOf(source)),
    },
    phonesFrom,
    clock,
    random,
    log,
    ...(options.limits && { limits: options.limits }),
  })

  function ask(source: Source, { method = 'REGISTER', ...parts }: AskParts = {}): Asked {
    const request = receivedRequest(method, { ...parts, source })
    let response: SipResponse | undefined
    const phone = doorkeeper.admit({
      request,
      dismiss(given) {
        response = given
      },
    })
    return { phone, response, status: response?.status }
  }

  /** The parts of a request that answers this challenge; more of them may be given. */
  function answer(challenged: Asked, user: string, password: string, parts: AskParts = {}): AskParts {
    const { method = 'REGISTER', uri = 'sip:192.0.2.2' } = parts
    const challenges = challenged.response?.headers.all('WWW-Authenticate') ?? []
    const value = answerDigest({ challenges, method, uri, user, password, cnonce: 'c' })
    return { ...parts, lines: [...(parts.lines ?? []), value && `Authorization: ${value}`] }
  }

  return { doorkeeper, clock, ask, answer, warnings }
}
