import { boundedMap } from '../shared/bounded-map.ts'
import type { Clock, Timer } from '../shared/clock.ts'
import { redact } from './redact.ts'
import type { LegStatistics, Party, Place, Trace, TracedLeg, TracedMessage } from './trace.ts'

/** A SIP message that passes, as `Tap` of sip/ gives it. */
export interface PassingMessage {
  readonly direction: 'in' | 'out'
  readonly bytes: Buffer
  readonly peer: Place & { readonly transport: string }
  local(): Place | undefined
}

/** What is kept at most. What is more is counted, and said. */
export interface TraceLimits {
  /** Of one call. */
  readonly messages: number
  readonly bytes: number
  /** At a time: of further ones nothing is kept. */
  readonly calls: number
  /** Of all calls that go on, together. */
  readonly bytesInAll: number
}

const LIMITS: TraceLimits = { messages: 300, bytes: 256 * 1024, calls: 200, bytesInAll: 16 << 20 }

/** INVITEs that may yet turn out to belong to a call: it does so in the very moment, or after a challenge. */
const MOST_PENDING = 16
const PENDING_MESSAGES = 8
const PENDING_BYTES = 16 * 1024

/** What is still to come after the end: the answer to a BYE, say. */
const LINGER_MS = 2000
/** A phone that does not answer a BYE or CANCEL is waited for no longer than its transaction lasts (RFC 3261 timer F). */
const MOST_LINGERS = 18

/**
 * Keeps what goes over the wire for calls that go on, in memory and within limits. What belongs to no call is not kept,
 * so that whoever is not let in leaves nothing behind.
 */
export interface Traces {
  /** Sees each message. */
  tap(message: PassingMessage): void
  /** False when there are too many already: nothing is kept for it. */
  begin(id: string, kind: Trace['kind']): boolean
  /** A dialog is the call's; what was seen of it belongs to it, too. */
  join(id: string, callId: string, party: Party): void
  /** The dialog is over, and this is how its media was, if there was any. */
  leave(id: string, callId: string, statistics: LegStatistics | undefined): void
  /** It is over: soon its trace is done. */
  end(id: string): void
  /** As it stands, while it goes on. */
  running(id: string): Trace | undefined
  /** What is over is done now. */
  finish(): void
  close(): void
}

interface Seen extends Omit<TracedMessage, 'at' | 'leg'> {
  /** Monotonic ms. */
  readonly seenAt: number
}

interface Running {
  readonly id: string
  readonly kind: Trace['kind']
  readonly startedAt: number
  readonly startedMonotonic: number
  endedAt: number | null
  bytes: number
  readonly legs: TracedLeg[]
  readonly messages: TracedMessage[]
  readonly omitted: { messages: number; bytes: number }
  readonly statistics: LegStatistics[]
  /** The dialogs that go on. */
  readonly open: Set<string>
  lingers: number
  linger: Timer | undefined
}

const CALL_ID = /^(?:call-id|i)[ \t]*:[ \t]*(\S+)/im

