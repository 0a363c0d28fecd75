import { expect, it } from 'vitest'
import { isHiddenFrom, namedAddress, reachableAt } from './named-address.ts'

it.each([
  ['198.51.100.7', '192.168.1.2', undefined, '192.168.1.2'],
  ['198.51.100.7', '192.168.1.2', '203.0.113.9', '203.0.113.9'],
  ['192.168.1.20', '192.168.1.2', '203.0.113.9', '192.168.1.2'],
  ['::ffff:10.0.0.7', '10.0.0.2', '203.0.113.9', '10.0.0.2'],
  ['127.0.0.1', '127.0.0.1', '203.0.113.9', '127.0.0.1'],
  ['fe80::1%eth0', 'fe80::2', '2001:db8::9', 'fe80::2'],
  ['2001:db8:1::1', '2001:db8::2', '203.0.113.9', '2001:db8::2'],
  // In a container, whose host is at 192.168.1.10.
  ['192.168.1.20', '172.17.0.2', '192.168.1.10', '192.168.1.10'],
])('toward %s we, at %s, with the public address %s, are %s', (remote, local, publicAddress, named) => {
  expect(namedAddress(remote, local, publicAddress)).toBe(named)
})

it.each([
  ['192.168.1.2', [], undefined, ['192.168.1.2']],
  ['127.0.0.1', ['192.168.1.2', '2001:db8::2'], undefined, ['127.0.0.1', '192.168.1.2', '2001:db8::2']],
  ['192.168.1.2', [], '203.0.113.9', ['192.168.1.2', '203.0.113.9']],
  // No port of that version is open.
  ['192.168.1.2', [], '2001:db8::9', ['192.168.1.2']],
])(
  'a session at %s and %s, with the public address %s, is to be found at %s',
  (address, alsoAt, publicAddress, found) => {
    expect(reachableAt({ local: { address }, alsoAt }, publicAddress)).toEqual(found)
  },
)

it.each([
  ['198.51.100.7', '172.17.0.2', true],
  ['198.51.100.7', '203.0.113.9', false],
  ['192.168.1.20', '172.17.0.2', false],
  ['2001:db8::7', 'fd00::2', true],
])('%s is told of %s: hidden %s', (remote, named, hidden) => {
  expect(isHiddenFrom(remote, named)).toBe(hidden)
})
