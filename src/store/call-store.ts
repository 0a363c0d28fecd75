import type { Attestation } from '../shared/attestation.ts'
import type { GateEnd } from '../shared/caller-gate.ts'
import type { Encrypted } from '../shared/encrypted.ts'
import type { Call, CallDetails, CallOutcome, Numbered, Page, SaidName } from './model.ts'

export type NewCall = Omit<CallDetails, 'ruleId' | 'ruleName' | 'encrypted' | 'gate'> &
  Partial<Pick<CallDetails, 'ruleId' | 'ruleName' | 'encrypted' | 'gate'>>

/** A call whose row is gone, and the name that was said in it, whose sound is to go, too. */
export interface ForgottenCall {
  readonly id: string
  readonly name: SaidName | null
}

export interface CallStore {
  /** A call arrived. Unless it is told, no rule decided it. */
  add(call: NewCall): Promise<void>
  /** What was found out of its caller meanwhile. */
  attest(id: string, attestation: Attestation): Promise<void>
  /** How the caller came past the gate, or did not. */
  gateOver(id: string, went: GateEnd): Promise<void>
  /** The name that was said, or what was written down of it. False: there is no such call any more. */
  nameSaid(id: string, name: SaidName): Promise<boolean>
  /** The files of names, in order of their calls' ids, at most 1,000 after this one. */
  nameFiles(afterId: string): Promise<readonly { readonly id: string; readonly file: string }[]>
  end(
    id: string,
    end: {
      answeredAt: number | null
      endedAt: number
      outcome: CallOutcome
      messageId: string | null
      encrypted?: Encrypted | null
    },
  ): Promise<void>
  get(id: string): Promise<CallDetails | undefined>
  /** Newest first. */
  list(query: {
    /** Part of the caller's number or name, or of the name or note of the contact whose number it is. */
    q?: string
    lineId?: string
    /** As in `MessageQuery`. */
    callers?: readonly Numbered[]
    cursor?: string
    limit: number
  }): Promise<Page<Call>>
  /**
   * After a crash: calls that never ended get `interrupted` (or `message`, where one was recovered, or `picked-up`,
   * where that was). Returns how many.
   */
  endAbandoned(at: number): Promise<number>
  /** When the oldest arrived; undefined when there is none. */
  oldestAt(): Promise<number | undefined>
  /** Forgets what arrived before this instant, and is over, at most 500. */
  removeBefore(at: number): Promise<readonly ForgottenCall[]>
  /** Forgets calls of these callers that are over, at most so many. */
  removeOf(callers: readonly Numbered[], most: number): Promise<readonly ForgottenCall[]>
}
