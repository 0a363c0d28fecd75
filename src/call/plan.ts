import type { GateQuestion } from '../shared/caller-gate.ts'
import type { Language } from '../shared/language.ts'

/**
 * What the machine will do with a call, fixed when the call arrives and never changed afterwards: with the caller's
 * own acts, the clock and the owner's deliberate acts it is all that may shape what reaches the caller (the one-way
 * glass, DESIGN.md).
 */
export interface Plan {
  /** The status with which the caller is refused without ringing, because the owner wants no call of it; null: it is taken. */
  readonly refusal: number | null
  /** False: it only rings, and whom nobody has taken when the ring time is over is told so. */
  readonly answers: boolean
  /** What the caller has to do before phones ring; null: nothing. Where there is a gate, the machine answers at once. */
  readonly gate: Gate | null
  /** Ring time before the machine answers, or gives up; 0 answers at once. Behind a gate it begins when that is passed. */
  readonly ringMs: number
  /** The clip that greets, as media knows it. */
  readonly greeting: string
  /** In which language the machine speaks to the caller. */
  readonly language: Language
  /** Longest message; the caller is told and the call ends when it is reached. */
  readonly longestMs: number
  /** A shorter message counts as hung up. */
  readonly shortestMs: number
  /** A message ends after this much silence; null: silence never ends it. */
  readonly silenceMs: number | null
}

export type Gate = GateQuestion & {
  /** The clip that the caller hears while phones ring, over and over. */
  readonly ringTone: string
}
