export type KeyAct =
  | 'next'
  | 'previous'
  | 'play'
  | 'back'
  | 'on'
  | 'out'
  | 'undo'
  | 'mark'
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
  ['x', 'out'],
  ['u', 'undo'],
  ['m', 'mark'],
  ['/', 'search'],
  ['?', 'help'],
])

/** The act that a key press asks for; null when it is none of ours. */
export function keyAct({ key, ctrlKey, metaKey, altKey, on }: KeyPress): KeyAct | null {
  if (on === 'field' || ctrlKey || metaKey || altKey) return null
  const act = ACTS.get(key.length === 1 ? key.toLowerCase() : key) ?? null
  return act === 'play' && on === 'button' ? null : act
}
