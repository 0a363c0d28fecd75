import { createHmac } from 'node:crypto'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browserSecurity, type CheckOptions, makeCheck } from '../../../test/helpers/scripted-browser.ts'
import { HmacSha1 } from '../srtp/hmac-sha1.ts'
import { readCheck } from './check.ts'
import { LiteAgent } from './lite-agent.ts'

const { local, remote } = browserSecurity.ice
const here = { address: '192.0.2.1', port: 32_853 }
const there = { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32_853 }

function open() {
  const agent = new LiteAgent(local, remote, 0)
  const check = (options?: CheckOptions, from = here, now = 0) => {
    const bytes = makeCheck(options)
    return agent.receive(bytes, bytes.length, from, now)?.toString('hex')
  }
  return { agent, check }
}

describe('a check', () => {
  // RFC 5769 §2.1, whose sender takes itself for the controlled one.
  const sample = Buffer.from(
    [
      '000100582112a442b7e7a701bc34d686fa87dfae',
      '802200105354554e207465737420636c69656e74',
      '002400046e0001ff80290008932ff9b151263b36',
      '000600096576746a3a68367659202020',
      '000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2',
      '80280004e57a3bcf',
    ].join(''),
    'hex',
  )
  /** Up to the fingerprint, which is not signed. */
  const SIGNED = sample.length - 8
  const mac = new HmacSha1(Buffer.from('VOkJxbRl1RmTxUk/WvJxBt'))

  it('RFC 5769 §2.1: is read when it is signed with our password', () => {
    expect(readCheck(Buffer.from(sample), sample.length, mac)).toMatchObject({
      username: 'evtj:h6vY',
      controlled: true,
      nominates: false,
      unknown: [],
    })
    expect(
      readCheck(Buffer.from(sample), sample.length, new HmacSha1(Buffer.from('another'))),
    ).toBeUndefined()
  })

  it('RFC 8489 §9.1.3: with one bit changed is none, and reading leaves it as it was', () => {
    fc.assert(
      fc.property(fc.nat(8 * SIGNED - 1), (bit) => {
        const changed = Buffer.from(sample)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const before = Buffer.from(changed)
        expect(readCheck(changed, changed.length, mac)).toBeUndefined()
        expect(changed).toEqual(before)
      }),
    )
  })

  it('RFC 8489 §6.3: nothing is read from anything else, and nothing throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (raw) => {
        const body = raw.subarray(0, raw.length - (raw.length % 4))
        const head = Buffer.from(`00010000${'2112a442'}${'00'.repeat(12)}`, 'hex')
        head.writeUInt16BE(body.length, 2)
        const bytes = Buffer.concat([head, body])
        expect(readCheck(bytes, bytes.length, mac)).toBeUndefined()
      }),
    )
  })
})

describe('the lite agent', () => {
  it('RFC 8445 §7.3.1.2: tells a check where it came from, over IPv4 and IPv6, signed', () => {
    const { check } = open()
    const id = 'c0ffee'.repeat(4)
    const answer = check() ?? ''
    expect(answer.slice(0, 64)).toBe(`0101002c2112a442${id}002000080001a147e112a643`)
    const signed = Buffer.from(answer.slice(0, 64), 'hex')
    signed.writeUInt16BE(36, 2)
    const mac = createHmac('sha1', local.password).update(signed).digest('hex')
    expect(answer.slice(64, 112)).toBe(`00080014${mac}`)
    const fingerprint = (crc32(Buffer.from(answer.slice(0, 112), 'hex')) ^ 0x5354554e) >>> 0
    expect(answer.slice(112)).toBe(`80280004${fingerprint.toString(16).padStart(8, '0')}`)
    // RFC 5769 §2.3 has this address under another transaction.
    expect(check({}, there)?.slice(40, 64)).toBe('002000140002a1470113a9fa')
  })

  it.each<[string, CheckOptions]>([
    ['another password', { password: 'guessed' }],
    ['another username', { username: 'lampglow:other' }],
    ['no separate names', { username: 'lampglow' }],
  ])('RFC 8445 §7.3: a stranger’s check, with %s, gets no answer and no place', (_what, options) => {
    const { agent, check } = open()
    expect(check(options)).toBeUndefined()
    expect(agent.knows(here)).toBe(false)
    expect(agent.path).toBeUndefined()
  })

  it('RFC 8445 §8.1.1: sends where the other side chose, and where it chooses later', () => {
    const { agent, check } = open()
    check({ nominate: false })
    expect(agent.knows({ ...here })).toBe(true)
    expect(agent.path).toBeUndefined()
    check()
    const chosen = agent.path
    check({}, { ...here })
    expect(agent.path).toBe(chosen)
    check({}, there)
    expect(agent.path).toBe(there)
    expect(agent.knows(here)).toBe(true)
  })

  it('RFC 8445 §7.3.1.1: 487 to whom wants to be controlled, 420 for what must be understood and is not', () => {
    const { agent, check } = open()
    const controlled = check({ more: [[0x8029, Buffer.alloc(8)]] })
    expect(controlled?.slice(0, 4)).toBe('0111')
    expect(controlled?.slice(40, 56)).toBe('0009001100000457')
    const unknown = check({ more: [[0x7abc, Buffer.alloc(0)]] })
    expect(unknown?.slice(40, 56)).toBe('0009001500000414')
    expect(unknown).toContain('000a00027abc0000')
    expect(agent.path).toBeUndefined()
  })

  it('RFC 8489 §14.7: a check needs no fingerprint', () => {
    expect(open().check({ fingerprint: false })).toBeDefined()
  })

  it('RFC 7675 §5.1: gives the other side up 30 s after its last check', () => {
    const { agent, check } = open()
    expect(agent.lapsed(30_000)).toBe(false)
    expect(agent.lapsed(30_001)).toBe(true)
    check({}, here, 25_000)
    expect(agent.lapsed(55_000)).toBe(false)
    check({ password: 'guessed' }, here, 54_000)
    expect(agent.lapsed(55_001)).toBe(true)
  })

  it('RFC 8445 §9: takes other credentials and keeps its path meanwhile', () => {
    const { agent, check } = open()
    check()
    agent.restart(local, remote, 10)
    expect(check()).toBeDefined()
    agent.restart({ ...local, password: 'another' }, { ...remote, usernameFragment: 'more' }, 20)
    expect(agent.path).toBe(here)
    expect(check()).toBeUndefined()
    expect(check({ password: 'another', username: 'lampglow:more' })).toBeDefined()
  })

  it('remembers only so many places', () => {
    const { agent, check } = open()
    for (let port = 1; port <= 40; port++) check({ nominate: false }, { ...here, port })
    expect([1, 16, 17, 40].map((port) => agent.knows({ ...here, port }))).toEqual([true, true, false, false])
  })
})
