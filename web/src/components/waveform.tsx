import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { Message } from '../../../src/api/contract.ts'
import { formatLength } from '../../../src/shared/length.ts'
import { readRecording } from '../api/recording.ts'
import { formatElapsed } from '../format/elapsed.ts'
import { barsPath, peaksOf } from '../format/peaks.ts'
import { words } from '../i18n/words.ts'
import { loaded, positionMs, seekTo } from '../state/player.ts'
import './waveform.css'

const HEIGHT = 56
const PITCH = 5
const DOT = 2
const STEP_MS = 5000

/** The message's outline; touch it or use the arrow keys to move within the message. */
export default function Waveform({ message }: { readonly message: Message }) {
  const box = useRef<HTMLDivElement>(null)
  const clip = useId()
  const width = useSignal(0)
  const samples = useSignal<Float32Array>(new Float32Array())
  const heardMs = useComputed(() => (loaded.value?.id === message.id ? positionMs.value : 0))
  const bars = useComputed(() =>
    barsPath(peaksOf(samples.value, Math.floor(width.value / PITCH)), HEIGHT, PITCH, DOT),
  )
  const heardWidth = useComputed(() => (heardMs.value / Math.max(1, message.durationMs)) * width.value)

  useEffect(() => {
    readRecording(message.id).then(
      (read) => {
        samples.value = read
      },
      // The player says so when a recording can't be read; without its outline it still plays.
      () => {},
    )
    const observer = new ResizeObserver(([entry]) => {
      width.value = entry?.contentRect.width ?? 0
    })
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [message.id])

  // The value is set by hand, so that the frames of a playing message render nothing.
  useSignalEffect(() => {
    const text = words.value.messages.positionText(
      formatElapsed(heardMs.value),
      formatLength(message.durationMs),
    )
    box.current?.setAttribute('aria-valuenow', String(Math.round(heardMs.value / 1000)))
    box.current?.setAttribute('aria-valuetext', text)
  })

  const seekToPointer = (event: PointerEvent) => {
    const bounds = box.current?.getBoundingClientRect()
    if (bounds) seekTo(message, ((event.clientX - bounds.left) / bounds.width) * message.durationMs)
  }

  return (
    <div
      ref={box}
      class="waveform"
      role="slider"
      tabIndex={0}
      aria-label={words.value.messages.position}
      aria-valuemin={0}
      aria-valuemax={Math.round(message.durationMs / 1000)}
      aria-valuenow={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        seekToPointer(event)
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) seekToPointer(event)
      }}
      onKeyDown={(event) => {
        const to = keyTarget(event.key, heardMs.value, message.durationMs)
        if (to === null) return
        event.preventDefault()
        event.stopPropagation()
        seekTo(message, to)
      }}
    >
      <svg width="100%" height={HEIGHT} aria-hidden="true">
        <clipPath id={clip}>
          <rect width={heardWidth} height={HEIGHT} />
        </clipPath>
        <path class="waveform-bars" d={bars} />
        <path class="waveform-bars waveform-heard" d={bars} clip-path={`url(#${clip})`} />
      </svg>
    </div>
  )
}

function keyTarget(key: string, atMs: number, durationMs: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return atMs - STEP_MS
    case 'ArrowRight':
    case 'ArrowUp':
      return atMs + STEP_MS
    case 'Home':
      return 0
    case 'End':
      return durationMs
    default:
      return null
  }
}
