import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Message, WholeTranscript } from '../../../src/api/contract.ts'
import { request } from '../api/request.ts'
import { formatDuration } from '../format/duration.ts'
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
}

function Sentence({ message, text, startMs, endMs }: SentenceProps) {
  const sounds = useComputed(
    () => loaded.value?.id === message.id && positionMs.value >= startMs && positionMs.value < endMs,
  )
  return (
    <>
      <button
        type="button"
        class={`transcript-sentence${sounds.value ? ' transcript-sounds' : ''}`}
        title={saidWords.value.playFrom(formatDuration(startMs))}
        aria-current={sounds.value}
        onClick={() => {
          seekTo(message, startMs)
          playMessage(message)
        }}
      >
        {text}
      </button>{' '}
    </>
  )
}
