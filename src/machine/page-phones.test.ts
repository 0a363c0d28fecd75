import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { connectSound, openHousePage } from '../../test/helpers/house-page.ts'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { BROWSER, HOUSE, openHouse } from '../../test/helpers/in-memory-house.ts'
import { memoryWire } from '../../test/helpers/memory-wire.ts'
import { answers, rings, scriptedPhone } from '../../test/helpers/scripted-phone.ts'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { statusOf } from '../../test/helpers/sip-wire.ts'
import { writeRtpHeader } from '../media/rtp/packet.ts'
import { silentLog } from '../shared/log.ts'
import { hashCredentials } from '../sip/auth/digest.ts'
import type { Guest } from './open-phone-book.ts'
import { createPagePhones, type PageLogin } from './page-phones.ts'

const HOUR_MS = 3600_000

/** Sessions that the test opens and ends, and the phones that are lent to them. */
function setUp({ taken = [] }: { readonly taken?: readonly string[] } = {}) {
  const clock = fakeClock()
  const sessions = new Map<string, { userId: string; createdAt: number; expiresAt: number }>()
  const users = new Set(['ada', 'max'])
  const state = { guests: [] as readonly Guest[], ended: [] as string[], broken: false }
  let tell: (tables: ReadonlySet<string>) => void = () => {}
  const pages = createPagePhones({
    store: {
      sessions: {
        async byHash(hash: string) {
          if (state.broken) throw new Error('database is locked')
          return sessions.get(hash)
        },
      } as never,
      users: { get: async (id: string) => (users.has(id) ? { id, name: id } : undefined) } as never,
      onChange(callback) {
        tell = callback
        return () => {
          tell = () => {}
        }
      },
    },
    realm: 'house',
    clock,
    random: seededRandom(3),
    log: silentLog,
    isTaken: (name) => taken.includes(name),
    onChange(guests, ended) {
      state.guests = guests
      state.ended.push(...ended)
    },
  })
  return {
    clock,
    pages,
    state,
    users,
    sessions,
    logIn(hash: string, userId = 'ada', lifeMs = 90 * 24 * HOUR_MS) {
      sessions.set(hash, { userId, createdAt: clock.now(), expiresAt: clock.now() + lifeMs })
    },
    async changed(...tables: string[]) {
      tell(new Set(tables))
      await clock.advanceAsync(0)
    },
    async lend(hash: string, name = 'ada'): Promise<PageLogin> {
      const login = await pages.lend({ user: { id: name, name }, hash })
      if (!login) throw new Error('nothing was lent')
      return login
    },
    logins: () => state.guests.map(({ login }) => login),
  }
}

describe('a phone that is lent to a page', () => {
  it('is one for each user, with a login for each page that is like no other', async () => {
    const { logIn, lend, state, clock } = setUp()
    logIn('s1')
    logIn('s2')
    logIn('s3', 'max')
    const [one, two, three] = [await lend('s1'), await lend('s2'), await lend('s3', 'max')]
    expect([one.phone, two.phone, three.phone]).toEqual(['page-ada', 'page-ada', 'page-max'])
    expect(new Set([one, two, three].flatMap(({ login, password }) => [login, password])).size).toBe(6)
    expect(one).toMatchObject({ realm: 'house', expiresAt: clock.now() + 12 * HOUR_MS })
    expect(Buffer.from(one.password, 'base64url')).toHaveLength(24)
    expect(state.guests[0]).toMatchObject({
      name: 'page-ada',
      account: 'user:ada',
      credentials: hashCredentials(one.login, 'house', one.password),
    })
    expect(JSON.stringify(state.guests)).not.toContain(one.password)
  })

  it('has a name that a SIP address can hold, and that nobody else has', async () => {
    const { logIn, lend, users } = setUp({ taken: ['page-ada'] })
    const names = ['ada', 'Jörg & Ute', 'J\u00fcrg & Ute', 'x'.repeat(64)]
    for (const name of names) {
      users.add(name)
      logIn(`of ${name}`, name)
    }
    const phones: string[] = []
    for (const name of names) phones.push((await lend(`of ${name}`, name)).phone)
    expect(phones).toEqual(['page-ada-', 'page-J-rg-Ute', 'page-J-rg-Ute-', `page-${'x'.repeat(48)}`])
  })

  it('ends after twelve hours, or with the session if that is sooner', async () => {
    const { logIn, lend, logins, state, clock } = setUp()
    logIn('long')
    logIn('short', 'ada', HOUR_MS)
    const long = await lend('long')
    const short = await lend('short')
    expect(short.expiresAt).toBe(clock.now() + HOUR_MS)
    await clock.advanceAsync(HOUR_MS - 1)
    expect(logins()).toEqual([long.login, short.login])
    await clock.advanceAsync(1)
    expect(logins()).toEqual([long.login])
    await clock.advanceAsync(11 * HOUR_MS)
    expect(logins()).toEqual([])
    expect(state.ended).toEqual([short.login, long.login])
    expect(clock.pending).toBe(0)
  })

  it('ends by logging out, and with the user; those of other sessions stay', async () => {
    const { logIn, lend, logins, changed, sessions, users, pages } = setUp()
    logIn('s1')
    logIn('s2')
    logIn('s3', 'max')
    await lend('s1')
    const two = await lend('s2')
    const three = await lend('s3', 'max')
    sessions.delete('s1')
    await changed('messages')
    expect(logins()).toHaveLength(3)
    await changed('sessions')
    expect(logins()).toEqual([two.login, three.login])
    users.delete('max')
    await changed()
    expect(logins()).toEqual([two.login])
    expect(await pages.lend({ user: { id: 'ada', name: 'ada' }, hash: 's1' })).toBeUndefined()
    expect(await pages.lend({ user: { id: 'max', name: 'max' }, hash: 's2' })).toBeUndefined()
  })

  it('ends though the database was locked when the session did', async () => {
    const { logIn, lend, logins, changed, sessions, state, pages, clock } = setUp()
    logIn('s1')
    await lend('s1')
    sessions.delete('s1')
    state.broken = true
    await changed('sessions')
    await changed('sessions')
    expect(logins()).toHaveLength(1)
    state.broken = false
    await clock.advanceAsync(5000)
    expect(logins()).toEqual([])
    await expect(pages.lend({ user: { id: 'ada', name: 'ada' }, hash: 's1' })).resolves.toBeUndefined()
    pages.close()
    expect(clock.pending).toBe(0)
  })

  it('gives way to the newest when a session has too many', async () => {
    const { logIn, lend, logins, pages, clock } = setUp()
    logIn('s1')
    logIn('s2')
    const other = await lend('s2')
    const mine: string[] = []
    for (let tab = 0; tab < 10; tab++) mine.push((await lend('s1')).login)
    expect(logins()).toEqual([other.login, ...mine.slice(2)])
    pages.close()
    expect(clock.pending).toBe(0)
  })
})

