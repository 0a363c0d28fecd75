import { isUtf8 } from 'node:buffer'
import type { Clock } from '../../shared/clock.ts'
import { MAX_PHONE_MESSAGE_BYTES, type WebSocketLike } from '../../shared/web-socket.ts'
import { openAlarm } from './alarm.ts'
import type { Connection } from './connection.ts'
import { tellClosed } from './tell-closed.ts'
import type { Destination, Source, TransportEvents } from './transport.ts'

/** What one WebSocket may take. */
export interface WebSocketConnectionLimits {
  readonly maxMessageBytes: number
  /** Bytes that wait for a peer that does not read; past it the connection is closed. */
  readonly queueBytes: number
  /** How long what we send may wait. */
  readonly stalledMs: number
  /** How long a peer may take to its first message. */
  readonly firstMessageMs: number
  /** How long there may be no message in either direction. Phones register again within the hour. */
  readonly idleMs: number
  /** How often we ask whether the peer is still there; proxies let a connection go that is silent for a minute. */
  readonly pingEveryMs: number
  /** How long it may take to answer. */
  readonly pongMs: number
}

export const defaultWebSocketConnectionLimits: WebSocketConnectionLimits = {
  maxMessageBytes: MAX_PHONE_MESSAGE_BYTES,
  queueBytes: 1_048_576,
  stalledMs: 10_000,
  firstMessageMs: 30_000,
  idleMs: 3_900_000,
  pingEveryMs: 25_000,
  pongMs: 10_000,
}

export interface WebSocketConnectionOptions {
  readonly socket: WebSocketLike
  /** What its messages come from; `flow` is the connection's name. */
  readonly from: Source
  readonly events: TransportEvents
  readonly clock: Clock
  readonly limits: WebSocketConnectionLimits
  onClosed(): void
}

const CRLF = Buffer.from('\r\n')
const CLOSING_MS = 1000
/** RFC 6455 §7.4.1. */
const GOING_AWAY = 1001
const TOO_BIG = 1009

/** Carries SIP over a WebSocket: a message in each (RFC 7118 §5), kept alive from both sides (§6). */
export function openWebSocketConnection(options: WebSocketConnectionOptions): Connection {
  const { socket, from, events, clock, limits, onClosed } = options
  const unsent: { readonly to: Destination | undefined; readonly since: number }[] = []
  const openedAt = clock.monotonic()
  let proven = false
  let activeAt = openedAt
  let pingAt = openedAt + limits.pingEveryMs
  let pongBy: number | undefined
  let closingSince: number | undefined
  let failure: Error | undefined
  const alarm = openAlarm(clock, deadline, ring)

  function deadline(): number {
    if (closingSince !== undefined) return closingSince + CLOSING_MS
    return Math.min(pingAt, giveUpAt())
  }

  /** When the next limit is reached, were nothing to happen before. */
  function giveUpAt(): number {
    const silent = proven ? activeAt + limits.idleMs : openedAt + limits.firstMessageMs
    return Math.min(silent, pongBy ?? silent, unsent[0] ? unsent[0].since + limits.stalledMs : silent)
  }

  function ring(): void {
    const now = clock.monotonic()
    if (closingSince !== undefined || giveUpAt() <= now) return stop('ETIMEDOUT')
    pongBy ??= now + limits.pongMs
    pingAt = now + limits.pingEveryMs
    socket.ping()
    alarm.watch()
  }

  function stop(code: string): void {
    failure ??= Object.assign(new Error(`${code} ${from.address}:${from.port}`), { code })
    socket.terminate()
  }

  function write(bytes: Buffer, to: Destination | undefined): void {
    const since = clock.monotonic()
    unsent.push({ to, since })
    if (socket.bufferedAmount + bytes.length > limits.queueBytes) return stop('ENOBUFS')
    activeAt = since
    // RFC 7118 §4.2: text where it is UTF-8, which is easier on scripts. Writes end in order; one that fails is followed by
    // `close`, which reports all that is left.
    socket.send(bytes, { binary: !isUtf8(bytes) }, (error) => {
      if (!error) unsent.shift()
    })
    alarm.watch()
  }

  function end(code: number): void {
    if (closingSince !== undefined) return
    closingSince = clock.monotonic()
    socket.close(code)
    alarm.watch()
  }

  socket.on('message', (bytes) => {
    if (closingSince !== undefined) return
    pongBy = undefined
    if (bytes.length > limits.maxMessageBytes) return end(TOO_BIG)
    activeAt = clock.monotonic()
    if (isLineBreaks(bytes)) {
      // RFC 5626 §4.4.1: two are a ping, and one is the pong. A single one asks for nothing.
      if (bytes.length === 2 * CRLF.length) write(CRLF, undefined)
      return
    }
    proven = true
    events.onMessage(bytes, from)
  })
  socket.on('pong', () => {
    pongBy = undefined
  })
  socket.on('error', (error) => {
    failure ??= error
  })
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      alarm.stop()
      onClosed()
      tellClosed(events, { from, unsent: unsent.splice(0), failure })
      resolve()
    })
  })
  alarm.watch()

  return {
    send: write,
    close() {
      end(GOING_AWAY)
      return closed
    },
  }
}

/** Nothing but line breaks, or nothing at all. */
function isLineBreaks(bytes: Buffer): boolean {
  return bytes.length <= 2 * CRLF.length && bytes.every((byte) => byte === 0x0d || byte === 0x0a)
}
