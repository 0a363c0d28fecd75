/** What a mailbox may keep, and what becomes of callers when it has that. */
export interface Quota {
  /** So many messages, new and heard, at most; null: as many as there is room for. */
  readonly quotaMessages: number | null
  /** The same in minutes, all of them together. */
  readonly quotaMinutes: number | null
  /** Their messages are taken all the same, or they are told that none can be. */
  readonly whenFull: WhenFull
}

export type WhenFull = 'take' | 'refuse'

/** A mailbox, or the disk, fills up. */
export interface FillNews {
  /** By name; null: it is the disk. */
  readonly mailbox: string | null
  readonly level: 'filling' | 'full'
  /** How much of what it may hold, rounded down. */
  readonly percent: number
}