describe('the phone of a page', () => {
  it('rings beside the others, from outside of the home network, and has the caller when it answers', async () => {
    await using house = await openHouse({ phones: [{ name: 'desk' }] })
    await using desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: rings })
    const { phone, register } = await openHousePage(house, { onCall: answers(2000), browser: true })
    expect(await register()).toBe(200)
    await house.invite()
    await house.pass(500)
    expect(house.machine.liveCalls()).toMatchObject([{ ringing: ['desk', 'page-ada'] }])
    await house.pass(2000)
    await house.ack()
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected', pickedUpBy: 'page-ada' }])
    expect(phone.calls[0]?.state).toBe('talking')
    expect(desk.calls[0]?.endedBy).toContain('Call completed elsewhere')
    expect(house.audit.map(({ who, act }) => `${who} ${act}`)).toEqual(['phone:page-ada picked-up'])
    await house.bye()
    await house.pass(200)
    await phone[Symbol.asyncDispose]()
  })

  it('picks up a call by its id, and no other; before it has registered, too', async () => {
    await using house = await openHouse()
    const { phone } = await openHousePage(house, { browser: true })
    await house.invite()
    await house.pass(500)
    const [ringing] = house.machine.liveCalls()
    const other = phone.call(`sip:pick-up~another@${HOUSE}`)
    const listening = phone.call(`sip:listen~another@${HOUSE}`)
    await house.pass(100)
    expect([other.status, listening.status]).toEqual([480, 480])
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'ringing' }])
    const call = phone.call(`sip:pick-up~${ringing?.id}@${HOUSE}`)
    await house.pass(100)
    await house.ack()
    expect(call.state).toBe('talking')
    expect(house.machine.liveCalls()).toMatchObject([{ phase: 'connected', pickedUpBy: 'page-ada' }])
    await house.bye()
    await house.pass(200)
    await phone[Symbol.asyncDispose]()
  })

  const CALLER_SAYS = 0x55
  const heardFrom = (packets: readonly Buffer[], code: number) =>
    packets.filter((bytes) => bytes.length === 172 && bytes[100] === code).length

  it('has the sound of the caller, and the caller its, by an offer of ours (RFC 5764)', async () => {
    await using house = await openHouse()
    const { phone, register } = await openHousePage(house, { onCall: answers(500), browser: true })
    await register()
    await house.invite()
    await house.pass(700)
    await house.ack()
    const call = phone.calls[0]
    const { browser } = await connectSound(house, call, call?.invite ?? '')
    expect(call?.invite).toContain('UDP/TLS/RTP/SAVPF')
    expect(call?.invite).toContain('a=fingerprint:sha-256 ')
    await house.speak(400)
    expect(heardFrom(browser.opened().rtp, CALLER_SAYS)).toBeGreaterThan(15)
    for (let sequence = 1; sequence <= 30; sequence++) {
      const packet = Buffer.alloc(172, 0x31)
      writeRtpHeader(packet, sequence === 1, 0, sequence, sequence * 160, 99)
      browser.sendRtp(packet)
      await house.speak(20)
    }
    const toCaller = house.rtp.carried.filter(({ to }) => to.address === '192.0.2.1')
    expect(
      heardFrom(
        toCaller.map(({ bytes }) => bytes),
        0x31,
      ),
    ).toBeGreaterThan(15)
    await house.bye()
    await house.pass(100)
  })

  it('listens to a message by an offer of its own, and is hung up when the browser is gone', async () => {
    await using house = await openHouse({ line: { ringSeconds: 0 } })
    const { phone, register } = await openHousePage(house, { browser: true })
    await register()
    await house.invite()
    await house.ack()
    const listening = phone.call(`sip:*1@${HOUSE}`, { direction: 'recvonly' })
    await house.pass(100)
    expect(listening.state).toBe('talking')
    const answer = listening.heard.findLast((text) => statusOf(text) === 200) ?? ''
    const { browser, session } = await connectSound(house, listening, answer)
    await house.speak(400)
    expect(heardFrom(browser.opened().rtp, CALLER_SAYS)).toBeGreaterThan(15)
    house.handshakes.events.ended(session, 'closed by the other side')
    await house.pass(50)
    expect(listening.endedBy).toMatch(/^BYE/)
    expect(house.machine.liveCalls()).toHaveLength(1)
    await house.bye()
    await house.pass(100)
  })

  it('is not rung in vain once its connection is closed', async () => {
    await using house = await openHouse()
    const { phone, wire, register } = await openHousePage(house, { onCall: rings })
    await register()
    expect(house.machine.phonesInUse.registered).toBe(1)
    wire.browser.leave()
    expect(house.machine.phonesInUse.registered).toBe(0)
    await house.invite()
    await house.pass(500)
    expect(house.machine.liveCalls()).toMatchObject([{ ringing: [] }])
    expect(phone.calls).toEqual([])
    await house.cancel()
  })

  it('is where it was no more once its login has ended, though it is lent again', async () => {
    await using house = await openHouse()
    const first = await openHousePage(house)
    await house.pass(12 * HOUR_MS - 60_000)
    const wire = house.browser('user:ada')
    const late = scriptedPhone({
      wire,
      clock: house.clock,
      random: seededRandom(6),
      user: first.login.phone,
      login: first.login.login,
      password: first.login.password,
      domain: HOUSE,
      believes: 'df7jal23ls0d.invalid',
    })
    const registering = late.register()
    await house.pass(20)
    expect(statusOf(await registering)).toBe(200)
    await house.pass(60_000)
    const refused = late.register()
    await openHousePage(house)
    await house.pass(20)
    expect(statusOf(await refused)).toBe(401)
    expect(house.machine.phonesInUse.registered).toBe(0)
    await late[Symbol.asyncDispose]()
  })

  it('is refused by plain SIP, and over the connection of another', async () => {
    await using house = await openHouse({ phones: [{ name: 'desk' }] })
    const other = await openHousePage(house, { account: 'user:max' })
    expect(await other.register()).toBe(401)
    const wire = memoryWire(house.network, { address: '192.0.2.12', to: { host: HOUSE, port: 5060 } })
    const { register } = await openHousePage(house, { wire, believes: '192.0.2.12:5060' })
    expect(await register()).toBe(401)
  })

  it('opens no door: where no phone is set up, plain SIP hears nothing, and a browser needs the password', async () => {
    await using house = await openHouse()
    await openHousePage(house)
    const wire = memoryWire(house.network, { address: '192.0.2.12', to: { host: HOUSE, port: 5060 } })
    const heard: string[] = []
    wire.onText = (text) => void heard.push(text)
    wire.send(REGISTER('UDP'))
    const browser = house.browser('user:ada')
    browser.onText = (text) => void heard.push(text)
    browser.send(REGISTER('WS'))
    await house.pass(20)
    expect(heard.map(statusOf)).toEqual([401])
    expect(heard[0]).toContain(`received=${BROWSER}`)
  })

  it('is no caller, though it comes from where a trunk is', async () => {
    await using house = await openHouse({ line: { trunk: [`${BROWSER}/32`] } })
    const { phone } = await openHousePage(house, { password: 'wrong' })
    const call = phone.call(`sip:home@${HOUSE}`)
    await house.pass(50)
    expect(call.state).not.toBe('talking')
    expect(phone.heard.map(({ text }) => statusOf(text))).toContain(401)
    expect(house.machine.liveCalls()).toEqual([])
  })
})

const REGISTER = (transport: string) =>
  `REGISTER sip:${HOUSE} SIP/2.0\r\nVia: SIP/2.0/${transport} a.invalid;branch=z9hG4bKa\r\nMax-Forwards: 70\r\n` +
  `From: <sip:page-ada@${HOUSE}>;tag=1\r\nTo: <sip:page-ada@${HOUSE}>\r\nCall-ID: a\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n`
