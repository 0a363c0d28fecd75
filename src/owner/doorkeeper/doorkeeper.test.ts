import { describe, expect, it } from 'vitest'
import { doorkeeperSetUp } from '../../../test/helpers/doorkeeper-set-up.ts'
import { tcpFrom, udpFrom, webSocketFrom } from '../../../test/helpers/received-request.ts'
import { serialize } from '../../sip/message/serialize.ts'

const HOME = udpFrom('192.0.2.3')
const STRANGER = udpFrom('198.51.100.66')

describe('the doorkeeper', () => {
  it('challenges, lets in with the right password, and says who it is', () => {
    const { ask, answer } = doorkeeperSetUp()
    const first = ask(HOME)
    expect(first.status).toBe(401)
    expect(first.phone).toBeUndefined()
    expect(ask(HOME, answer(first, 'kitchen', 'kitchen-password')).phone?.name).toBe('kitchen')
  })

  it('answers alike whether the user exists or not, but for the nonce', () => {
    const { ask, answer } = doorkeeperSetUp()
    const bytes = (user: string) => {
      const asked = ask(HOME, answer(ask(HOME, { user }), user, 'wrong', { user }))
      const text = asked.response ? serialize(asked.response).toString() : ''
      return text.replaceAll(user, 'USER').replaceAll(/nonce="[^"]*"|response="[^"]*"/g, '')
    }
    expect(bytes('kitchen')).toMatch(/^SIP\/2.0 401/)
    expect(bytes('kitchen')).toBe(bytes('nobody.'))
  })

  it('admits nobody while there are no phones, and nobody from elsewhere', () => {
    expect(doorkeeperSetUp({ phones: [] }).doorkeeper.admits(HOME)).toBe(false)
    const { doorkeeper } = doorkeeperSetUp({
      phonesFrom: ['192.0.2.0/24', '2001:db8::/32', '203.0.113.7', 'fe80::/10'],
    })
    const from = (address: string) => doorkeeper.admits(udpFrom(address))
    expect(from('192.0.2.77')).toBe(true)
    expect(from('192.0.3.1')).toBe(false)
    expect(from('203.0.113.7')).toBe(true)
    expect(from('203.0.113.8')).toBe(false)
    expect(from('2001:db8::1')).toBe(true)
    expect(from('2001:db9::1')).toBe(false)
    expect(from('fe80::1%eth0')).toBe(true)
    expect(from('::ffff:192.0.2.77')).toBe(true)
    expect(from('::ffff:192.0.3.1')).toBe(false)
  })

  it('bans who guesses, tells it once, and hears him again in time', () => {
    const { doorkeeper, ask, answer, warnings, clock } = doorkeeperSetUp()
    for (let guess = 0; guess < 40; guess++) {
      if (!doorkeeper.admits(STRANGER)) break
      ask(STRANGER, answer(ask(STRANGER), `user${guess}`, '1234'))
    }
    expect(doorkeeper.admits(STRANGER)).toBe(false)
    expect(doorkeeper.admits(udpFrom('198.51.100.67'))).toBe(true)
    expect(doorkeeper.banned).toBe(1)
    expect(warnings).toMatchObject([{ address: '198.51.100.66', minutes: 10 }])
    clock.advance(600_000)
    expect(doorkeeper.admits(STRANGER)).toBe(true)
    expect(doorkeeper.banned).toBe(0)
  })

  it('counts strikes for a whole IPv6 /64', () => {
    const { doorkeeper, ask, answer } = doorkeeperSetUp()
    for (let guess = 0; guess < 10; guess++) {
      const source = udpFrom(`2001:db8:1:2::${guess + 1}`)
      ask(source, answer(ask(source), 'kitchen', '1234'))
    }
    expect(doorkeeper.admits(udpFrom('2001:db8:1:2::99'))).toBe(false)
    expect(doorkeeper.admits(udpFrom('2001:db8:1:3::1'))).toBe(true)
  })

  it('holds nothing against an address for answers to challenges that it never got', () => {
    const { doorkeeper, ask, answer } = doorkeeperSetUp()
    for (let guess = 0; guess < 25; guess++) ask(HOME, answer(ask(STRANGER), 'kitchen', 'wrong'))
    expect(doorkeeper.banned).toBe(0)
  })

  it('lets a phone in at home though somebody there is banned; a newcomer has to wait', () => {
    const { doorkeeper, ask, answer } = doorkeeperSetUp({ phones: ['kitchen', 'office'] })
    ask(HOME, answer(ask(HOME), 'kitchen', 'kitchen-password'))
    for (let guess = 0; guess < 100; guess++) ask(HOME, answer(ask(HOME), 'root', '1234'))
    expect(doorkeeper.banned).toBe(1)
    expect(doorkeeper.admits(HOME)).toBe(true)
    expect(ask(HOME, answer(ask(HOME), 'kitchen', 'kitchen-password')).phone?.name).toBe('kitchen')
    expect(ask(HOME, answer(ask(HOME), 'office', 'office-password')).phone).toBeUndefined()
  })

  it('knows from the bindings where the phones were before a restart', () => {
    const { doorkeeper, ask, answer } = doorkeeperSetUp({ boundAt: { kitchen: HOME } })
    for (let guess = 0; guess < 100; guess++) ask(HOME, answer(ask(HOME), 'root', '1234'))
    expect(doorkeeper.admits(HOME)).toBe(true)
    expect(ask(HOME, answer(ask(HOME), 'kitchen', 'kitchen-password')).phone?.name).toBe('kitchen')
    doorkeeper.forget('kitchen')
    expect(doorkeeper.admits(HOME)).toBe(false)
  })

  it('lets OPTIONS through from where a phone has registered, and from nowhere else', () => {
    const { ask } = doorkeeperSetUp({ boundAt: { kitchen: tcpFrom('192.0.2.3', 'f1') } })
    expect(ask(tcpFrom('192.0.2.3', 'f1'), { method: 'OPTIONS' }).phone?.name).toBe('kitchen')
    expect(ask(tcpFrom('192.0.2.3', 'f2'), { method: 'OPTIONS' }).status).toBe(401)
    expect(ask(tcpFrom('192.0.2.3', 'f1'), { method: 'INVITE' }).status).toBe(401)
  })

  it('asks again without asking the user when only the nonce was old (RFC 7616 §3.3)', () => {
    const { ask, answer, clock } = doorkeeperSetUp()
    const stale = (asked: ReturnType<typeof ask>) =>
      /stale=true/.test(asked.response?.headers.first('WWW-Authenticate') ?? '')
    const old = ask(HOME)
    clock.advance(600_000)
    expect(stale(ask(HOME, answer(old, 'kitchen', 'kitchen-password')))).toBe(true)
    expect(stale(ask(HOME, answer(ask(STRANGER), 'kitchen', 'kitchen-password')))).toBe(true)
    expect(stale(ask(HOME, answer(ask(HOME), 'kitchen', 'wrong')))).toBe(false)
  })

  it('tells when somebody at home guesses the password of a phone that is there', () => {
    const { ask, answer, warnings } = doorkeeperSetUp({ boundAt: { kitchen: HOME } })
    for (let guess = 0; guess < 15; guess++) ask(HOME, answer(ask(HOME), 'kitchen', '1234'))
    expect(warnings).toMatchObject([{ address: '192.0.2.3', user: 'kitchen' }])
  })
})

