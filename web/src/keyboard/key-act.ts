/** What keys do on the page itself; what they do to a message stands with its acts (message/acts.ts). */
export type KeyAct =
  | 'next'
  | 'previous'
  | 'play'
  | 'back'
  | 'on'
  | 'silence'
  | 'undo'
  | 'select'
  | 'leave'
  | 'search'
  | 'help'

/** What a press of a key says, without the DOM. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** Where it was pressed: in a field keys are text; on a button the space bar presses it; a row is the owner's place. */
  readonly on: 'page' | 'row' | 'button' | 'field'
}

const ACTS: ReadonlyMap<string, KeyAct> = new Map([
  ['j', 'next'],
  ['k', 'previous'],
  [' ', 'play'],
  ['ArrowLeft', 'back'],
  ['ArrowRight', 'on'],
  ['s', 'silence'],
  ['u', 'undo'],
  ['v', 'select'],
  ['Escape', 'leave'],
  ['/', 'search'],
  ['?', 'help'],
])

/** The key as the tables of acts have it, in small letters; null when the press is the browser's or a field's. */
export function freeKey({ key, ctrlKey, metaKey, altKey, on }: KeyPress): string | null {
  if (on === 'field' || ctrlKey || metaKey || altKey) return null
  return key === ' ' && on === 'button' ? null : key.length === 1 ? key.toLowerCase() : key
}

/** What the key does on the page; undefined when nothing. */
export const keyAct = (key: string): KeyAct | undefined => ACTS.get(key)
