import type { NetworkInterfaceInfo } from 'node:os'
import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { localAddressToward, rememberLocalAddresses } from './local-address.ts'

const entry = (address: string, cidr: string, internal = false): NetworkInterfaceInfo =>
  ({
    address,
    cidr,
    internal,
    family: address.includes(':') ? 'IPv6' : 'IPv4',
    netmask: '',
    mac: '',
  }) as NetworkInterfaceInfo
const interfaces = {
  lo: [entry('127.0.0.1', '127.0.0.1/8', true), entry('::1', '::1/128', true)],
  eth0: [entry('203.0.113.5', '203.0.113.5/24'), entry('2001:db8::5', '2001:db8::5/64')],
  eth1: [entry('192.168.1.5', '192.168.1.5/24')],
}

it.each([
  ['the address that is bound', '198.51.100.1', '192.0.2.9', '192.0.2.9'],
  ["the one on the remote's network", '192.168.1.77', '0.0.0.0', '192.168.1.5'],
  ['loopback toward loopback', '127.0.0.1', '0.0.0.0', '127.0.0.1'],
  ['the first that is not loopback toward the world', '198.51.100.1', '0.0.0.0', '203.0.113.5'],
  ['IPv6 toward IPv6', '2001:db8:1::9', '::', '2001:db8::5'],
])('takes %s', (_what, remote, bound, expected) => {
  expect(localAddressToward(remote, bound, interfaces)).toBe(expected)
})

it('has nothing better than what is bound on a machine without a fitting interface', () => {
  expect(localAddressToward('198.51.100.1', '0.0.0.0', {})).toBe('0.0.0.0')
})

it('remembers what it found for one remote apart from another', () => {
  const toward = rememberLocalAddresses(fakeClock())
  for (let round = 0; round < 2; round++) {
    expect(toward('127.0.0.1', '0.0.0.0')).toBe('127.0.0.1')
    expect(toward('127.0.0.1', '192.0.2.9')).toBe('192.0.2.9')
  }
})
