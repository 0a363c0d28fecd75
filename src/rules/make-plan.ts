import type { Plan } from '../call/plan.ts'

/** What of a line and its mailbox shapes a call. Seconds, as their owner set them. */
export interface PlanSettings {
  /** The owner has blocked this caller. */
  readonly blocked: boolean
  /** What becomes of an internal call; null: it is none. */
  readonly internal: 'ring' | 'answer' | 'ignore' | null
  readonly ringSeconds: number
  readonly longestSeconds: number
  readonly shortestSeconds: number
  /** 0: silence never ends a message. */
  readonly silenceSeconds: number
  /** The clip that greets. */
  readonly greeting: string
}

/** So long a call rings that the machine does not answer: as long as telephone networks let one ring. */
const UNANSWERED_RING_MS = 180_000

/** The plan of a call, made once when it arrives. */
export function makePlan(settings: PlanSettings): Plan {
  const answers = settings.internal !== 'ring'
  return {
    refusal: refusalOf(settings),
    answers,
    ringMs: answers ? settings.ringSeconds * 1000 : UNANSWERED_RING_MS,
    greeting: settings.greeting,
    longestMs: settings.longestSeconds * 1000,
    shortestMs: settings.shortestSeconds * 1000,
    silenceMs: settings.silenceSeconds > 0 ? settings.silenceSeconds * 1000 : null,
  }
}

function refusalOf({ blocked, internal }: PlanSettings): number | null {
  // RFC 3261 §21.6.2: it says no for everybody here, so that no proxy on the way tries elsewhere.
  if (blocked) return 603
  // RFC 3261 §21.4.18: nobody is here; telephones that ring for the same call go on.
  return internal === 'ignore' ? 480 : null
}
