import type { lookup } from 'node:dns'
import { expect, it } from 'vitest'
import { isPublic, reachingAgent, whyNotCalled } from './reach.ts'

const PRIVATE = [
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::1',
  '::',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1',
  'fd00::1',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  'localhost',
  '',
]

it.each(PRIVATE)('does not call %s', (address) => expect(isPublic(address)).toBe(false))

it.each(['142.250.1.1', '17.188.1.1', '2a00:1450:4001::1', '::ffff:142.250.1.1'])('calls %s', (address) =>
  expect(isPublic(address)).toBe(true),
)

it.each([
  ['http://push.example/x', 'it is no https URL'],
  ['file:///etc/passwd', 'it is no https URL'],
  ['nonsense', 'it is no https URL'],
  ['https://a:b@push.example/x', 'it has a password in it'],
  ['https://127.0.0.1/x', '127.0.0.1 is no public address'],
  ['https://2130706433/x', '127.0.0.1 is no public address'],
  ['https://0x7f.1/x', '127.0.0.1 is no public address'],
  ['https://[::1]:8443/x', '::1 is no public address'],
  ['https://[::ffff:10.0.0.1]/x', '::ffff:a00:1 is no public address'],
  ['https://push.example/x', null],
  ['https://142.250.1.1/x', null],
])('says of %s: %s', (endpoint, why) => expect(whyNotCalled(endpoint, { kind: 'public' })).toBe(why))

/** What the agent would connect to when a name has these addresses. */
function connectsTo(addresses: readonly string[], all: boolean): Promise<unknown> {
  const resolve = ((_host: string, _options: object, found: (error: null, all: object[]) => void) =>
    found(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof lookup
  const { lookup: look } = reachingAgent({ kind: 'public' }, resolve).options
  return new Promise((resolved) =>
    look?.('push.example', { all }, (error, found) => resolved(error?.message ?? found)),
  )
}

it('looks a name up itself, and leaves out what is not public', async () => {
  expect(await connectsTo(['127.0.0.1', '10.0.0.1'], false)).toBe('push.example has no public address')
  expect(await connectsTo([], true)).toBe('push.example has no public address')
  expect(await connectsTo(['127.0.0.1', '142.250.1.1'], false)).toBe('142.250.1.1')
  expect(await connectsTo(['::1', '142.250.1.1'], true)).toEqual([{ address: '142.250.1.1', family: 4 }])
})
