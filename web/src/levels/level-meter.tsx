import type { ReadonlySignal } from '@preact/signals'
import { LAMPS, lampsFor } from './lamps.ts'
import './level-meter.css'

interface LevelMeterProps {
  /** The peak of the last moment, 0 to 1. */
  readonly level: ReadonlySignal<number>
  readonly label: string
}

/** How loud the microphone is: a row of lamps, the last ones red. */
export function LevelMeter({ level, label }: LevelMeterProps) {
  const lit = lampsFor(level.value)
  return (
    <div class="level">
      <meter class="unseen" aria-label={label} min={0} max={LAMPS} value={lit} />
      {Array.from({ length: LAMPS }, (_, place) => (
        <span key={place} class={place < lit ? 'level-lamp level-lit' : 'level-lamp'} />
      ))}
    </div>
  )
}