/** @param onDone gets each trace once it is complete */
export function openTraces(options: {
  readonly clock: Clock
  readonly onDone: (trace: Trace) => void
  readonly limits?: Partial<TraceLimits>
}): Traces {
  const { clock, onDone } = options
  const limits = { ...LIMITS, ...options.limits }
  const traces = new Map<string, Running>()
  const legs = new Map<string, { readonly trace: Running; readonly leg: number }>()
  const pending = boundedMap<string, Seen[]>(MOST_PENDING)
  let bytesInAll = 0

  function tap(message: PassingMessage): void {
    // Most of what passes while nobody calls ends here.
    const isInvite = message.bytes.subarray(0, 7).equals(INVITE)
    if (!isInvite && legs.size === 0 && pending.size === 0) return
    const text = message.bytes.toString('latin1')
    const callId = CALL_ID.exec(text)?.[1]
    if (callId === undefined) return
    const known = legs.get(callId)
    if (known) return isFull(known.trace, text) ? undefined : keep(known.trace, known.leg, see(message, text))
    const waiting = pending.get(callId)
    if (waiting ? waiting.length >= PENDING_MESSAGES : !isInvite) return
    if (text.length <= PENDING_BYTES) pending.set(callId, [...(waiting ?? []), see(message, text)])
  }

  function see({ direction, peer, local }: PassingMessage, text: string): Seen {
    return {
      seenAt: clock.monotonic(),
      direction,
      transport: peer.transport,
      local: placeOf(local() ?? NOWHERE),
      remote: placeOf(peer),
      text: redact(text),
    }
  }

  function isFull({ messages, bytes, omitted }: Running, { length }: string): boolean {
    const full =
      messages.length >= limits.messages ||
      bytes + length > limits.bytes ||
      bytesInAll + length > limits.bytesInAll
    if (full) {
      omitted.messages++
      omitted.bytes += length
    }
    return full
  }

  function keep(trace: Running, leg: number, { seenAt, ...seen }: Seen): void {
    const { startedAt, startedMonotonic } = trace
    trace.bytes += seen.text.length
    bytesInAll += seen.text.length
    trace.messages.push({ at: startedAt + (seenAt - startedMonotonic), leg, ...seen })
  }

  function linger(trace: Running): void {
    trace.linger = clock.setTimer(LINGER_MS, () => {
      if (trace.open.size > 0 && trace.lingers++ < MOST_LINGERS) linger(trace)
      else finishOne(trace)
    })
  }

  function finishOne(trace: Running): void {
    trace.linger?.cancel()
    traces.delete(trace.id)
    for (const { callId } of trace.legs) legs.delete(callId)
    bytesInAll -= trace.bytes
    onDone(shown(trace))
  }

  return {
    tap,
    begin(id, kind) {
      if (traces.size >= limits.calls) return false
      traces.set(id, {
        id,
        kind,
        startedAt: clock.now(),
        startedMonotonic: clock.monotonic(),
        endedAt: null,
        bytes: 0,
        legs: [],
        messages: [],
        omitted: { messages: 0, bytes: 0 },
        statistics: [],
        open: new Set(),
        lingers: 0,
        linger: undefined,
      })
      return true
    },
    join(id, callId, party) {
      const trace = traces.get(id)
      const seen = pending.get(callId)
      pending.delete(callId)
      if (!trace || legs.has(callId)) return
      const leg = trace.legs.push({ ...party, callId }) - 1
      legs.set(callId, { trace, leg })
      trace.open.add(callId)
      for (const message of seen ?? []) if (!isFull(trace, message.text)) keep(trace, leg, message)
    },
    leave(id, callId, statistics) {
      const trace = traces.get(id)
      trace?.open.delete(callId)
      if (statistics) trace?.statistics.push(statistics)
    },
    end(id) {
      const trace = traces.get(id)
      if (!trace || trace.linger) return
      trace.endedAt = clock.now()
      linger(trace)
    },
    running(id) {
      const trace = traces.get(id)
      return trace && shown(trace)
    },
    finish() {
      for (const trace of [...traces.values()]) if (trace.linger) finishOne(trace)
    },
    close() {
      for (const { linger } of traces.values()) linger?.cancel()
      traces.clear()
      legs.clear()
    },
  }
}

const INVITE = Buffer.from('INVITE ')
const NOWHERE: Place = { address: '0.0.0.0', port: 0 }

const placeOf = ({ address, port }: Place): Place => ({ address, port })

const shown = ({ id, kind, startedAt, endedAt, legs, messages, omitted, statistics }: Running): Trace => ({
  id,
  kind,
  startedAt,
  endedAt,
  legs: [...legs],
  messages: [...messages],
  omitted: { ...omitted },
  statistics: [...statistics],
})
