import type { Ask, Effect, Fact } from './fact.ts'
import type { Confirmed, FollowedReferral, InviteState, Referral } from './state.ts'

type Stepped = readonly [InviteState, readonly Effect[]]

/** REFERs of one dialog that are not through; nobody transfers one call to more places than that at a time. */
const MOST_REFERRALS = 4

/** How long the other side hears of a transfer from which no news comes, in seconds; the call that we make has ended by then. */
const LIFE_SECONDS = 300

/** A REFER within the dialog (RFC 3515 §2.4.2). */
export function receiveRefer(state: Confirmed, refer: Extract<Fact, { kind: 'refer' }>): Stepped {
  const { kind, ask, cseq, quiet, ...target } = refer
  const { referrals } = state
  if (referrals && referrals.length >= MOST_REFERRALS)
    return [state, [{ kind: 'respond', ask, status: 500, retryAfter: true }]]
  // RFC 3515 §2.4.6: from the second on they are told apart by the number of their REFER.
  const referral: Referral = { kind: 'asked', ask, quiet, ...(referrals && { id: cseq }) }
  return [
    { ...state, referrals: [...(referrals ?? []), referral] },
    [{ kind: 'report', report: { kind, ask, ...target } }],
  ]
}

/** Our user accepts the transfer. Undefined when `ask` is none, or was answered before. */
export function acceptRefer(state: Confirmed, ask: Ask): Stepped | undefined {
  const referral = find(state, ask)
  if (referral?.kind !== 'asked') return undefined
  const { id, quiet } = referral
  // RFC 4488 §4: they want no NOTIFY, and are told that none will come.
  if (quiet) return [put(state, ask), [{ kind: 'respond', ask, status: 202, referSub: false }]]
  const followed: FollowedReferral = {
    kind: 'followed',
    ask,
    status: 100,
    seconds: LIFE_SECONDS,
    busy: false,
    due: 'news',
    ...(id !== undefined && { id }),
  }
  // RFC 3515 §2.4.4: the first NOTIFY goes at once.
  return tell(state, followed, { kind: 'respond', ask, status: 202 })
}

export function refuseRefer(state: Confirmed, ask: Ask, status: number): Stepped | undefined {
  if (find(state, ask)?.kind !== 'asked') return undefined
  return [put(state, ask), [{ kind: 'respond', ask, status }]]
}

/** Our call for the transfer has this status now (RFC 3515 §2.4.5). */
export function progressRefer(state: Confirmed, ask: Ask, status: number): Stepped {
  const referral = find(state, ask)
  if (referral?.kind !== 'followed' || isEnding(referral) || referral.status === status) return [state, []]
  return tell(state, { ...referral, status, due: status < 200 ? 'news' : 'noresource' })
}

/** A NOTIFY has its response, or none: whoever does not take it, or wants no more of them, is not told again. */
export function referNotified(state: Confirmed, ask: Ask, taken: boolean): Stepped {
  const referral = find(state, ask)
  if (referral?.kind !== 'followed') return [state, []]
  return taken ? tell(state, { ...referral, busy: false }) : [put(state, ask), [stopTimer(ask)]]
}

/** Nothing was heard of our call for as long as the subscription lasts. */
export function expireRefer(state: Confirmed, ask: Ask): Stepped {
  const referral = find(state, ask)
  if (referral?.kind !== 'followed' || isEnding(referral)) return [state, []]
  return tell(state, { ...referral, due: 'timeout' })
}

/** A SUBSCRIBE for the implicit subscription: longer, or with 0 not at all (RFC 3515 §2.4.4). */
export function renewRefer(state: Confirmed, fact: Extract<Fact, { kind: 'refer-subscribe' }>): Stepped {
  const referral = state.referrals?.find(({ kind, id }) => kind === 'followed' && id === fact.id)
  if (referral?.kind !== 'followed' || isEnding(referral))
    return [state, [{ kind: 'respond', ask: fact.ask, status: 481 }]]
  const seconds = Math.min(fact.askedSeconds, LIFE_SECONDS)
  const granted: Effect = { kind: 'respond', ask: fact.ask, status: 200, expiresSeconds: seconds }
  return tell(state, { ...referral, seconds, due: seconds === 0 ? 'timeout' : 'news' }, granted)
}

/** RFC 3261 §15.1.2: a REFER that still waits for its response gets 487. */
export function answerRefers({ referrals = [] }: Confirmed): readonly Effect[] {
  return referrals
    .filter(({ kind }) => kind === 'asked')
    .map(({ ask }) => ({ kind: 'respond', ask, status: 487 }))
}

/**
 * We hang up: how a transfer went is told before, and does not wait for the NOTIFY under way, or the phone would show it as
 * failed (RFC 5589 §6.1).
 */
export function tellRefers({ referrals = [] }: Confirmed): readonly Effect[] {
  return referrals.flatMap((referral) => {
    if (referral.kind !== 'followed' || referral.due !== 'noresource') return []
    const { ask, id, status, seconds } = referral
    return [
      { kind: 'notify-refer', ask, status, seconds, ending: 'noresource', ...(id !== undefined && { id }) },
    ]
  })
}

/** Sends what is due, unless a NOTIFY is under way. The last one ends it. */
function tell(state: Confirmed, referral: FollowedReferral, ...first: readonly Effect[]): Stepped {
  const { ask, id, status, seconds, busy, due } = referral
  if (busy || !due) return [put(state, ask, referral), first]
  const notify = { kind: 'notify-refer', ask, status, seconds, ...(id !== undefined && { id }) } as const
  if (due !== 'news') return [put(state, ask), [...first, stopTimer(ask), { ...notify, ending: due }]]
  const { due: _, ...told } = referral
  return [
    put(state, ask, { ...told, busy: true }),
    [...first, notify, { kind: 'set-timer', name: `referral-${ask}`, delayMs: seconds * 1000 }],
  ]
}

/** Puts it in the place of the one with this number; without one it is over. */
function put(state: Confirmed, ask: Ask, referral?: Referral): Confirmed {
  const others = (state.referrals ?? []).filter((other) => other.ask !== ask)
  return { ...state, referrals: referral ? [...others, referral] : others }
}

const find = (state: Confirmed, ask: Ask) => state.referrals?.find((referral) => referral.ask === ask)
const isEnding = ({ due }: FollowedReferral) => due === 'noresource' || due === 'timeout'
const stopTimer = (ask: Ask): Effect => ({ kind: 'stop-timer', name: `referral-${ask}` })
