import { useComputed } from '@preact/signals'
import type { Message } from '../../../src/api/contract.ts'
import { formatLength } from '../../../src/shared/length.ts'
import { CallerNumber } from '../caller/caller-number.tsx'
import { NameBefore } from '../caller/said-name.tsx'
import { formatElapsed } from '../format/elapsed.ts'
import { formatExact } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { actsFor, doAct } from '../message/acts.ts'
import { NoteEditor } from '../message/note-editor.tsx'
import { LazyTranscript } from '../said/lazy-transcript.tsx'
import { deleteMessage, keepMessage, noteBeingEdited } from '../state/message-acts.ts'
import { offline } from '../state/offline.ts'
import { loaded, nextSpeed, positionMs, speed } from '../state/player.ts'
import { silence } from '../state/skip-silence.ts'
import { LazyWaveform } from './lazy-waveform.tsx'
import './message-player.css'

/** What opens below a message: its outline to move in, the speed, whether silence is skipped, and what else is known of it. */
export function MessagePlayer({ message }: { readonly message: Message }) {
  const { messages } = words.value
  const at = useComputed(() => formatElapsed(loaded.value?.id === message.id ? positionMs.value : 0))
  return (
    <div class="player">
      <div class="player-track">
        <span class="player-time">{at}</span>
        <LazyWaveform message={message} />
        <span class="player-time">{formatLength(message.durationMs)}</span>
      </div>
      <LazyTranscript message={message} />
      <Note message={message} />
      {isAsked(message) && <p class="player-asked">{messages.keepAskedWhy}</p>}
      <div class="player-foot">
        <p class="player-facts">
          <time dateTime={message.receivedAt}>{formatExact(message.receivedAt, place.value)}</time>
          <CallerNumber caller={message} />
          <NameBefore callId={message.callId} />
          <span>
            {messages.line} {message.line}
          </span>
          {message.mailbox !== message.line && (
            <span>
              {messages.mailbox} {message.mailbox}
            </span>
          )}
        </p>
        <div class="player-acts">
          <button type="button" class="button button-quiet number" onClick={nextSpeed}>
            <span class="unseen">{messages.speed} </span>
            {speed.value}×
          </button>
          <button
            type="button"
            class="button button-quiet"
            aria-pressed={silence.value === 'skip'}
            onClick={() => {
              silence.value = silence.value === 'skip' ? 'play' : 'skip'
            }}
          >
            {messages.skipSilence}
          </button>
          {isAsked(message) ? <KeepButtons message={message} /> : <ActButtons message={message} />}
        </div>
      </div>
    </div>
  )
}

const isAsked = ({ pickedUp, state }: Message) => pickedUp === 'asked' && state !== 'trash'

function KeepButtons({ message }: { readonly message: Message }) {
  const { messages } = words.value
  return (
    <>
      <button
        type="button"
        class="button"
        aria-disabled={offline.value}
        onClick={() => void keepMessage(message)}
      >
        {messages.keep}
      </button>
      <button
        type="button"
        class="button button-stop"
        aria-disabled={offline.value}
        onClick={() => void deleteMessage(message)}
      >
        {messages.drop}
      </button>
    </>
  )
}

function ActButtons({ message }: { readonly message: Message }) {
  return actsFor(message)
    .filter(({ inPlayer }) => inPlayer)
    .map((act) => (
      <button
        key={act.id}
        type="button"
        class="button button-quiet"
        aria-disabled={offline.value}
        onClick={() => doAct(act, message)}
      >
        {act.label(words.value, message)}
      </button>
    ))
}

function Note({ message }: { readonly message: Message }) {
  if (noteBeingEdited.value === message.id) return <NoteEditor message={message} />
  if (message.note === '') return null
  return (
    <p class="player-note">
      <span class="unseen">{words.value.messages.note}: </span>
      {message.note}
    </p>
  )
}
