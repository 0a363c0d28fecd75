import { digitsOf } from '../format/seven-segments.ts'
import { words } from '../i18n/words.ts'
import { liveCalls } from '../state/calls.ts'
import { newCount } from '../state/messages.ts'
import { playing } from '../state/player.ts'
import { SevenSegment } from './seven-segment.tsx'
import './lamp.css'

/** The machine's window: the count of new messages, glowing, and under it what the machine is doing. */
export function Lamp() {
  const digits = digitsOf(newCount.value)
  const { lamp } = words.value
  const phases = new Set(liveCalls.value.map(({ phase }) => phase))
  return (
    <section class="lamp" aria-label={lamp.spoken(newCount.value)}>
      <div class={digits.length > 0 ? 'lamp-digits lamp-on' : 'lamp-digits'} data-count={newCount.value}>
        {digits.length === 2 && <SevenSegment digit={digits[0]} />}
        <SevenSegment digit={digits.at(-1)} />
      </div>
      <div class="lamp-legends" aria-hidden="true">
        <Legend text={lamp.legends.ring} lit={phases.has('ringing')} />
        <Legend text={lamp.legends.record} lit={phases.has('recording')} />
        <Legend text={lamp.legends.play} lit={playing.value !== null} />
      </div>
    </section>
  )
}

function Legend({ text, lit }: { readonly text: string; readonly lit: boolean }) {
  return <span class={lit ? 'legend legend-lit' : 'legend'}>{text}</span>
}
