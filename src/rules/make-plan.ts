import type { Plan } from '../call/plan.ts'
import type { GateQuestion } from '../shared/caller-gate.ts'
import type { Language } from '../shared/language.ts'
import { unreachable } from '../shared/step.ts'
import type { Action, Refusal } from './rule.ts'

/** What of a line and its mailbox shapes a call. Seconds, as their owner set them. */
export interface PlanSettings {
  /** False: the owner has switched the machine off, and it answers nobody, whatever a rule says. */
  readonly machineOn: boolean
  /** What becomes of an internal call; null: it is none. */
  readonly internal: 'ring' | 'answer' | 'ignore' | null
  readonly ringSeconds: number
  /** The ring time while new messages wait; null: they change nothing. */
  readonly tollSaverSeconds: number | null
  /** New messages wait. */
  readonly messagesWait: boolean
  readonly language: Language
  readonly longestSeconds: number
  readonly shortestSeconds: number
  /** 0: silence never ends a message. */
  readonly silenceSeconds: number
  /**
   * The clip that greets.
   *
   * @param wanted the greeting that a rule names; undefined: that of the mailbox
   */
  greeting(wanted: string | null | undefined): string
  /** The clip of one ring, with the pause after it, as callers of this line know it. */
  readonly ringTone: string
}

/** So long a call rings that the machine does not answer: as long as telephone networks let one ring. */
const UNANSWERED_RING_MS = 180_000

/** The plan of a call, made once when it arrives: what of the decision reaches the caller. */
export function makePlan(settings: PlanSettings, action: Action): Plan {
  const { gate, ringSeconds, greeting } = action.kind === 'take' ? action : {}
  const saysWhen = ringSeconds !== undefined || gate !== undefined
  const answers = settings.machineOn && (settings.internal !== 'ring' || saysWhen)
  return {
    refusal: refusalOf(settings, action),
    answers,
    // Only the machine can ask.
    gate: gate && answers ? { ...gate, ringTone: settings.ringTone } : null,
    ringMs: answers ? (ringSeconds ?? usualRing(settings, gate)) * 1000 : UNANSWERED_RING_MS,
    greeting: settings.greeting(greeting),
    language: settings.language,
    longestMs: settings.longestSeconds * 1000,
    shortestMs: settings.shortestSeconds * 1000,
    silenceMs: settings.silenceSeconds > 0 ? settings.silenceSeconds * 1000 : null,
  }
}

/** A toll saver rings for less, never for longer. Behind a gate it saves nothing: the call is answered. */
function usualRing({ ringSeconds, tollSaverSeconds, messagesWait }: PlanSettings, gate?: GateQuestion) {
  return messagesWait && tollSaverSeconds !== null && !gate
    ? Math.min(ringSeconds, tollSaverSeconds)
    : ringSeconds
}

function refusalOf({ internal }: PlanSettings, action: Action): number | null {
  if (action.kind === 'refuse') return statusOf(action.as)
  // RFC 3261 §21.4.18: nobody is here; telephones that ring for the same call go on.
  return internal === 'ignore' ? 480 : null
}

function statusOf(refusal: Refusal): number {
  switch (refusal) {
    case 'busy':
      return 486
    // RFC 3398 §8.2.6.1: cause 1, an unallocated number, which callers hear as "this number is not in service". It is
    // what a number gets that is no line here.
    case 'unobtainable':
      return 404
    // RFC 3261 §21.6.2: it says no for everybody here, so that no proxy on the way tries elsewhere.
    case 'declined':
      return 603
    default:
      return unreachable(refusal)
  }
}
