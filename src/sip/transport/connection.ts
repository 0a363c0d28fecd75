import type { Duplex } from 'node:stream'
import type { Clock } from '../../shared/clock.ts'
import { openAlarm } from './alarm.ts'
import { createStreamFramer, type Framed, type FramerLimits } from './stream-framer.ts'
import { tellClosed } from './tell-closed.ts'
import type { Destination, Source, TransportEvents } from './transport.ts'

/** What one connection may take. */
export interface ConnectionLimits extends FramerLimits {
  /** Bytes that wait for a peer that does not read, or for the connection to stand; past it the connection is closed. */
  readonly queueBytes: number
  /** How long what we send may wait, connecting included. */
  readonly stalledMs: number
  /** How long a message may take from its first byte to its last (a "slow loris" would take for ever). */
  readonly messageMs: number
  /** How long a peer that connected may take to its first whole message. */
  readonly firstMessageMs: number
  /** How long a connection may be silent in both directions. Phones register again within the hour. */
  readonly idleMs: number
  /** How long a peer that answers our pings may take to answer one (RFC 5626 §4.4.1). */
  readonly pongMs: number
}

export const defaultConnectionLimits: ConnectionLimits = {
  maxHeadBytes: 65_535,
  maxBodyBytes: 262_144,
  queueBytes: 1_048_576,
  stalledMs: 10_000,
  messageMs: 10_000,
  firstMessageMs: 30_000,
  idleMs: 3_900_000,
  pongMs: 10_000,
}

export interface ConnectionOptions {
  readonly stream: Duplex
  /** What its messages come from; `flow` is the connection's name. */
  readonly from: Source
  /** True for a connection that we made: the peer need not speak first. */
  readonly proven: boolean
  readonly events: TransportEvents
  readonly clock: Clock
  readonly limits: ConnectionLimits
  onClosed(): void
}

export interface Connection {
  send(bytes: Buffer, to: Destination): void
  /** Sends what waits, for a second at most, and closes. */
  close(): Promise<void>
}

const CRLF = Buffer.from('\r\n')
/** Asks a peer over a stream whether it is there (RFC 5626 §4.4.1). */
export const PING = Buffer.from('\r\n\r\n')
const CLOSING_MS = 1000

/** A connection that can be given up. */
export interface DroppableConnection extends Connection {
  /** Closes at once: the peer is not there any more. */
  drop(): void
}

/** Carries SIP over one connection of any kind (RFC 3261 §18.3, RFC 5626 §4.4.1). */
export function openConnection(options: ConnectionOptions): DroppableConnection {
  const { stream, from, events, clock, limits, onClosed } = options
  const framer = createStreamFramer(limits)
  const unsent: { readonly to: Destination | undefined; readonly since: number }[] = []
  let proven = options.proven
  let activeAt = clock.monotonic()
  let messageSince: number | undefined
  let closingSince: number | undefined
  let failure: Error | undefined
  /** Since when a ping of ours has had no answer. */
  let pingSince: number | undefined
  /** Many servers answer none, and are there all the same: its silence tells of one that has answered before. */
  let answersPings = false
  const alarm = openAlarm(clock, deadline, () => stop('ETIMEDOUT'))

  /** When the next of the limits is reached, were nothing to happen before. */
  function deadline(): number {
    let at = activeAt + (proven ? limits.idleMs : limits.firstMessageMs)
    if (messageSince !== undefined) at = Math.min(at, messageSince + limits.messageMs)
    if (unsent[0]) at = Math.min(at, unsent[0].since + limits.stalledMs)
    if (answersPings && pingSince !== undefined) at = Math.min(at, pingSince + limits.pongMs)
    if (closingSince !== undefined) at = Math.min(at, closingSince + CLOSING_MS)
    return at
  }

  function stop(code: string): void {
    failure ??= Object.assign(new Error(`${code} ${from.address}:${from.port}`), { code })
    stream.destroy()
  }

  function write(bytes: Buffer, to: Destination | undefined): void {
    if (stream.writableLength + bytes.length > limits.queueBytes) {
      unsent.push({ to, since: clock.monotonic() })
      return stop('ENOBUFS')
    }
    activeAt = clock.monotonic()
    if (bytes.equals(PING)) pingSince ??= activeAt
    unsent.push({ to, since: activeAt })
    // Writes end in order. One that fails is followed by `close`, which reports all that is left.
    stream.write(bytes, (error) => {
      if (!error) unsent.shift()
    })
    alarm.watch()
  }

  function take(framed: Framed): void {
    switch (framed.kind) {
      case 'message':
        proven = true
        events.onMessage(framed.bytes, from)
        return
      case 'keep-alive':
        // RFC 5626 §4.4.1: the pong.
        write(CRLF, undefined)
        return
      case 'broken':
        events.onBroken(framed.bytes, from, framed.why)
        end()
        return
    }
  }

  function end(): void {
    closingSince ??= clock.monotonic()
    stream.end()
    alarm.watch()
  }

  stream.on('data', (chunk: Buffer) => {
    // After broken framing the rest is read and dropped: closing with unread bytes would reset the connection, and our 400 with it.
    if (closingSince !== undefined) return
    activeAt = clock.monotonic()
    const isPong = pingSince !== undefined && framer.waiting === 0 && chunk.equals(CRLF)
    if (isPong) answersPings = true
    pingSince = undefined
    // Two pongs are the bytes of a ping, and were answered as one.
    const found = isPong ? [] : framer.feed(chunk)
    for (const framed of found) take(framed)
    if (framer.waiting === 0) messageSince = undefined
    else if (messageSince === undefined || found.length > 0) messageSince = activeAt
    alarm.watch()
  })
  stream.on('end', end)
  stream.on('error', (error) => {
    failure ??= error
  })
  const closed = new Promise<void>((resolve) => {
    stream.on('close', () => {
      alarm.stop()
      onClosed()
      tellClosed(events, { from, unsent: unsent.splice(0), failure })
      resolve()
    })
  })
  alarm.watch()

  return {
    send: write,
    drop: () => stop('ETIMEDOUT'),
    close() {
      end()
      if (stream.writableFinished) stream.destroy()
      else stream.once('finish', () => stream.destroy())
      return closed
    },
  }
}
