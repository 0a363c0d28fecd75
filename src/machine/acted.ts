import type { BlockList } from './block-list.ts'
import type { LiveCall } from './machine.ts'
import { blockedAs, type Notes } from './notes.ts'

/** An act is done: in the page, by a script, or by a phone's key. */
export type Acted = (call: LiveCall, ...done: Done) => void
type Done = Parameters<Notes['acted']> extends [LiveCall, ...infer Rest] ? Rest : never

/** Writes it down, and blocks at once whom it blocks, though the store may take a while to be written. */
export const afterActs =
  (notes: Pick<Notes, 'acted'>, blocked: Pick<BlockList, 'add'>): Acted =>
  (call, act, by) => {
    const written = notes.acted(call, act, by)
    const number = blockedAs(call)
    if (act === 'block' && number !== null) blocked.add(number, written)
  }
