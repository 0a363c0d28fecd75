import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { Greeting } from '../../../src/api/contract.ts'
import { formatLength } from '../../../src/shared/length.ts'
import * as api from '../api/settings.ts'
import { Icon } from '../components/icon.tsx'
import { barsPath, peaksOf } from '../format/peaks.ts'
import { encodeWav } from '../format/wav.ts'
import { type Clip, clipSeconds, cut, type Trim } from './clip.ts'
import { greetings, mailboxes, useKept } from './collections.ts'
import { formatDateTime } from './dates.ts'
import { Range, Select, TextInput } from './fields.tsx'
import { useAct } from './form.tsx'
import { playClip } from './microphone.ts'
import { settingsWords } from './words/settings-words.ts'
import '../components/waveform.css'

const BARS = 120
const PITCH = 5
const HEIGHT = 56
const DOT = 2
/** The slides move by this much, in seconds. */
const STEP = 0.05

interface GreetingDraftProps {
  readonly clip: Clip
  readonly trim: Trim
  readonly onTrim: (trim: Trim) => void
  readonly onDrop: () => void
  readonly onKept?: () => void
}

/** What was recorded or chosen: listened to, trimmed, named, and kept for a mailbox. */
export function GreetingDraft({ clip, trim, onTrim, onDrop, onKept }: GreetingDraftProps) {
  const t = settingsWords.value.greetings
  const boxes = useKept(mailboxes) ?? []
  const name = useSignal(t.defaultName(formatDateTime(new Date().toISOString())))
  const mailbox = useSignal<string | null>(null)
  const added = useSignal<Greeting | null>(null)
  const { failure, busy, run } = useAct()
  const chosen = mailbox.value ?? boxes[0]?.name ?? ''
  const length = clipSeconds(clip)

  const keep = async () => {
    const sound = new Blob([encodeWav(cut(clip, trim))], { type: 'audio/wav' })
    // What was kept before the mailbox could not be changed is not kept twice.
    added.value ??= await api.addGreeting(name.value.trim(), sound)
    const { id, name: kept } = added.value
    const box = boxes.find((other) => other.name === chosen)
    if (box) await api.changeMailbox(box.id, { greeting: id })
    await Promise.all([greetings.read(), mailboxes.read()])
    onDrop()
    onKept?.()
    return box ? t.keptFor(kept, box.name) : t.kept(kept)
  }

  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void run(keep)
      }}
    >
      <div class="maker-wave">
        <Listen clip={cut(clip, trim)} />
        <Outline clip={clip} trim={trim} />
        <span class="number field-hint">{formatLength((trim.to - trim.from) * 1000)}</span>
      </div>
      <div class="plate-pair">
        <Range
          label={t.from}
          value={trim.from}
          min={0}
          max={length}
          step={STEP}
          text={seconds(trim.from)}
          onInput={(from) => onTrim({ from: Math.min(from, trim.to - STEP), to: trim.to })}
        />
        <Range
          label={t.to}
          value={trim.to}
          min={0}
          max={length}
          step={STEP}
          text={seconds(trim.to)}
          onInput={(to) => onTrim({ from: trim.from, to: Math.max(to, trim.from + STEP) })}
        />
      </div>
      <div class="plate-pair">
        <TextInput
          label={t.name}
          hint={t.nameHint}
          value={name.value}
          required
          maxLength={64}
          onInput={(text) => {
            name.value = text
          }}
        />
        <Select
          label={t.for}
          value={chosen}
          options={[
            ...boxes.map((box) => ({ value: box.name, name: box.name })),
            { value: '', name: t.forNone },
          ]}
          onChoose={(value) => {
            mailbox.value = value
          }}
        />
      </div>
      <p class="form-failure" role="alert">
        {failure}
      </p>
      <div class="form-foot">
        <button type="submit" class="button button-main" disabled={busy}>
          {t.keep}
        </button>
        <button type="button" class="button button-quiet" onClick={onDrop}>
          {t.drop}
        </button>
      </div>
    </form>
  )
}

const seconds = (value: number) => `${value.toFixed(1)} s`

function Listen({ clip }: { readonly clip: Clip }) {
  const t = settingsWords.value.greetings
  const stop = useRef<(() => void) | null>(null)
  const playing = useSignal(false)
  useEffect(() => () => stop.current?.(), [])
  return (
    <button
      type="button"
      class="maker-play"
      aria-label={playing.value ? t.stopListening : t.listen}
      onClick={() => {
        if (playing.value) {
          stop.current?.()
          return
        }
        playing.value = true
        stop.current = playClip(clip, () => {
          playing.value = false
          stop.current = null
        })
      }}
    >
      <Icon name={playing.value ? 'stop' : 'play'} />
    </button>
  )
}

function Outline({ clip, trim }: { readonly clip: Clip; readonly trim: Trim }) {
  const id = useId()
  const length = clipSeconds(clip)
  const bars = barsPath(peaksOf(clip.samples, BARS), HEIGHT, PITCH, DOT)
  const width = BARS * PITCH
  const x = (trim.from / length) * width
  return (
    <svg
      class="maker-outline"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <clipPath id={id}>
        <rect x={x} width={(trim.to / length) * width - x} height={HEIGHT} />
      </clipPath>
      <path class="waveform-bars" d={bars} />
      <path class="waveform-bars waveform-heard" d={bars} clip-path={`url(#${id})`} />
    </svg>
  )
}
