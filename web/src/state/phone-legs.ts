/** One call of the page's phone: to talk with a caller, or to listen in unheard. */
export interface PhoneLeg {
  /** Counted up from 1 by the page. */
  readonly id: number
  /** The machine's call, by its id in the API. */
  readonly callId: string
  readonly purpose: 'talk' | 'listen'
  /** When it was connected, in ms of wall time; null: not yet. */
  readonly since: number | null
  readonly muted: boolean
  readonly held: boolean
}

export type PhoneEvent =
  | {
      readonly kind: 'dialled'
      readonly id: number
      readonly callId: string
      readonly purpose: PhoneLeg['purpose']
    }
  | { readonly kind: 'connected'; readonly id: number; readonly at: number }
  | { readonly kind: 'muted' | 'held'; readonly id: number; readonly on: boolean }
  | { readonly kind: 'over'; readonly id: number }

/** The leg is to be hung up. */
export interface HangUp {
  readonly hangUp: number
}

/**
 * What the page's phone is doing after this event. One ear: who listens to another call, or talks, listens no more to
 * the first; but not before the pick-up has worked, so that nothing is missed. Who is on hold stays. Pure.
 */
export function afterPhoneEvent(
  legs: readonly PhoneLeg[],
  event: PhoneEvent,
): readonly [legs: readonly PhoneLeg[], acts: readonly HangUp[]] {
  switch (event.kind) {
    case 'dialled': {
      const { id, callId, purpose } = event
      const leg: PhoneLeg = { id, callId, purpose, since: null, muted: false, held: false }
      return [[...legs, leg], purpose === 'listen' ? hangUpAll(legs) : []]
    }
    case 'connected': {
      const after = changed(legs, event.id, { since: event.at })
      return [after, hangUpAll(after.filter(({ id, held }) => id !== event.id && !held))]
    }
    case 'muted':
      return [changed(legs, event.id, { muted: event.on }), []]
    case 'held':
      return [changed(legs, event.id, { held: event.on }), []]
    case 'over':
      return [legs.filter(({ id }) => id !== event.id), []]
  }
}

/** What is shown of it: the talking, or what is to become it, before what is on hold, before the listening. */
export function shownLeg(legs: readonly PhoneLeg[]): PhoneLeg | null {
  const talks = legs.filter(({ purpose }) => purpose === 'talk')
  return talks.find(({ held }) => !held) ?? talks[0] ?? legs.at(-1) ?? null
}

/** The leg with which this page takes part in the call: to talk, before to listen. */
export const legOfCall = (legs: readonly PhoneLeg[], callId: string): PhoneLeg | null =>
  shownLeg(legs.filter((leg) => leg.callId === callId))

const hangUpAll = (legs: readonly PhoneLeg[]): readonly HangUp[] => legs.map(({ id }) => ({ hangUp: id }))

const changed = (legs: readonly PhoneLeg[], id: number, change: Partial<PhoneLeg>) =>
  legs.map((leg) => (leg.id === id ? { ...leg, ...change } : leg))