describe('who comes over a connection of an account', () => {
  const page = { name: 'page-ada', login: 'page-ada~1', account: 'user:ada' }
  const ADA = webSocketFrom('203.0.113.9')

  it('is let in from anywhere, by digest as everybody', () => {
    const { doorkeeper, ask, answer } = doorkeeperSetUp({ page, phonesFrom: ['192.0.2.0/24'] })
    expect(doorkeeper.admits(udpFrom('203.0.113.9'))).toBe(false)
    expect(doorkeeper.admits(ADA)).toBe(true)
    const first = ask(ADA)
    expect(first.status).toBe(401)
    expect(ask(ADA, answer(first, 'page-ada~1', 'page-ada~1-password')).phone?.name).toBe('page-ada')
    expect(ask(ADA, answer(ask(ADA), 'kitchen', 'kitchen-password')).phone?.name).toBe('kitchen')
  })

  it('is the only one for whom the password of a page counts', () => {
    const { ask, answer } = doorkeeperSetUp({ page })
    for (const source of [HOME, tcpFrom('192.0.2.3', 'f1'), webSocketFrom('203.0.113.9', 'user:max')]) {
      const asked = ask(source, answer(ask(source), 'page-ada~1', 'page-ada~1-password'))
      expect([asked.phone, asked.status]).toEqual([undefined, 401])
      expect(asked.response?.headers.first('WWW-Authenticate')).not.toContain('stale=true')
    }
  })

  it('opens plain SIP to nobody: without other phones its port stays silent', () => {
    const { doorkeeper } = doorkeeperSetUp({ phones: [], page })
    expect(doorkeeper.admits(HOME)).toBe(false)
    expect(doorkeeper.admits(ADA)).toBe(true)
  })

  it('is not kept out by guesses from its address, and its own guesses keep out nobody else', () => {
    const { doorkeeper, ask, answer } = doorkeeperSetUp({ page })
    const guess = (source: typeof ADA) => {
      for (let guessed = 0; guessed < 40 && doorkeeper.admits(source); guessed++)
        ask(source, answer(ask(source), 'kitchen', '1234'))
    }
    guess(udpFrom(ADA.address))
    expect(doorkeeper.admits(udpFrom(ADA.address))).toBe(false)
    expect(doorkeeper.admits(ADA)).toBe(true)
    guess(ADA)
    expect(doorkeeper.admits(ADA)).toBe(false)
    expect(doorkeeper.admits(webSocketFrom(ADA.address, 'user:max'))).toBe(true)
    expect(doorkeeper.banned).toBe(2)
  })
})
