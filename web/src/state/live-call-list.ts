import type { ApiEvent, LiveCall } from '../../../src/api/contract.ts'
import type { PhoneLeg } from './phone-legs.ts'

/** The calls going on after this event, the oldest first. Pure. */
export function afterEvent(calls: readonly LiveCall[], event: ApiEvent): readonly LiveCall[] {
  switch (event.kind) {
    case 'call-changed': {
      const known = calls.some(({ id }) => id === event.call.id)
      return known
        ? calls.map((call) => (call.id === event.call.id ? event.call : call))
        : [...calls, event.call]
    }
    case 'words-heard':
      return calls.map((call) => (call.id === event.callId ? { ...call, words: event.words } : call))
    case 'call-ended':
      return calls.filter(({ id }) => id !== event.callId)
    default:
      return calls
  }
}

/** Seconds until the machine answers, counted up to a whole one as people count down; 0 when it is due. */
export function secondsToAnswer(call: LiveCall, now: number): number | null {
  if (call.answersAt === null) return null
  return Math.max(0, Math.ceil((Date.parse(call.answersAt) - now) / 1000))
}

/** How much of the ring time is left, from 1 down to 0. */
export function ringTimeLeft(call: LiveCall, now: number): number {
  if (call.answersAt === null) return 1
  // Behind a gate the question came first, and is no part of it.
  const since = Date.parse(call.ringsSince ?? call.arrivedAt)
  const whole = Date.parse(call.answersAt) - since
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, 1 - (now - since) / whole))
}

/** How long the message has been going on, in ms, or the call, before it and once somebody has picked up. */
export function phaseLastsMs(call: LiveCall, now: number): number {
  const recording = call.phase === 'connected' ? null : call.recordingSince
  const since = recording ?? call.answeredAt ?? call.arrivedAt
  return Math.max(0, now - Date.parse(since))
}

/** Whether the caller can still be had. */
export const canPickUp = ({ phase }: LiveCall) =>
  phase === 'gate' || phase === 'ringing' || phase === 'greeting' || phase === 'recording'

/** Whether there is something to listen to. */
export const canListen = ({ phase }: LiveCall) =>
  phase === 'gate' || phase === 'greeting' || phase === 'recording'

/**
 * The call that the space bar picks up: the one that is listened to, else the first that rings, else the first of all.
 * None while this page talks.
 */
export function callToPickUp(calls: readonly LiveCall[], leg: PhoneLeg | null): LiveCall | undefined {
  if (leg?.purpose === 'talk') return undefined
  const free = calls.filter(canPickUp)
  return free.find(({ id }) => id === leg?.callId) ?? free.find(({ phase }) => phase === 'ringing') ?? free[0]
}

/** The call that the key for silence means: the first that is heard ringing, else the last that was silenced. */
export function callToSilence(
  calls: readonly LiveCall[],
  isSilenced: (callId: string) => boolean,
): LiveCall | undefined {
  const ringing = calls.filter(({ phase }) => phase === 'ringing')
  return ringing.find(({ id }) => !isSilenced(id)) ?? ringing.at(-1)
}

/** The call that is listened to by itself: the first on which a message is being left, but for those that are passed over. */
export const callToHear = (
  calls: readonly LiveCall[],
  isPassedOver: (callId: string) => boolean,
): LiveCall | undefined => calls.find(({ id, phase }) => phase === 'recording' && !isPassedOver(id))
