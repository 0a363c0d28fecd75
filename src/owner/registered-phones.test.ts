import { afterEach, describe, expect, it } from 'vitest'
import { sdp } from '../../test/helpers/endpoint-pair.ts'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { memoryNetwork } from '../../test/helpers/memory-network.ts'
import { memoryWire } from '../../test/helpers/memory-wire.ts'
import { answers, type ScriptedPhoneOptions, scriptedPhone } from '../../test/helpers/scripted-phone.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { headersOf } from '../../test/helpers/sip-text.ts'
import { statusOf } from '../../test/helpers/sip-wire.ts'
import { silentLog } from '../shared/log.ts'
import { createAuthenticator } from '../sip/auth/authenticator.ts'
import { hashCredentials } from '../sip/auth/digest.ts'
import { createEndpoint } from '../sip/create-endpoint.ts'
import type { InviteEvent } from '../sip/endpoint.ts'
import { createDoorkeeper } from './doorkeeper/doorkeeper.ts'
import type { Phone } from './phone.ts'
import { createPhoneBook } from './phone-book.ts'
import { openRegistrar } from './registrar/registrar.ts'

const MACHINE = '192.0.2.2'
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** An endpoint with doorkeeper and registrar, as `machine/` puts them together. */
async function setUp(transport: 'udp' | 'tcp' = 'udp') {
  const clock = fakeClock()
  const random = seededRandom(11)
  const network = memoryNetwork({ clock, random })
  const book = createPhoneBook(
    ['kitchen', 'office'].map((name) => ({
      phone: { name, mailboxIds: [], speaker: false, speakerGainDb: 0 },
      credentials: hashCredentials(name, 'house', `${name}-password`),
    })),
  )
  const store = { load: async () => [], save: async () => {}, remove: async () => {} }
  const registrar = await openRegistrar({ store, clock, random, log: silentLog })
  const { credentialsOf } = book
  const authenticator = createAuthenticator({ realm: 'house', clock, random, credentialsOf })
  const doorkeeper = createDoorkeeper({
    book,
    authenticator,
    registrar,
    phonesFrom: ['0.0.0.0/0', '::/0'],
    clock,
    random,
    log: silentLog,
  })
  const callers: string[] = []
  let admitted: Phone | undefined
  const endpoint = createEndpoint({
    clock,
    random,
    methods: ['REGISTER'],
    admits: doorkeeper.admits,
    events: {
      guard(transaction) {
        admitted = doorkeeper.admit(transaction)
        return admitted !== undefined
      },
      onInvite(invite) {
        callers.push(admitted?.name ?? '?')
        invite.reject(486)
      },
      onRequest(transaction) {
        if (admitted) registrar.register(transaction, admitted)
      },
    },
  })
  endpoint.attach(network[transport](MACHINE, 5060, endpoint.receive))
  closing.push(async () => {
    await registrar.close()
    await endpoint.close()
    clock.advance(40_000)
    expect(clock.pending).toBe(0)
  })

  function phoneAt(address: string, change: Partial<ScriptedPhoneOptions> = {}) {
    const user = change.user ?? 'kitchen'
    const wire = memoryWire(network, { transport, address, to: { host: MACHINE, port: 5060 } })
    const phone = scriptedPhone({
      wire,
      clock,
      random,
      user,
      password: `${user}-password`,
      domain: MACHINE,
      ...change,
    })
    closing.unshift(async () => {
      await phone[Symbol.asyncDispose]()
    })
    return phone
  }
  /** What comes of it within a second of the clock. */
  async function within<Result>(promise: Promise<Result>): Promise<Result | undefined> {
    let result: Result | undefined
    promise.then(
      (value) => {
        result = value
      },
      () => {},
    )
    await clock.advanceAsync(1000)
    return result
  }
  const call = (phone: string) => {
    const [binding] = registrar.bindingsOf(phone)
    if (!binding) throw new Error(`${phone} is not registered`)
    const events: InviteEvent[] = []
    const invite = endpoint.invite({
      uri: binding.contact,
      to: binding.to,
      routes: binding.routes,
      from: { displayName: undefined, uri: 'sip:+4930123@192.0.2.2', params: new Map() },
      body: sdp('offer'),
    })
    invite.onEvent = (event) => void events.push(event)
    return events
  }
  return { clock, network, registrar, doorkeeper, endpoint, callers, phoneAt, within, call }
}

