import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Mark, Message, WholeTranscript } from '../../../src/api/contract.ts'
import { request } from '../api/request.ts'
import { formatElapsed } from '../format/elapsed.ts'
import { place } from '../i18n/words.ts'
import { offline } from '../state/offline.ts'
import { loaded, playMessage, positionMs, seekTo } from '../state/player.ts'
import { reportFailure } from '../state/report-failure.ts'
import { saidWords } from './words/said-words.ts'
import './transcript.css'

/** What was said, sentence by sentence; one that is pressed is played from there, and the one that sounds is marked. */
export default function Transcript({ message }: { readonly message: Message }) {
  const whole = useSignal<WholeTranscript | null>(null)
  const { id, transcript } = message
  useEffect(() => {
    request<WholeTranscript>('GET', `/messages/${encodeURIComponent(id)}/transcript`).then(
      (read) => {
        whole.value = read
      },
      () => {},
    )
  }, [id, transcript?.state, transcript?.text])
  if (transcript === null) return null
  const t = saidWords.value
  const segments = whole.value?.segments ?? []
  return (
    <section class="transcript" aria-label={t.heading}>
      {transcript.text !== '' && (
        <p class="transcript-text" lang={transcript.language ?? undefined}>
          {segments.length === 0
            ? transcript.text
            : segments.map((segment) => <Sentence key={segment.startMs} message={message} {...segment} />)}
        </p>
      )}
      {transcript.state === 'waiting' && (
        <p class="transcript-state">
          {transcript.problem ? t.waitsAfter(transcript.problem.detail) : t.waiting}
        </p>
      )}
      {transcript.state === 'partial' && <p class="transcript-state">{t.partial}</p>}
      {transcript.state === 'done' && transcript.text === '' && <p class="transcript-state">{t.nothing}</p>}
      {transcript.state === 'failed' && (
        <p class="transcript-state">
          {t.failed(transcript.problem?.detail ?? '')}{' '}
          <button
            type="button"
            class="transcript-again"
            aria-disabled={offline.value}
            onClick={() =>
              void request('POST', `/messages/${encodeURIComponent(id)}/transcribe`).catch(reportFailure)
            }
          >
            {t.again}
          </button>
        </p>
      )}
    </section>
  )
}

interface SentenceProps {
  readonly message: Message
  readonly text: string
  readonly startMs: number
  readonly endMs: number
  readonly marks: readonly Mark[]
}

function Sentence({ message, text, startMs, endMs, marks }: SentenceProps) {
  const sounds = useComputed(
    () => loaded.value?.id === message.id && positionMs.value >= startMs && positionMs.value < endMs,
  )
  const play = () => {
    seekTo(message, startMs)
    playMessage(message)
  }
  return (
    <>
      {partsOf(text, marks).map(({ words, mark }) =>
        mark ? (
          <Marked key={mark.start} message={message} mark={mark} words={words} />
        ) : (
          <button
            key={words}
            type="button"
            class={`transcript-sentence${sounds.value ? ' transcript-sounds' : ''}`}
            title={saidWords.value.playFrom(formatElapsed(startMs))}
            aria-current={sounds.value}
            onClick={play}
          >
            {words}
          </button>
        ),
      )}{' '}
    </>
  )
}

interface MarkedProps {
  readonly message: Message
  readonly mark: Mark
  readonly words: string
}

/** A number is dialled in the page's phone, where it stands to be looked at first; a day or time goes into a calendar. */
function Marked({ message, mark, words }: MarkedProps) {
  const t = saidWords.value
  if (mark.kind === 'number')
    return (
      <a
        class="transcript-mark"
        href={`#/phone/${encodeURIComponent(mark.number)}`}
        title={t.callBack(mark.number)}
      >
        {words}
      </a>
    )
  const exact = new Intl.DateTimeFormat(place.value.language, {
    dateStyle: 'full',
    ...(mark.isWholeDay ? {} : { timeStyle: 'short' as const }),
  }).format(Date.parse(mark.at))
  const query = `at=${encodeURIComponent(mark.at)}${mark.isWholeDay ? '&day=1' : ''}`
  return (
    <a
      class="transcript-mark"
      href={`/api/v1/messages/${encodeURIComponent(message.id)}/calendar?${query}`}
      download="message.ics"
      title={t.toCalendar(exact)}
    >
      {words}
    </a>
  )
}

/** The text cut at its marks. */
function partsOf(text: string, marks: readonly Mark[]): { readonly words: string; readonly mark?: Mark }[] {
  const parts: { words: string; mark?: Mark }[] = []
  let at = 0
  for (const mark of marks) {
    if (mark.start > at) parts.push({ words: text.slice(at, mark.start) })
    parts.push({ words: text.slice(mark.start, mark.end), mark })
    at = mark.end
  }
  if (at < text.length) parts.push({ words: text.slice(at) })
  return parts
}
