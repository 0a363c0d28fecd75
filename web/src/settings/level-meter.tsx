import type { ReadonlySignal } from '@preact/signals'
import { LAMPS, lampsFor } from './clip.ts'
import { settingsWords } from './words/settings-words.ts'

/** How loud the microphone is: a row of lamps, the last ones red. */
export function LevelMeter({ level }: { readonly level: ReadonlySignal<number> }) {
  const lit = lampsFor(level.value)
  return (
    <div class="level">
      <meter
        class="unseen"
        aria-label={settingsWords.value.greetings.level}
        min={0}
        max={LAMPS}
        value={lit}
      />
      {Array.from({ length: LAMPS }, (_, place) => (
        <span key={place} class={place < lit ? 'level-lamp level-lit' : 'level-lamp'} />
      ))}
    </div>
  )
}
