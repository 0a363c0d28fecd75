import type { Message } from '../../../src/api/contract.ts'
import { formatLength } from '../../../src/shared/length.ts'
import { callerDetail, callerTitle } from '../format/caller.ts'
import { formatExact, formatTime } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { ActMenu } from '../message/act-menu.tsx'
import { deleteMessage, undeleteMessage } from '../state/message-acts.ts'
import { openId } from '../state/messages.ts'
import { now } from '../state/now.ts'
import { offline } from '../state/offline.ts'
import { loaded, playing, seekTo, togglePlayer } from '../state/player.ts'
import { isSelected, selecting, selectTo, toggleSelected } from '../state/selection.ts'
import { Icon } from './icon.tsx'
import { MessagePlayer } from './message-player.tsx'
import './message-row.css'

/** One message: a key to play it, who and when, what else to do with it, one touch to delete it; open, its player below. */
export function MessageRow({ message }: { readonly message: Message }) {
  const isSelecting = selecting.value
  const open = openId.value === message.id && !isSelecting
  const ticked = isSelecting && isSelected(message)
  const caller = callerTitle(message, words.value)
  return (
    <div
      class={`message message-${message.state}${open ? ' message-open' : ''}${ticked ? ' message-selected' : ''}`}
      data-message={message.id}
      data-state={message.state}
    >
      <div class="message-line">
        {isSelecting ? (
          <TickKey message={message} caller={caller} ticked={ticked} />
        ) : (
          <>
            <PlayKey message={message} caller={caller} />
            <WhoKey message={message} caller={caller} open={open} />
            <div class="message-keys">
              <ActMenu message={message} caller={caller} />
              <OutKey message={message} caller={caller} />
            </div>
          </>
        )}
      </div>
      {open && <MessagePlayer message={message} />}
    </div>
  )
}

/** Who and when: opens the message. With Shift or Ctrl it begins to select, as in a list of files. */
function WhoKey({ message, caller, open }: KeyProps & { readonly open: boolean }) {
  const { id } = message
  return (
    <button
      type="button"
      class="message-who"
      id={`message-${id}`}
      aria-expanded={open}
      onClick={(event) => {
        if (event.shiftKey) void selectTo(id, openId.value)
        else if (event.ctrlKey || event.metaKey) toggleSelected(id)
        else openId.value = open ? null : id
      }}
    >
      <Who message={message} caller={caller} />
    </button>
  )
}

/** The whole row as a box to be ticked; with Shift, all rows from the one ticked before. */
function TickKey({ message: { id }, message, caller, ticked }: KeyProps & { readonly ticked: boolean }) {
  return (
    <label class="message-tick">
      <input
        type="checkbox"
        class="unseen"
        id={`message-${id}`}
        checked={ticked}
        onClick={(event) => void (event.shiftKey ? selectTo(id, null) : toggleSelected(id))}
      />
      <span class="message-box">
        <Icon name="check" />
      </span>
      <span class="message-who">
        <Who message={message} caller={caller} />
      </span>
    </label>
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
        {openId.value !== message.id && <Said message={message} />}
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

/** What was said, as far as there is room: where it was found, or how it begins. */
function Said({ message: { hit, transcript } }: { readonly message: Message }) {
  const text = hit?.text ?? transcript?.text ?? ''
  if (text === '') return null
  return <span class={`message-said${hit ? ' message-hit' : ''}`}>{text.slice(0, LONGEST_SAID)}</span>
}

const LONGEST_SAID = 200

/** What tells a message that was sent on, or picked up, or left by a machine, or the conversation after it, from others. */
function markOf({ kind, pickedUp, forwardedBy, junkReason }: Message): string | null {
  const { messages } = words.value
  // `user:ada` is Ada; what else there is (console) says what it is.
  if (forwardedBy !== null) return messages.forwardedBy(forwardedBy.replace(/^\w+:/, ''))
  if (junkReason !== null) return messages.junkReasons[junkReason]
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
        // Who looked for words hears them.
        if (message.hit && loaded.value?.id !== message.id) seekTo(message, message.hit.startMs)
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
      aria-disabled={offline.value}
      aria-label={name}
      title={inTrash ? messages.restoreShort : name}
      onClick={() => void (inTrash ? undeleteMessage(message) : deleteMessage(message))}
    >
      <Icon name={inTrash ? 'restore' : 'trash'} />
    </button>
  )
}
