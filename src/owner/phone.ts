import type { SrtpUse } from '../sdp/index.ts'

/** A device of the owner's, as this side of the glass needs to know it. */
export interface Phone {
  /** The user part of its SIP address, and its name in digest authentication. */
  readonly name: string
  /** The mailboxes whose calls it rings for. */
  readonly mailboxIds: readonly string[]
  /** Called as soon as the machine answers, to play the message aloud in the room. */
  readonly speaker: boolean
  /** How much louder (or softer, below 0) it is played there. */
  readonly speakerGainDb: number
  /** Whether its sound is encrypted; `offered` unless given. A browser's always is. */
  readonly srtp?: SrtpUse
}
