import type { lookup } from 'node:dns'
import { expect, it } from 'vitest'
import { outcomeOf } from './post.ts'
import { reachingLookup, whyNotHooked, whyOutOfReach } from './reach.ts'

const home = { publicOnly: false, ownPorts: [8080] }
const internet = { ...home, publicOnly: true }

it.each([
  '127.0.0.1',
  '::1',
  '192.168.1.9',
  '10.1.2.3',
  'fd12::9',
  '100.64.7.7',
  '142.250.1.1',
  '::ffff:10.0.0.1',
])('may call %s, at home', (address) => expect(whyOutOfReach(address, 8123, home)).toBeNull())

it.each([
  ...[
    '169.254.169.254',
    'fe80::1',
    '::ffff:169.254.169.254',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
  ],
  ...[
    'fd00:ec2::254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '64:ff9b::a9fe:a9fe',
    'localhost',
    '',
  ],
])('never calls %s: clouds keep keys there, or nobody listens', (address) => {
  expect(whyOutOfReach(address, 80, home)).not.toBeNull()
  expect(whyOutOfReach(address, 80, internet)).not.toBeNull()
})

it('does not call the machine itself, by whatever address', () => {
  const own = () => ['192.168.1.5', 'fd12::5']
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '192.168.1.5', '::ffff:192.168.1.5', 'fd12::5']) {
    expect(whyOutOfReach(address, 8080, home, own)).toBe('that is the machine itself')
    expect(whyOutOfReach(address, 8081, home, own)).toBeNull()
  }
  expect(whyOutOfReach('192.168.1.6', 8080, home, own)).toBeNull()
})

it('calls only the Internet for who wants that', () => {
  expect(whyOutOfReach('192.168.1.9', 80, internet)).toBe('192.168.1.9 is no public address')
  expect(whyOutOfReach('142.250.1.1', 80, internet)).toBeNull()
})

it.each([
  ['ftp://example.org/', 'it is no http or https URL'],
  ['file:///etc/passwd', 'it is no http or https URL'],
  ['nonsense', 'it is no http or https URL'],
  ['http://me:secret@example.org/', 'it has a password in it'],
  ['http://[::1]:8080/', 'that is the machine itself'],
  ['http://2130706433:8080/', 'that is the machine itself'],
  ['http://0x7f.1:8080/', 'that is the machine itself'],
  ['http://[::ffff:169.254.169.254]/', '169.254.169.254 is no place for a receiver'],
])('does not call %s: %s', (url, why) => expect(whyNotHooked(url, home)).toBe(why))

it('looks a name up and gives only what is in reach: a name that moves is found out', async () => {
  const answers = [[{ address: '169.254.169.254', family: 4 }], [{ address: '192.168.1.9', family: 4 }]]
  const resolve = ((_host: string, _options: object, found: (error: null, all: unknown) => void) =>
    found(null, answers.shift())) as unknown as typeof lookup
  const look = () =>
    new Promise((done) => {
      const found = (error: Error | null, all: unknown) => done(error ? error.message : all)
      reachingLookup(80, home, resolve)('hook.example', { all: true }, found as never)
    })
  expect(await look()).toBe('hook.example is not called: 169.254.169.254 is no place for a receiver')
  expect(await look()).toEqual([{ address: '192.168.1.9', family: 4 }])
})

it('reads a status as docs/webhooks.md has it', () => {
  const of = (status: number, retryAfter?: string) => outcomeOf(status, retryAfter, 1_000_000)
  for (const status of [200, 204, 299]) expect(of(status)).toEqual({ kind: 'taken' })
  for (const status of [400, 413, 415, 422]) expect(of(status).kind).toBe('refused')
  for (const status of [401, 403, 404, 408, 500, 502]) expect(of(status).kind).toBe('later')
  expect(of(410).kind).toBe('gone')
  expect(of(302)).toEqual({ kind: 'later', why: 'it answers 302; redirections are not followed' })
  expect(of(429, '120')).toMatchObject({ afterMs: 120_000 })
  expect(of(503, new Date(1_060_000).toUTCString())).toMatchObject({ afterMs: 60_000 })
  for (const text of ['soon', '-5', new Date(0).toUTCString()])
    expect(of(503, text)).not.toHaveProperty('afterMs')
})
