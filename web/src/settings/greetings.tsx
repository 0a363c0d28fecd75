import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Greeting, Mailbox } from '../../../src/api/contract.ts'
import { formatLength } from '../../../src/shared/length.ts'
import * as api from '../api/settings.ts'
import { Icon } from '../components/icon.tsx'
import { Waiting } from '../components/waiting.tsx'
import { place, words } from '../i18n/words.ts'
import { settingsHash } from '../state/parse-route.ts'
import { showToast } from '../state/toasts.ts'
import { AskFirst } from './ask-first.tsx'
import { greetings, isOwner, mailboxes, useKept } from './collections.ts'
import { formatDate } from './dates.ts'
import { GreetingMaker } from './greeting-maker.tsx'
import { tellHeard } from './schedule/heard-now.tsx'
import { scheduleWords } from './schedule/words/schedule-words.ts'
import { LinkRow, Section } from './section.tsx'
import { isUnsaved } from './use-draft.ts'
import { VoiceChoice } from './voice-choice.tsx'
import { settingsWords } from './words/settings-words.ts'
import './greeting-maker.css'

/** All greetings, and how to make another. */
export function Greetings() {
  const t = settingsWords.value
  const rows = useKept(greetings)
  const boxes = useKept(mailboxes)
  // Who leaves has heard enough.
  useEffect(() => () => stopPlaying(), [])
  return (
    <Section title={t.sections.greetings} lead={t.greetings.lead}>
      {isOwner() && <GreetingMaker />}
      {rows === null || boxes === null ? (
        <Waiting text={t.loading} />
      ) : (
        <ul class="panel">
          {rows.map((greeting) => (
            <Row key={greeting.id} greeting={greeting} boxes={boxes} />
          ))}
          <li class="panel-item panel-row panel-acts">
            <PlayButton id={null} name={t.greetings.shippedName} />
            <span class="panel-text">
              <span class="panel-name">{t.greetings.shippedName}</span>
              <span class="panel-detail">{usedBy(null, boxes) ?? t.greetings.shippedDetail}</span>
            </span>
          </li>
        </ul>
      )}
      {boxes !== null && rows !== null && <Schedules boxes={boxes} sounds={rows} />}
      {isOwner() && <VoiceChoice />}
    </Section>
  )
}

/** When callers to each mailbox hear which. */
function Schedules({
  boxes,
  sounds,
}: {
  readonly boxes: readonly Mailbox[]
  readonly sounds: readonly Greeting[]
}) {
  const t = scheduleWords.value
  return (
    <>
      <h2 class="panel-heading">{t.heading}</h2>
      <ul class="panel">
        {boxes.map((box) => (
          <LinkRow
            key={box.id}
            href={settingsHash('greetings', box.id)}
            icon="message"
            name={box.name}
            detail={box.schedule.length === 0 ? t.headingHint : tellHeard(box, sounds)}
            state={isUnsaved(`schedule/${box.id}`) ? settingsWords.value.unsaved : undefined}
          />
        ))}
      </ul>
    </>
  )
}

function usedBy(id: string | null, boxes: readonly Mailbox[]): string | undefined {
  const names = boxes
    .filter(({ greeting, schedule }) => greeting === id || schedule.some((entry) => entry.greeting === id))
    .map(({ name }) => name)
  if (names.length === 0) return undefined
  return settingsWords.value.greetings.usedBy(new Intl.ListFormat(place.value.language).format(names))
}

function scheduledIn(id: string, boxes: readonly Mailbox[]): string {
  const names = boxes
    .filter(({ schedule }) => schedule.some(({ greeting }) => greeting === id))
    .map(({ name }) => name)
  if (names.length === 0) return ''
  return scheduleWords.value.removeScheduled(new Intl.ListFormat(place.value.language).format(names))
}

interface RowProps {
  readonly greeting: Greeting
  readonly boxes: readonly Mailbox[]
}

function Row({ greeting: { id, name, durationMs, createdAt }, boxes }: RowProps) {
  const t = settingsWords.value
  return (
    <li class="panel-item panel-row panel-acts">
      <PlayButton id={id} name={name} />
      <span class="panel-text">
        <span class="panel-name">{name}</span>
        <span class="panel-detail number">
          {formatLength(durationMs)} · {formatDate(createdAt)} · {usedBy(id, boxes) ?? t.greetings.unused}
        </span>
      </span>
      {isOwner() && (
        <AskFirst
          name={t.remove}
          label={t.greetings.removeName(name)}
          question={[t.greetings.removeAsk(name), scheduledIn(id, boxes)].join(' ')}
          act={async () => {
            await api.removeGreeting(id)
            await Promise.all([greetings.read(), mailboxes.read()])
            return t.greetings.removed(name)
          }}
        />
      )}
    </li>
  )
}

interface PlayButtonProps {
  /** Null: the one that came with the machine. */
  readonly id: string | null
  readonly name: string
}

function PlayButton({ id, name }: PlayButtonProps) {
  const t = settingsWords.value.greetings
  const isPlaying = playing.value?.id === id
  return (
    <button
      type="button"
      class="maker-play"
      aria-label={isPlaying ? t.stop(name) : t.play(name)}
      onClick={() => (isPlaying ? stopPlaying() : play(id))}
    >
      <Icon name={isPlaying ? 'stop' : 'play'} />
    </button>
  )
}

const playing = signal<{ readonly id: string | null } | null>(null)
let player: HTMLAudioElement | undefined

function play(id: string | null): void {
  stopPlaying()
  playing.value = { id }
  const sound = new Audio(api.greetingUrl(id, mailboxes.value.value?.[0]?.language ?? 'en'))
  player = sound
  const over = () => {
    if (player === sound) stopPlaying()
  }
  sound.addEventListener('ended', over)
  sound.play().catch(() => {
    // Stopped before it began, which is no failure, or not to be played.
    if (player === sound) showToast({ text: words.value.failures.audio, tone: 'failed' })
    over()
  })
}

function stopPlaying(): void {
  player?.pause()
  player = undefined
  playing.value = null
}
