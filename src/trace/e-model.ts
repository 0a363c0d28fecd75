import type { LegStatistics } from './trace.ts'

/** What the E-model is told of one direction of a call. */
export interface Conditions {
  /** Of the packets, from 0 to 1. */
  readonly lostShare: number
  /** From mouth to ear. */
  readonly delayMs: number
}

/** R of a connection with nothing wrong, all other parameters at their defaults (G.107 table 2, G.711 end to end). */
const R_AT_BEST = 93.2
/**
 * G.113 appendix I for G.711 with concealment: no impairment by itself (Ie), and how well it bears random loss (Bpl). For
 * G.722 and Opus it has values on wider scales only (G.107.1, G.107.2), which can't be compared with these: they are
 * taken as G.711, so that the number tells what the network did, and not that wideband sounds better.
 */
const EQUIPMENT = { ie: 0, bpl: 25.1 } as const

/**
 * The E-model of ITU-T G.107 for what a network can do to a call: loss (Ie-eff, §7.5, with random loss: BurstR 1) and
 * delay (Idd, §7.4, no echo). An estimate from averages, not a measurement of what somebody heard.
 *
 * @returns R, from 0 to 93.2
 */
export function ratingOf({ lostShare, delayMs }: Conditions): number {
  const lostPercent = Math.min(100, Math.max(0, lostShare * 100))
  const { ie, bpl } = EQUIPMENT
  const byLoss = ie + ((95 - ie) * lostPercent) / (lostPercent + bpl)
  return Math.max(0, R_AT_BEST - byLoss - byDelay(delayMs))
}

/** G.107 §7.4, equation 7-27: nothing up to 100 ms. */
function byDelay(delayMs: number): number {
  if (delayMs <= 100) return 0
  const x = Math.log2(delayMs / 100)
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
}

/** The mean opinion score that belongs to a rating (G.107 annex B), from 1 (bad) to 4.5. */
export function opinionOf(rating: number): number {
  if (rating <= 0) return 1
  if (rating >= 100) return 4.5
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
}

export type Verdict = 'excellent' | 'good' | 'fair' | 'poor' | 'bad'

/** G.107 annex B, table B.1, in one word. */
export function verdictOn(opinion: number): Verdict {
  if (opinion >= 4.34) return 'excellent'
  if (opinion >= 4.02) return 'good'
  if (opinion >= 3.6) return 'fair'
  return opinion >= 3.1 ? 'poor' : 'bad'
}

/** How one direction of a leg's sound was. */
export interface Quality {
  /** Mean opinion score, estimated. */
  readonly mos: number
  readonly verdict: Verdict
}

/** A packet's sound, and what it takes to encode and play it. */
const PACKET_MS = 30

/** What we heard of the other side; undefined when nothing came. */
export function heardQuality({ received, lost, jitterMs, reported }: LegStatistics): Quality | undefined {
  const expected = received.packets + lost
  if (received.packets === 0) return undefined
  return quality(lost / expected, jitterMs, reported?.roundTripMs ?? 0)
}

/** What the other side heard of us, by its own report; undefined when it sent none. */
export function sentQuality({ reported }: LegStatistics): Quality | undefined {
  return reported ? quality(reported.lostShare, reported.jitterMs, reported.roundTripMs ?? 0) : undefined
}

/** A jitter buffer holds back about twice the jitter. */
function quality(lostShare: number, jitterMs: number, roundTripMs: number): Quality {
  const mos = opinionOf(ratingOf({ lostShare, delayMs: roundTripMs / 2 + 2 * jitterMs + PACKET_MS }))
  return { mos, verdict: verdictOn(mos) }
}
