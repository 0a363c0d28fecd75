import type { Tone } from './tones.ts'

/** What callers hear while a telephone rings, as it is at home: one ring, and the pause after it. */
interface RingTone {
  readonly name: string
  readonly frequencies: Tone['frequencies']
  /** On and off times in ms. */
  readonly cadence: readonly number[]
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[]
}

/** ITU-T E.180/Q.35 §5: 425 Hz, 1 s on and 4 s off, where nothing else is known. */
const RECOMMENDED: RingTone = { name: 'e180', frequencies: [425], cadence: [1000, 4000], countries: [] }

/** From the list of various tones by country in E.180's supplement 2, where they differ from its recommendation. */
const ringTones: readonly RingTone[] = [
  RECOMMENDED,
  { name: 'at', frequencies: [420], cadence: [1000, 5000], countries: ['AT'] },
  { name: 'be', frequencies: [425], cadence: [1000, 3000], countries: ['BE'] },
  { name: 'es', frequencies: [425], cadence: [1500, 3000], countries: ['ES'] },
  { name: 'fr', frequencies: [440], cadence: [1500, 3500], countries: ['FR'] },
  { name: 'gb', frequencies: [400, 450], cadence: [400, 200, 400, 2000], countries: ['GB', 'IE', 'NZ'] },
  { name: 'au', frequencies: [400, 417], cadence: [400, 200, 400, 2000], countries: ['AU'] },
  { name: 'us', frequencies: [440, 480], cadence: [2000, 4000], countries: ['US', 'CA'] },
  { name: 'jp', frequencies: [384, 416], cadence: [1000, 2000], countries: ['JP'] },
]

const LEVEL_DBM0 = -19

const clipOf = ({ name }: RingTone) => `ring-tone-${name}`

/** The clip of the ring tone of a country; null: not known. */
export function ringToneClip(country: string | null): string {
  const known = ringTones.find(({ countries }) => country !== null && countries.includes(country))
  return clipOf(known ?? RECOMMENDED)
}

/** All of them, by the names of their clips. */
export const ringToneClips: readonly (readonly [clip: string, tone: Tone])[] = ringTones.map((tone) => {
  const { frequencies, cadence } = tone
  const durationMs = cadence.reduce((sum, ms) => sum + ms, 0)
  return [clipOf(tone), { frequencies, cadence, durationMs, levelDbm0: LEVEL_DBM0 }]
})
