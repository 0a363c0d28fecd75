import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { barsPath } from '../format/peaks.ts'
import { words } from '../i18n/words.ts'
import { shownPeak, speaks, withPeak } from './history.ts'
import { useScroll } from './use-scroll.ts'
import { watchLevels } from './watch-levels.ts'
import './live-waveform.css'

const HEIGHT = 44
const PITCH = 5
const DOT = 2
/** As many as the widest card has room for. */
const MOST = 400

/**
 * What the caller says, as it is said: the newest at the right, 100 ms a bar. To a screen reader it says whether the
 * caller speaks; with reduced motion it is a plain level.
 */
export default function LiveWaveform({ callId }: { readonly callId: string }) {
  const box = useRef<HTMLDivElement>(null)
  const width = useSignal(0)
  const peaks = useSignal<readonly number[]>([])
  const strip = useScroll(peaks, PITCH)
  const said = useComputed(() => words.value.live.sound(speaks(peaks.value)))
  // Silence is a dotted line from the first moment, so that the card does not look broken.
  const bars = useComputed(() => {
    const count = Math.ceil(width.value / PITCH) + 1
    const shown = peaks.value.slice(-count).map(shownPeak)
    return barsPath(new Float32Array([...Array(count - shown.length).fill(0), ...shown]), HEIGHT, PITCH, DOT)
  })
  const start = useComputed(() => width.value - (Math.ceil(width.value / PITCH) + 1) * PITCH)
  const level = useComputed(() => `${Math.round(shownPeak(peaks.value.at(-1) ?? 0) * 100)}%`)

  useEffect(() => {
    const stop = watchLevels(callId, (peak) => {
      peaks.value = withPeak(peaks.value, peak, MOST)
    })
    const observer = new ResizeObserver(([entry]) => {
      width.value = entry?.contentRect.width ?? 0
    })
    if (box.current) observer.observe(box.current)
    return () => {
      stop()
      observer.disconnect()
    }
  }, [callId, peaks, width])

  return (
    <div ref={box} class="live-waveform" role="img" aria-label={said}>
      <svg class="live-outline" width="100%" height={HEIGHT} aria-hidden="true">
        <svg x={start} overflow="visible" aria-hidden="true">
          <path ref={strip} d={bars} />
        </svg>
      </svg>
      <svg class="live-level" width="100%" height={HEIGHT} aria-hidden="true">
        <line class="live-level-track" x1="0" x2="100%" y1="50%" y2="50%" />
        <line x1="0" x2={level} y1="50%" y2="50%" />
      </svg>
    </div>
  )
}
