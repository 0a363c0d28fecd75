import type { LocalTime } from '../shared/local-time.ts'
import type { Numbering } from '../shared/telephone-number.ts'
import type { CallerFacts } from './caller-facts.ts'

/** What is known of a call when it arrives: all that rules may ask. */
export interface CallFacts {
  readonly caller: CallerFacts
  readonly lineId: string
  /** How numbers are written where the line is. */
  readonly numbering: Numbering
  readonly contact: { readonly id: string; readonly favourite: boolean } | null
  readonly blocked: boolean
  /** It comes from within the telephone system that the line is on. */
  readonly internal: boolean
  /** Where the mailbox is. */
  readonly time: LocalTime
  /** How often this caller has called in so many minutes, this call included. */
  calls(minutes: number): number
  /** How many messages are in the mailbox. */
  messages(state: 'new' | 'junk'): number
  /** The block lists that have the number, by id. */
  listedOn(): readonly string[]
  /** The name of the day; undefined when it is none there. */
  holiday(region: string): string | undefined
}
