import { expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { memoryWebSocket } from '../../../test/helpers/memory-web-socket.ts'
import { noteTransport } from '../../../test/helpers/note-transport.ts'
import type { Source } from './transport.ts'
import { createWebSocketTransport, type WebSocketLimits } from './web-socket.ts'

const MESSAGE = 'OPTIONS sip:a@b SIP/2.0\r\n\r\n'
const LOCAL = { address: '192.0.2.2', port: 8080 }
const REMOTE = { address: '198.51.100.7', port: 50_000 }

function setUp(limits: Partial<WebSocketLimits> = {}) {
  const clock = fakeClock()
  const events = noteTransport()
  const transport = createWebSocketTransport({ local: LOCAL, events, clock, limits })
  return {
    clock,
    events,
    transport,
    connect({ account = 'user:ada', secure = false } = {}) {
      const { socket, browser } = memoryWebSocket()
      transport.accept({ socket, remote: REMOTE, local: LOCAL, secure, account })
      return browser
    },
    source: (place = 0): Source => {
      const from = events.messages[place]?.from
      if (!from) throw new Error('no message came')
      return from
    },
  }
}

it('carries a message in each frame, text or binary, and answers by the same connection (RFC 7118 §4.2, §5)', () => {
  const { connect, events, transport, source } = setUp()
  const one = connect()
  const two = connect({ secure: true, account: 'token:script' })
  one.say(MESSAGE)
  two.say(Buffer.from(MESSAGE))
  expect(events.messages.map(({ text }) => text)).toEqual([MESSAGE, MESSAGE])
  expect(source(0)).toEqual({ transport: 'ws', ...REMOTE, flow: 'ws-1', local: LOCAL, account: 'user:ada' })
  expect(source(1)).toMatchObject({ transport: 'wss', flow: 'ws-2', account: 'token:script' })

  transport.send(Buffer.from('grüß'), { ...source(1), port: 9 })
  transport.send(Buffer.from('grüß', 'latin1'), source(0))
  expect(two.heard).toEqual([{ text: 'grüß', isBinary: false }])
  expect(one.heard).toEqual([{ text: 'grüß', isBinary: true }])
})

it('reaches whoever is connected, by whichever family of addresses, and nobody else', async () => {
  const { connect, events, transport, source } = setUp()
  connect().say(MESSAGE)
  expect(transport.reaches({ ...source(), address: '2001:db8::1' })).toBe(true)
  expect(transport.reaches({ ...source(), transport: 'tcp' })).toBe(false)
  const nowhere = { ...source(), flow: 'ws-9' }
  const { flow: _, ...unconnected } = source()
  transport.send(Buffer.from(MESSAGE), nowhere)
  transport.send(Buffer.from(MESSAGE), unconnected)
  expect(events.failures).toEqual([])
  await Promise.resolve()
  expect(events.failures.map(({ to }) => to)).toEqual([nowhere, unconnected])
  expect(events.failures[0]?.to).toBe(nowhere)
})

it('answers the keep-alive of RFC 5626 §4.4.1 within frames, and takes nothing of it for a message (RFC 7118 §6)', () => {
  const { connect, events } = setUp()
  const browser = connect()
  browser.say('\r\n\r\n')
  for (const nothing of ['\r\n', '', '\n']) browser.say(nothing)
  browser.say(Buffer.from('\r\n\r\n'))
  expect(browser.heard.map(({ text }) => text)).toEqual(['\r\n', '\r\n'])
  expect(events.messages).toEqual([])
})

it('pings every 25 s, and lets go of who does not answer within 10 s (RFC 7118 §6, RFC 6455 §5.5.2)', async () => {
  const { connect, clock, events } = setUp()
  const browser = connect()
  browser.say(MESSAGE)
  await clock.advanceAsync(100_000)
  expect(browser.pings).toBe(4)
  browser.answersPings = false
  await clock.advanceAsync(25_000)
  await clock.advanceAsync(9000)
  // Whatever it says is a sign of life.
  browser.say(MESSAGE)
  await clock.advanceAsync(16_000)
  expect(browser.pings).toBe(6)
  await clock.advanceAsync(9999)
  expect(browser.closedBy).toBeUndefined()
  await clock.advanceAsync(1)
  expect(browser.closedBy).toBe(1006)
  expect(events.closed).toEqual(['ws-1'])
  expect(clock.pending).toBe(0)
})

it('closes a peer that connects and says nothing, or is silent for too long, though it answers pings', async () => {
  const { connect, clock, transport, source } = setUp({ firstMessageMs: 30_000, idleMs: 300_000 })
  const mute = connect()
  mute.say('\r\n\r\n')
  const browser = connect()
  browser.say(MESSAGE)
  await clock.advanceAsync(29_999)
  expect(mute.closedBy).toBeUndefined()
  await clock.advanceAsync(1)
  expect(mute.closedBy).toBe(1006)
  await clock.advanceAsync(200_000)
  transport.send(Buffer.from(MESSAGE), source())
  await clock.advanceAsync(299_999)
  expect(browser.closedBy).toBeUndefined()
  await clock.advanceAsync(1)
  expect(browser.closedBy).toBe(1006)
})

it('tells that a connection is closed, after what could not be sent over it', async () => {
  const { connect, clock, events, transport, source } = setUp({ stalledMs: 5000, queueBytes: 100 })
  const browser = connect()
  browser.say(MESSAGE)
  browser.reads = false
  const to = { ...source() }
  transport.send(Buffer.from(MESSAGE), to)
  let failuresBefore = 0
  events.onClosed = () => {
    failuresBefore = events.failures.length
  }
  await clock.advanceAsync(5000)
  expect(events.failures).toEqual([{ to, code: 'ETIMEDOUT' }])
  expect(failuresBefore).toBe(1)
  expect(events.failures[0]?.to).toBe(to)

  const broken = connect()
  broken.say(MESSAGE)
  broken.breaks = true
  transport.send(Buffer.from('a'), source(1))
  await clock.advanceAsync(0)
  expect(events.failures.at(-1)).toEqual({ to: source(1), code: 'ECONNRESET' })

  const other = connect()
  other.say(MESSAGE)
  transport.send(Buffer.alloc(101), source(2))
  expect(events.failures).toHaveLength(2)
  await clock.advanceAsync(0)
  expect(events.failures.at(-1)?.code).toBe('ENOBUFS')
  expect(other.closedBy).toBe(1006)
  expect(clock.pending).toBe(0)
})

it('closes a message that is too long with 1009 (RFC 6455 §7.4.1)', async () => {
  const { connect, clock, events } = setUp({ maxMessageBytes: 100 })
  const browser = connect()
  browser.say('x'.repeat(101))
  browser.say(MESSAGE)
  await clock.advanceAsync(0)
  expect(browser.closedBy).toBe(1009)
  expect(events.messages).toEqual([])
})

it('turns away surplus connections: of one account, and in all; a place that falls free is taken again', async () => {
  const { connect, clock } = setUp({ connections: 3, connectionsPerAccount: 2 })
  const becomesOf = async (account?: string) => {
    const browser = connect({ ...(account && { account }) })
    await clock.advanceAsync(0)
    return browser.closedBy
  }
  const first = connect()
  expect(await becomesOf()).toBeUndefined()
  expect(await becomesOf()).toBe(1013)
  expect(await becomesOf('user:max')).toBeUndefined()
  expect(await becomesOf('user:eve')).toBe(1013)
  first.leave()
  expect(await becomesOf()).toBeUndefined()
})

it('closes all when it is closed, those who do not read after a second, and takes no more', async () => {
  const { connect, clock, transport } = setUp()
  const browser = connect()
  const deaf = connect()
  deaf.reads = false
  const closed = transport.close()
  await clock.advanceAsync(0)
  expect(browser.closedBy).toBe(1001)
  await clock.advanceAsync(1000)
  await closed
  expect(deaf.closedBy).toBe(1006)
  const late = connect()
  await clock.advanceAsync(0)
  expect(late.closedBy).toBe(1013)
  expect(clock.pending).toBe(0)
})
