import { describe, expect, it } from 'vitest'
import { systemClock } from '../../shared/clock.ts'
import { dgramSockets } from './dgram-socket.ts'
import { loadLibc } from './libc.ts'
import { linuxSockets } from './linux-socket.ts'
import { rtpSocketContract } from './rtp-socket.contract.ts'
import { readSocketAddress, writeSocketAddress } from './socket-address.ts'

describe('sockets of node:dgram', () => {
  rtpSocketContract(dgramSockets(systemClock), systemClock.monotonic)
})

const libc = await loadLibc()
describe.runIf(libc)('sockets of Linux', () => {
  if (libc) rtpSocketContract(linuxSockets(libc, systemClock), systemClock.monotonic)
})

describe('socket addresses', () => {
  it.each([
    { address: '192.0.2.7', port: 40_000 },
    { address: '2001:db8::1', port: 1 },
    { address: 'fe80::1%2', port: 5004 },
  ])('are written and read: $address', (endpoint) => {
    const bytes = Buffer.alloc(28)
    writeSocketAddress(endpoint).copy(bytes)
    expect(readSocketAddress(bytes)).toEqual(endpoint)
  })
})
