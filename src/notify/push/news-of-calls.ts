import type { FillNews, LockNews } from '../../store/model.ts'
import type { News, Push } from './news.ts'

/** A call as the machine tells of it. */
export interface ToldCall {
  readonly id: string
  readonly lineName: string
  readonly callerNumber: string | null
  readonly callerE164: string | null
  /** The number as people write it. */
  readonly callerDisplay: string | null
  readonly callerName: string | null
  readonly phase: string
  /** When phones stop ringing if nobody has taken it; null: it does not ring. */
  readonly ringsUntil: number | null
  /** Null: the machine will not answer. */
  readonly answersAt: number | null
  /** What was said as a name at a gate. */
  readonly gate?: { readonly name: { readonly words: string | null } | null } | null
  /** False: a rule keeps phones quiet, and browsers are not rung either. */
  readonly ringsAsEver?: boolean
}

export type CallEvent =
  | { readonly kind: 'call-changed'; readonly call: ToldCall }
  | { readonly kind: 'call-ended'; readonly callId: string; readonly outcome: string; readonly junk: boolean }

/** What reaches a browser after the machine has answered comes too late to be called ringing. */
const SHORTEST_RING_MS = 2000
const TAKEN_TTL_SECONDS = 60
const MISSED_TTL_SECONDS = 86_400
/** Callers choose their names. */
const LONGEST_NAME = 80
/** A notification shows no more, and push services take 4 kB (RFC 8030 §7.2). */
const LONGEST_SAID = 240

/**
 * Which news come of what happens to calls. Of a call that browsers were told of, they are told the name that was said at a
 * gate as soon as it can be heard, its words when they are there, and the end.
 */
export function createNewsOfCalls(): (event: CallEvent, now: number) => Push | null {
  const rung = new Map<string, ToldCall>()

  function ends(callId: string, kind: 'taken' | 'missed' | null): Push | null {
    const call = rung.get(callId)
    rung.delete(callId)
    if (!call || kind === null) return null
    const ttlSeconds = kind === 'taken' ? TAKEN_TTL_SECONDS : MISSED_TTL_SECONDS
    // What is over must not go on ringing: as urgent as the ringing was.
    return { news: { kind, ...about(call) }, ttlSeconds, urgency: 'high', topic: call.id }
  }

  return (event, now) => {
    if (event.kind === 'call-ended') return ends(event.callId, endOf(event))
    const { call } = event
    if (call.phase === 'connected') return ends(call.id, 'taken')
    const { ringsUntil, answersAt } = call
    if (call.phase !== 'ringing' || ringsUntil === null) return null
    const leftMs = ringsUntil - now
    const saidName = saidNameOf(call)
    const before = rung.get(call.id)
    if (before && JSON.stringify(saidNameOf(before)) === JSON.stringify(saidName)) return null
    if (leftMs < SHORTEST_RING_MS || call.ringsAsEver === false) return null
    rung.set(call.id, call)
    return {
      news: {
        ...{ kind: 'ringing', ...about(call) },
        answersAt: answersAt === null ? null : new Date(answersAt).toISOString(),
        ...(saidName && { saidName }),
      },
      ttlSeconds: Math.ceil(leftMs / 1000),
      urgency: 'high',
      topic: call.id,
    }
  }
}

/** How the ringing ends where the call left no message: that brings news of its own, in the same place, unless it is junk. */
function endOf({ outcome, junk }: Extract<CallEvent, { kind: 'call-ended' }>): 'taken' | 'missed' | null {
  if (outcome === 'message') return junk ? 'missed' : null
  return ['picked-up', 'refused', 'let-in'].includes(outcome) ? 'taken' : 'missed'
}

const about = ({ id, callerName, callerDisplay, lineName }: ToldCall) => ({
  callId: id,
  callerName: short(callerName),
  callerNumber: short(callerDisplay),
  line: lineName,
})

/** Callers choose what they say. */
const saidNameOf = ({ gate }: ToldCall) => gate?.name && { words: short(gate.name.words) }

const MESSAGE_TTL_SECONDS = 7 * 86_400

/** A message takes the place of its call's ringing. */
export function newsOfMessage(message: Omit<Extract<News, { kind: 'message' }>, 'kind'>): Push {
  const { callerName, callerNumber, callId } = message
  const news = {
    ...message,
    kind: 'message',
    callerName: short(callerName),
    callerNumber: short(callerNumber),
    said: message.said.slice(0, LONGEST_SAID),
  } as const
  return { news, ttlSeconds: MESSAGE_TTL_SECONDS, urgency: 'normal', topic: callId }
}

/** One is told once; the next of the same mailbox takes its place. */
export function newsOfLock({ mailbox, callerNumber, until }: LockNews, callerName: string | null): Push {
  const about = { mailbox, callerName: short(callerName), callerNumber: short(callerNumber) }
  return {
    news: { kind: 'pin-locked', ...about, until: new Date(until).toISOString() },
    ttlSeconds: MISSED_TTL_SECONDS,
    urgency: 'normal',
    topic: `pin-${Buffer.from(mailbox).toString('base64url')}`.slice(0, 32),
  }
}

/** What fills up is told once; the next of the same takes its place. */
export function newsOfFill({ mailbox, percent }: FillNews): Push {
  return {
    news: { kind: 'filling', mailbox, percent },
    ttlSeconds: MISSED_TTL_SECONDS,
    urgency: 'normal',
    topic: `fill-${Buffer.from(mailbox ?? '').toString('base64url')}`.slice(0, 32),
  }
}

const short = (text: string | null) => text?.slice(0, LONGEST_NAME) ?? null
