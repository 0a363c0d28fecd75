import type { Message } from '../../../src/api/contract.ts'
import { callerDetail, callerTitle } from '../format/caller.ts'
import { formatLength } from '../format/duration.ts'
import { formatExact, formatTime } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { ActMenu } from '../message/act-menu.tsx'
import { deleteMessage, undeleteMessage } from '../state/message-acts.ts'
import { openId } from '../state/messages.ts'
import { now } from '../state/now.ts'
import { playing, togglePlayer } from '../state/player.ts'
import { Icon } from './icon.tsx'
import { MessagePlayer } from './message-player.tsx'
import './message-row.css'

/** One message: a key to play it, who and when, what else to do with it, one touch to delete it; open, its player below. */
export function MessageRow({ message }: { readonly message: Message }) {
  const open = openId.value === message.id
  const caller = callerTitle(message, words.value)
  return (
    <li
      class={`message message-${message.state}${open ? ' message-open' : ''}`}
      data-message={message.id}
      data-state={message.state}
    >
      <div class="message-line">
        <PlayKey message={message} caller={caller} />
        <button
          type="button"
          class="message-who"
          id={`message-${message.id}`}
          aria-expanded={open}
          onClick={() => {
            openId.value = open ? null : message.id
          }}
        >
          <Who message={message} caller={caller} />
        </button>
        <div class="message-keys">
          <ActMenu message={message} caller={caller} />
          <OutKey message={message} caller={caller} />
        </div>
      </div>
      {open && <MessagePlayer message={message} />}
    </li>
  )
}

function Who({ message, caller }: { readonly message: Message; readonly caller: string }) {
  const { messages } = words.value
  const detail = callerDetail(message)
  const mark = markOf(message)
  return (
    <>
      <span class="message-caller">
        <span class="message-name">{caller}</span>
        {message.state === 'new' && <span class="unseen">{messages.isNew}</span>}
        {message.cutOff && (
          <span class="badge" title={messages.cutOffWhy}>
            {messages.cutOff}
          </span>
        )}
        {message.pickedUp === 'asked' && message.state !== 'trash' && (
          <span class="badge" title={messages.keepAskedWhy}>
            {messages.keepAsked}
          </span>
        )}
      </span>
      <span class="message-detail">
        {mark && <span class="message-mark">{mark}</span>}
        {detail && <span class="number message-number">{detail}</span>}
        {message.note !== '' && openId.value !== message.id && (
          <span class="message-note">{message.note}</span>
        )}
      </span>
      <span class="message-length">
        <span class="unseen">{messages.length} </span>
        {formatLength(message.durationMs)}
      </span>
      <time
        class="message-time"
        dateTime={message.receivedAt}
        title={formatExact(message.receivedAt, place.value)}
      >
        {formatTime(message.receivedAt, now.value, place.value)}
      </time>
    </>
  )
}

/** What tells a message that was picked up, or the conversation after it, from others. */
function markOf({ kind, pickedUp }: Message): string | null {
  const { messages } = words.value
  if (kind === 'conversation') return messages.conversation
  return pickedUp === 'kept' ? messages.pickedUp : null
}

interface KeyProps {
  readonly message: Message
  readonly caller: string
}

function PlayKey({ message, caller }: KeyProps) {
  const { messages } = words.value
  const sounds = playing.value?.id === message.id
  return (
    <button
      type="button"
      class="message-play"
      aria-label={sounds ? messages.pause(caller) : messages.play(caller)}
      onClick={() => {
        openId.value = message.id
        togglePlayer(message)
      }}
    >
      <Icon name={sounds ? 'pause' : 'play'} />
    </button>
  )
}

/** Out of this list: to the trash, or out of it. */
function OutKey({ message, caller }: KeyProps) {
  const { messages } = words.value
  const inTrash = message.state === 'trash'
  const name = inTrash ? messages.restore(caller) : messages.delete(caller)
  return (
    <button
      type="button"
      class="icon-button message-out"
      aria-label={name}
      title={inTrash ? messages.restoreShort : name}
      onClick={() => void (inTrash ? undeleteMessage(message) : deleteMessage(message))}
    >
      <Icon name={inTrash ? 'restore' : 'trash'} />
    </button>
  )
}
