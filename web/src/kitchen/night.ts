export const nightChoices = ['auto', 'on', 'off'] as const
export type NightChoice = (typeof nightChoices)[number]

/** Hours of the local day between which it is night. */
const FROM_HOUR = 21
const TO_HOUR = 7

/**
 * Whether the kitchen is dark and dim now. Pure.
 * @param hour of the local day, 0 to 23
 */
export function isNight(choice: NightChoice, hour: number): boolean {
  if (choice !== 'auto') return choice === 'on'
  return hour >= FROM_HOUR || hour < TO_HOUR
}

const PLACES = 8
const MINUTE_MS = 60_000

/** At which of eight places everything stands in this minute: what never moved would burn into the screen. Pure. */
export const driftPlace = (at: number): number => Math.floor(at / MINUTE_MS) % PLACES
