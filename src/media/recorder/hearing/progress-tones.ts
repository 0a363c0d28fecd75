/** A tone that says that nobody is there any more. */
export interface ProgressTone {
  readonly kind: 'busy' | 'congestion' | 'dial'
  /** Hz, ascending. */
  readonly frequencies: readonly [number] | readonly [number, number]
  /** On and off times in ms; absent: continuous. */
  readonly cadence?: readonly number[]
  readonly where: string
}

const busy = (
  where: string,
  frequencies: ProgressTone['frequencies'],
  ...cadence: number[]
): ProgressTone => ({
  kind: 'busy',
  frequencies,
  cadence,
  where,
})
const congestion: typeof busy = (...row) => ({ ...busy(...row), kind: 'congestion' })
const dial = (where: string, frequencies: ProgressTone['frequencies']): ProgressTone => ({
  kind: 'dial',
  frequencies,
  where,
})

/**
 * What exchanges and gateways play after the caller has hung up: ITU-T E.180/Q.35 (425 Hz is its recommendation) and
 * the list of various tones by country in its supplement 2. Where two countries mean different things by one tone, the
 * meaning of E.180 stands.
 */
export const progressTones: readonly ProgressTone[] = [
  dial('E.180, most of Europe, Latin America', [425]),
  dial('North America, United Kingdom', [350, 440]),
  dial('France', [440]),
  dial('Japan', [400]),
  dial('China', [450]),
  dial('France, older', [330, 440]),

  busy('E.180: Italy, Netherlands, Poland, Switzerland, Brazil', [425], 500, 500),
  busy('Germany', [425], 480, 480),
  busy('Austria', [425], 400, 400),
  busy('Australia, New Zealand', [425], 375, 375),
  busy('Finland', [425], 300, 300),
  busy('United Kingdom, Ireland', [400], 375, 375),
  busy('New Zealand, Japan', [400], 500, 500),
  busy('France', [440], 500, 500),
  busy('China', [450], 350, 350),
  busy('North America', [480, 620], 500, 500),

  congestion('E.180: Austria, Belgium, Netherlands, Sweden (as busy)', [425], 250, 250),
  congestion('Germany', [425], 240, 240),
  congestion('Italy, Switzerland; Spain (as busy)', [425], 200, 200),
  congestion('Spain', [425], 200, 200, 200, 200, 200, 600),
  congestion('United Kingdom', [400], 400, 350, 225, 525),
  congestion('France', [440], 250, 250),
  congestion('China', [450], 700, 700),
  congestion('North America (reorder)', [480, 620], 250, 250),
]
