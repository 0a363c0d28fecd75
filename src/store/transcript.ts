/** A part of what was said, in order of time: a sentence, or what lies between two pauses. */
export interface Segment {
  readonly text: string
  /** From the beginning of the recording. */
  readonly startMs: number
  readonly endMs: number
  /** 0 to 1, where the transcriber says how sure it is. */
  readonly confidence?: number
}

/** What was said in a message. A message that has none was not transcribed. */
export interface Transcript {
  readonly messageId: string
  /** Of the message: the newest is transcribed first. */
  readonly receivedAt: number
  /** `partial`: what was heard of it while it was left; the rest is still to come. */
  readonly state: 'waiting' | 'partial' | 'done' | 'failed'
  readonly text: string
  readonly segments: readonly Segment[]
  /** As BCP 47 has it, where it is known. */
  readonly language: string | null
  /** Which transcriber it is from. */
  readonly by: string | null
  readonly tries: number
  /** When it is tried next; null once it is over. */
  readonly nextAt: number | null
  readonly endedAt: number | null
  /** Code of the last failure, and what there is to say about it; null and empty while there is none. */
  readonly problem: string | null
  readonly detail: string
}

export interface TranscriptStore {
  /** Has a message transcribed, from then on. Does nothing when it is gone, or has a transcript. */
  add(messageId: string, nextAt: number): Promise<void>
  /**
   * The same with those messages, not in the trash, that were received since then and have none: the newest, at most 500.
   * Returns how many.
   */
  addMissing(receivedFrom: number, nextAt: number): Promise<number>
  get(messageId: string): Promise<Transcript | undefined>
  ofMessages(messageIds: readonly string[]): Promise<ReadonlyMap<string, Transcript>>
  /**
   * Takes the newest message that is due, and counts the try. Whoever takes it has it alone until `leaseEndsAt`; then it is
   * due again, should nothing have been said of it.
   */
  claim(now: number, leaseEndsAt: number): Promise<Transcript | undefined>
  /** When the next one is due; undefined when none waits. */
  nextAt(): Promise<number | undefined>
  /** Says how a try went; with a text, the message is found by it. Undefined when the message is gone. */
  settle(
    messageId: string,
    outcome: Partial<Omit<Transcript, 'messageId' | 'receivedAt'>>,
  ): Promise<Transcript | undefined>
  /** Has it transcribed, from the beginning; what there is stays until then. Undefined when the message is gone. */
  again(messageId: string, now: number): Promise<Transcript | undefined>
  /** Gives a copy of a message the transcript, too. */
  copy(messageId: string, to: string): Promise<void>
  counts(): Promise<readonly { state: Transcript['state']; count: number }[]>
}
