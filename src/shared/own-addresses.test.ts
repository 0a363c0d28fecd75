import type { networkInterfaces } from 'node:os'
import { expect, it } from 'vitest'
import { ownAddresses } from './own-addresses.ts'

const entry = (address: string) =>
  ({ address, family: address.includes(':') ? 'IPv6' : 'IPv4', internal: false }) as never
const interfaces: ReturnType<typeof networkInterfaces> = {
  lo: [entry('127.0.0.1'), entry('::1')],
  eth0: [entry('192.168.1.2'), entry('fe80::1'), entry('2001:db8::2')],
  tailscale0: [entry('100.64.0.7')],
  docker0: [entry('172.17.0.1'), entry('192.168.1.2')],
}

it.each([
  [['0.0.0.0'], ['192.168.1.2', '100.64.0.7', '172.17.0.1']],
  [['::'], ['2001:db8::2']],
  [
    ['0.0.0.0', '::'],
    ['192.168.1.2', '100.64.0.7', '172.17.0.1', '2001:db8::2'],
  ],
  // Whoever listens on one address alone has said which.
  [['192.168.1.2', '127.0.0.1', '::1'], ['192.168.1.2']],
  [[], []],
])('bound to %s others may come to %s', (bound, own) => {
  expect(ownAddresses(bound, interfaces)).toEqual(own)
})

it('are eight at most, on a host with many bridges', () => {
  const bridges = Array.from({ length: 30 }, (_, i) => entry(`172.18.${i}.1`))
  expect(ownAddresses(['0.0.0.0'], { eth0: [entry('192.168.1.2')], bridges })).toHaveLength(8)
})
