import type { Numbered } from './query.ts'

/** What the owner has written about a caller who is no contact. */
export interface CallerNote {
  /** As it was written first. */
  readonly number: string
  readonly note: string
}

export interface CallerNoteStore {
  /** Of this number, however it is written. */
  get(caller: Numbered): Promise<CallerNote | undefined>
  /** Empty removes it. */
  set(caller: Numbered, note: string): Promise<void>
}
