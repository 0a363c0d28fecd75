import { expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { silentLog } from '../shared/log.ts'
import type { SocketAddress } from '../sip/transport/transport.ts'
import { watchMapping } from './watch-mapping.ts'

it('follows what the STUN server sees, keeps the last while it is silent, and says so once', async () => {
  const clock = fakeClock()
  const warned: unknown[] = []
  const asked: SocketAddress[] = []
  let seen: SocketAddress | undefined = { address: '203.0.113.5', port: 40_404 }
  let changes = 0
  const mapping = watchMapping({
    server: { host: 'stun.example.org', port: 3478 },
    resolve: async () => ['192.0.2.9'],
    ask: async (server) => {
      asked.push(server)
      return seen
    },
    clock,
    log: { ...silentLog, warn: (...all: unknown[]) => warned.push(all) } as typeof silentLog,
    onChange: () => changes++,
  })
  await clock.advanceAsync(0)
  expect(mapping.current).toEqual(seen)
  seen = undefined
  await clock.advanceAsync(90_000)
  expect(mapping.current?.address).toBe('203.0.113.5')
  expect(warned).toHaveLength(1)
  seen = { address: '203.0.113.77', port: 40_404 }
  await clock.advanceAsync(30_000)
  expect(mapping.current).toEqual(seen)
  expect(changes).toBe(2)
  expect(asked.every(({ address, port }) => address === '192.0.2.9' && port === 3478)).toBe(true)
  mapping.close()
  await clock.advanceAsync(60_000)
  expect(clock.pending).toBe(0)
})
