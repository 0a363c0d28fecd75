/**
 * What a caller has typed of a PIN: `*`, its digits, `#`. It may begin whenever the machine has answered; undefined: nothing
 * yet. Whoever types hears and sees no sign of it, right or wrong: each key does what it does for everybody else, too.
 */
export type PinEar = string | undefined

export const LEAST_PIN_DIGITS = 6
export const MOST_PIN_DIGITS = 12

/** Takes one key; gives a PIN when one was typed to its end. */
export function hearKey(ear: PinEar, key: string): readonly [PinEar, pin?: string] {
  if (key === '*') return ['']
  if (ear === undefined) return [undefined]
  if (key === '#') return ear.length >= LEAST_PIN_DIGITS ? [undefined, ear] : [undefined]
  return /^\d$/.test(key) && ear.length < MOST_PIN_DIGITS ? [ear + key] : [undefined]
}
