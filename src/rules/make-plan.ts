import type { Plan } from '../call/plan.ts'

/** What of a line and its mailbox shapes a call. Seconds, as their owner set them. */
export interface PlanSettings {
  /** The owner has blocked this caller. */
  readonly blocked: boolean
  readonly ringSeconds: number
  readonly longestSeconds: number
  readonly shortestSeconds: number
  /** 0: silence never ends a message. */
  readonly silenceSeconds: number
  /** The clip that greets. */
  readonly greeting: string
}

/** The plan of a call, made once when it arrives. */
export function makePlan(settings: PlanSettings): Plan {
  return {
    // RFC 3261 §21.6.2: it says no for everybody here, so that no proxy on the way tries elsewhere.
    refusal: settings.blocked ? 603 : null,
    ringMs: settings.ringSeconds * 1000,
    greeting: settings.greeting,
    longestMs: settings.longestSeconds * 1000,
    shortestMs: settings.shortestSeconds * 1000,
    silenceMs: settings.silenceSeconds > 0 ? settings.silenceSeconds * 1000 : null,
  }
}
