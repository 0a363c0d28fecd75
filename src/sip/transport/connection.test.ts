import { type Duplex, duplexPair } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { noteTransport } from '../../../test/helpers/note-transport.ts'
import { until } from '../../../test/helpers/until.ts'
import { type ConnectionLimits, defaultConnectionLimits, openConnection } from './connection.ts'
import type { Source } from './transport.ts'

const MESSAGE = 'OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n'
const FROM: Source = {
  transport: 'tcp',
  address: '192.0.2.1',
  port: 40_000,
  flow: 'tcp-1',
  local: { address: '192.0.2.2', port: 5060 },
}

function setUp(change: { limits?: Partial<ConnectionLimits>; proven?: boolean } = {}) {
  const clock = fakeClock()
  const events = noteTransport()
  const [stream, peer] = duplexPair()
  const state = { closed: false }
  const connection = openConnection({
    stream,
    from: FROM,
    proven: change.proven ?? false,
    events,
    clock,
    limits: { ...defaultConnectionLimits, ...change.limits },
    onClosed: () => {
      state.closed = true
    },
  })
  return { clock, events, stream, peer, connection, state }
}

/** Lets the streams deliver. */
const deliver = async () => {
  for (let turn = 0; turn < 3; turn++) await new Promise((next) => setImmediate(next))
}

const say = async (peer: Duplex, text: string) => {
  peer.write(text)
  await deliver()
}

it('closes a peer that connects and says nothing', async () => {
  const { clock, state } = setUp({ limits: { firstMessageMs: 1000 } })
  clock.advance(999)
  await deliver()
  expect(state.closed).toBe(false)
  clock.advance(1)
  await until(() => state.closed)
  expect(clock.pending).toBe(0)
})

it('closes a connection that is silent for too long, and counts both directions', async () => {
  const { clock, peer, connection, state } = setUp({ limits: { idleMs: 60_000 } })
  peer.resume()
  await say(peer, MESSAGE)
  clock.advance(50_000)
  connection.send(Buffer.from(MESSAGE), FROM)
  await deliver()
  clock.advance(50_000)
  await deliver()
  expect(state.closed).toBe(false)
  clock.advance(10_000)
  await until(() => state.closed)
})

it('closes a peer that never finishes its message, however steadily it drips', async () => {
  const { clock, peer, state } = setUp({ proven: true, limits: { messageMs: 10_000 } })
  for (const letter of MESSAGE.slice(0, 11)) {
    if (state.closed) break
    await say(peer, letter)
    clock.advance(999)
    await deliver()
  }
  await until(() => state.closed)
})

it('measures each message anew', async () => {
  const { clock, events, peer, state } = setUp({ limits: { messageMs: 10_000 } })
  const [head, tail] = [MESSAGE.slice(0, 10), MESSAGE.slice(10)]
  await say(peer, head)
  for (let round = 0; round < 5; round++) {
    clock.advance(6000)
    await say(peer, tail + head)
  }
  expect(events.messages).toHaveLength(5)
  expect(state.closed).toBe(false)
  peer.resume().end()
  await until(() => state.closed)
})

it('gives up on what can not be sent in time, and reports it with its destination', async () => {
  const { clock, events, connection, state } = setUp({ proven: true, limits: { stalledMs: 5000 } })
  // Nobody reads at the other end: the first write fills the pair's buffer.
  const to = { ...FROM }
  connection.send(Buffer.alloc(200_000), FROM)
  connection.send(Buffer.from(MESSAGE), to)
  clock.advance(5000)
  await until(() => state.closed)
  expect(events.failures.at(-1)).toEqual({ to, code: 'ETIMEDOUT' })
  expect(events.failures.at(-1)?.to).toBe(to)
})

it('reads on after broken framing, so that the answer is not lost in a reset', async () => {
  const { events, peer, connection, state, clock } = setUp()
  events.onBroken = (_bytes, from) => connection.send(Buffer.from('400'), from)
  let heard = ''
  peer.on('data', (chunk) => {
    heard += chunk
  })
  await say(peer, 'OPTIONS sip:a@b SIP/2.0\r\nContent-Length: many\r\n\r\n')
  await say(peer, MESSAGE)
  expect(heard).toBe('400')
  expect(events.messages).toEqual([])
  clock.advance(1000)
  await until(() => state.closed)
})

it('closes in good order, and frees its timer', async () => {
  const { clock, peer, connection, events, state } = setUp()
  peer.resume()
  connection.send(Buffer.from(MESSAGE), FROM)
  await connection.close()
  expect(state.closed).toBe(true)
  expect(events.failures).toEqual([])
  expect(clock.pending).toBe(0)
})

it('waits a second for a peer that does not read before it closes, and takes nothing more from it', async () => {
  const { clock, peer, connection, events, state } = setUp({ proven: true })
  connection.send(Buffer.alloc(200_000), FROM)
  const closed = connection.close()
  await say(peer, MESSAGE)
  clock.advance(999)
  await deliver()
  expect(state.closed).toBe(false)
  clock.advance(1)
  await closed
  expect(events.messages).toEqual([])
  expect(events.failures.map(({ code }) => code)).toEqual(['ETIMEDOUT'])
})

describe('a peer that we ping (RFC 5626 §4.4.1)', () => {
  const ping = Buffer.from('\r\n\r\n')

  it('and that has answered before is gone when it does not, ten seconds later', async () => {
    const { clock, peer, connection, state } = setUp({ proven: true })
    peer.resume()
    connection.send(ping, FROM)
    clock.advance(9000)
    await say(peer, '\r\n')
    clock.advance(11_000)
    connection.send(ping, FROM)
    await deliver()
    clock.advance(9999)
    await deliver()
    expect(state.closed).toBe(false)
    clock.advance(1)
    await until(() => state.closed)
  })

  it('may answer with anything else, or never have answered any', async () => {
    const { clock, peer, connection, state } = setUp({ proven: true })
    peer.resume()
    connection.send(ping, FROM)
    await deliver()
    clock.advance(60_000)
    connection.send(ping, FROM)
    await say(peer, '\r\n')
    connection.send(ping, FROM)
    await say(peer, MESSAGE)
    clock.advance(60_000)
    await deliver()
    expect(state.closed).toBe(false)
    peer.end()
    await until(() => state.closed)
  })

  it('is not answered for its answers, two of which look like a ping; its own pings are, also in pieces', async () => {
    const { peer, connection } = setUp({ proven: true })
    let heard = ''
    peer.on('data', (chunk: Buffer) => {
      heard += chunk.toString()
    })
    for (let beat = 0; beat < 4; beat++) {
      connection.send(ping, FROM)
      await say(peer, '\r\n')
    }
    expect(heard).toBe('\r\n\r\n'.repeat(4))
    heard = ''
    await say(peer, '\r\n')
    await say(peer, '\r\n')
    expect(heard).toBe('\r\n')
    heard = ''
    connection.send(ping, FROM)
    await say(peer, '\r\n\r\n')
    expect(heard).toBe('\r\n\r\n\r\n')
    connection.close()
  })

  it('may end a message with a line break of its own, which is no answer', async () => {
    const { events, peer, connection } = setUp({ proven: true })
    peer.resume()
    connection.send(ping, FROM)
    await say(peer, MESSAGE.slice(0, -2))
    connection.send(ping, FROM)
    await say(peer, '\r\n')
    expect(events.messages).toHaveLength(1)
    connection.close()
  })
})