describe.each(['udp', 'tcp'] as const)('a phone over %s', (transport) => {
  it.each(['SHA-256', 'MD5'] as const)('registers with %s and can be called', async (algorithm) => {
    const { clock, phoneAt, within, call } = await setUp(transport)
    const phone = phoneAt('192.0.2.3', { algorithm, onCall: answers() })
    const response = (await within(phone.register())) ?? ''
    expect(statusOf(response)).toBe(200)
    expect(headersOf(response, 'Contact')).toEqual([`${phone.contact};expires=600`])
    const events = call('kitchen')
    clock.advance(1000)
    expect(events.map(({ kind }) => kind)).toEqual(['progress', 'confirmed'])
    phone.calls[0]?.hangUp()
    clock.advance(1000)
  })

  it('behind a NAT is called the way that it came (RFC 3581)', async () => {
    const { clock, phoneAt, within, call } = await setUp(transport)
    const phone = phoneAt('203.0.113.7', { believes: '10.0.0.5:5060', onCall: answers() })
    await within(phone.register())
    const events = call('kitchen')
    clock.advance(1000)
    expect(phone.calls[0]?.invite).toMatch(/^INVITE sip:kitchen@10\.0\.0\.5:5060/)
    expect(events.map(({ kind }) => kind)).toEqual(['progress', 'confirmed'])
    phone.calls[0]?.hangUp()
    clock.advance(1000)
  })

  it('with a wrong password is challenged, then banned to silence, while the other phone is served', async () => {
    const { phoneAt, within, doorkeeper } = await setUp(transport)
    const wrong = phoneAt('192.0.2.3', { password: 'wrong' })
    for (let attempt = 0; attempt < 10; attempt++)
      expect(statusOf((await within(wrong.register())) ?? '')).toBe(401)
    expect(await within(wrong.register())).toBeUndefined()
    expect(doorkeeper.banned).toBe(1)
    const office = phoneAt('192.0.2.4', { user: 'office' })
    expect(statusOf((await within(office.register())) ?? '')).toBe(200)
  })

  it('calls, and is asked for its password each time', async () => {
    const { phoneAt, callers, clock } = await setUp(transport)
    const phone = phoneAt('192.0.2.3')
    const call = phone.call('sip:*1@192.0.2.2')
    clock.advance(1000)
    expect(call.statuses).toEqual([401, 100, 486])
    expect(callers).toEqual(['kitchen'])
    const stranger = phoneAt('192.0.2.4', { password: 'wrong' }).call('sip:*1@192.0.2.2')
    clock.advance(1000)
    expect(stranger.statuses).toEqual([401, 401])
    expect(callers).toEqual(['kitchen'])
  })
})

it('whoever asks without a password leaves nothing behind (RFC 3261 §8.2.7)', async () => {
  const { phoneAt, within, endpoint } = await setUp()
  const phone = phoneAt('192.0.2.9', { user: 'nobody', password: undefined })
  for (const method of ['REGISTER', 'OPTIONS', 'SUBSCRIBE', 'MESSAGE', 'PUBLISH', 'DANCE'])
    expect(statusOf((await within(phone.request(method, 'sip:kitchen@192.0.2.2'))) ?? '')).toBe(401)
  expect(endpoint.size).toEqual({ dialogs: 0, transactions: 0 })
})

it('a request of a dialog that is long gone leaves nothing behind either (RFC 3261 §12.2.2)', async () => {
  const { phoneAt, within, endpoint } = await setUp()
  const phone = phoneAt('192.0.2.9')
  const gone = '<sip:kitchen@192.0.2.2>;tag=0123456789abcdef'
  const response = await within(phone.request('BYE', 'sip:kitchen@192.0.2.2', { to: gone }))
  expect(statusOf(response ?? '')).toBe(481)
  expect(endpoint.size).toEqual({ dialogs: 0, transactions: 0 })
})

it('OPTIONS is answered where a phone has registered, and challenged anywhere else', async () => {
  const { phoneAt, within } = await setUp()
  const phone = phoneAt('192.0.2.3')
  await within(phone.register())
  const before = phone.heard.length
  await within(phone.request('OPTIONS', 'sip:192.0.2.2'))
  expect(phone.heard.slice(before).map(({ text }) => statusOf(text))).toEqual([200])
})

it('nobody registers for another, who knows a password or not (RFC 3261 §10.3)', async () => {
  const { phoneAt, within, registrar } = await setUp()
  const phone = phoneAt('192.0.2.3', { user: 'office', password: 'office-password' })
  const response = await within(phone.register({ to: '<sip:kitchen@192.0.2.2>' }))
  expect(statusOf(response ?? '')).toBe(403)
  const stranger = phoneAt('192.0.2.4', { user: 'office', password: 'wrong' })
  expect(statusOf((await within(stranger.register({ to: '<sip:kitchen@192.0.2.2>' }))) ?? '')).toBe(401)
  expect(registrar.bindingsOf('kitchen')).toEqual([])
})
