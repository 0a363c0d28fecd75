import type { Page } from './model.ts'

/** What went over the wire for one call, as trace/ packs it. */
export interface TraceRow {
  /** The call's; of a call that has no row, an id of its own. */
  readonly id: string
  /** `house`: between phones, or out. */
  readonly kind: 'call' | 'house'
  /** For people: who called whom. */
  readonly title: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly packed: Uint8Array
}

/** What went over the wire, in rows of its own: no list of calls gets slower by it. */
export interface TraceStore {
  /** In place of one with the same id. */
  add(trace: TraceRow): Promise<void>
  get(id: string): Promise<TraceRow | undefined>
  /** Those of one kind, or of all, without what they hold; newest first. */
  list(query: {
    kind?: TraceRow['kind']
    cursor?: string
    limit: number
  }): Promise<Page<Omit<TraceRow, 'packed'>>>
  /** Forgets those of these calls, where there are any. */
  remove(ids: readonly string[]): Promise<void>
  /** Forgets what began before this instant, at most 500. Returns how many. */
  removeBefore(at: number): Promise<number>
  /** Forgets the oldest of more than so many, at most 500. Returns how many. */
  removeBeyond(most: number): Promise<number>
}
