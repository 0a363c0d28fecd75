import type { Segment } from '../store/transcript.ts'

/** What a transcriber says while it listens. */
export type Heard =
  /** What it takes what is being said now for; the next one takes its place. */
  | { readonly kind: 'partial'; readonly text: string }
  /** What it stays with. Segments come in order of time. */
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'language'; readonly language: string }

export interface Listening {
  /** As BCP 47 has it; null: the transcriber finds out. */
  readonly language: string | null
  /** The sound comes as it is spoken, and somebody reads along. Else it comes as fast as it is taken. */
  readonly isLive: boolean
  /** Ends it at once: what it runs is killed, and it throws. */
  readonly signal: AbortSignal
}

/** Speech to text. One contract (transcriber.contract.ts) is held by all of them. */
export interface Transcriber {
  /** Stands with what it wrote: `command`, `server whisper-1`, `model zipformer-en`. */
  readonly name: string
  /** Samples a second of the sound that it wants: 8,000 or 16,000. */
  readonly sampleRate: number
  /** Whether it can write while somebody speaks. */
  readonly isLive: boolean
  /** It understands a whole message better than what it heard piece by piece, and is to hear it again. */
  readonly hearsAgain: boolean
  /**
   * Listens to 16-bit mono PCM until it ends, then says the last of it and ends too. Throws AP_TRANSCRIBER_*.
   */
  listen(sound: AsyncIterable<Int16Array>, listening: Listening): AsyncIterable<Heard>
  /** Nobody writes by it any more: what it keeps goes. */
  close?(): Promise<void>
}
