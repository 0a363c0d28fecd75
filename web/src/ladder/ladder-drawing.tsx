import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Ladder, LadderMessage, LadderParty } from '../../../src/api/contract.ts'
import { place } from '../i18n/words.ts'
import { partyName } from './party-name.ts'
import { ladderWords } from './words/ladder-words.ts'

/** Below this a column's labels can't be read; the drawing is moved sideways then. */
const NARROWEST_REM = 5.5

/** Who said what to whom, from top to bottom: columns and arrows for the eye, a list of sentences for the ear. */
export function LadderDrawing({ ladder }: { readonly ladder: Ladder }) {
  const t = ladderWords.value
  const { parties, messages, omitted } = ladder
  return (
    <section class="ladder" aria-labelledby="ladder-messages">
      <h3 id="ladder-messages">{t.messages}</h3>
      <p class="ladder-hint">{t.hint}</p>
      <div class="ladder-room">
        <div style={{ minInlineSize: `${3.5 + parties.length * NARROWEST_REM}rem` }}>
          <Heads parties={parties} />
          <ol class="ladder-rows">
            {messages.map((message, at) => (
              <Row key={at} message={message} parties={parties} />
            ))}
          </ol>
        </div>
      </div>
      {omitted.messages > 0 && <p class="ladder-hint">{t.omitted(omitted.messages)}</p>}
    </section>
  )
}

function Heads({ parties }: { readonly parties: readonly LadderParty[] }) {
  return (
    <div class="ladder-heads" aria-hidden="true">
      {parties.map((party, at) => (
        <div key={at} class="ladder-head" title={placeText(party.place)}>
          <span class="ladder-name">{partyName(party)}</span>
          <span class="ladder-place">{placeText(party.place)}</span>
        </div>
      ))}
    </div>
  )
}

function Row({
  message,
  parties,
}: {
  readonly message: LadderMessage
  readonly parties: readonly LadderParty[]
}) {
  const t = ladderWords.value
  const open = useSignal(false)
  const textId = useId()
  const nameAt = (at: number) => {
    const party = parties[at]
    return party ? partyName(party) : ''
  }
  const title = titleOf(message)
  const spoken = t.message(
    seconds(message.afterMs),
    nameAt(message.from),
    nameAt(message.to),
    message.session === null ? title : `${title}, ${message.session}`,
  )
  return (
    <li>
      <button
        type="button"
        class={message.repeated ? 'ladder-row ladder-row-again' : 'ladder-row'}
        aria-expanded={open.value}
        aria-controls={open.value ? textId : undefined}
        onClick={() => {
          open.value = !open.value
        }}
      >
        <span class="unseen">{spoken}</span>
        <span class="ladder-time" aria-hidden="true">
          {seconds(message.afterMs)}
        </span>
        <Arrow message={message} title={title} columns={parties.length} />
      </button>
      {open.value && (
        <div id={textId} class="ladder-text">
          <p class="ladder-hint">
            {placeText(message.source)} → {placeText(message.destination)} {message.transport}
          </p>
          <pre>{message.text.trimEnd()}</pre>
        </div>
      )}
    </li>
  )
}

/** The lanes at this height, and the arrow between two of them. */
function Arrow({
  message: { from, to, session, repeated },
  title,
  columns,
}: {
  readonly message: LadderMessage
  readonly title: string
  readonly columns: number
}) {
  const lane = (at: number) => (100 * (at + 0.5)) / columns
  const [left, right] = from < to ? [from, to] : [to, from]
  const arrowY = 24
  const says = session !== null && !repeated
  return (
    <span class={says ? 'ladder-lanes ladder-lanes-tall' : 'ladder-lanes'} aria-hidden="true">
      <svg class="ladder-lines" aria-hidden="true">
        {Array.from({ length: columns }, (_column, at) => (
          <line key={at} class="ladder-lane" x1={`${lane(at)}%`} x2={`${lane(at)}%`} y1="0" y2="100%" />
        ))}
        <line class="ladder-shaft" x1={`${lane(left)}%`} x2={`${lane(right)}%`} y1={arrowY} y2={arrowY} />
        <svg x={`${lane(to)}%`} y={arrowY} overflow="visible" aria-hidden="true">
          <path class="ladder-point" d={from < to ? 'M0 0l-8 -4v8z' : 'M0 0l8 -4v8z'} />
        </svg>
      </svg>
      <span
        class="ladder-label"
        style={{ insetInlineStart: `${lane(left)}%`, inlineSize: `${lane(right) - lane(left)}%` }}
      >
        {title}
      </span>
      {says && (
        <span class="ladder-session" style={{ insetInlineStart: `${lane(left)}%` }}>
          {session}
        </span>
      )}
    </span>
  )
}

/** `200 OK (BYE)`: of which request, where that is not the usual one. */
function titleOf({ title, method, repeated }: LadderMessage): string {
  const isAnswer = /^\d/.test(title) && method !== 'INVITE' && method !== ''
  return `${title}${isAnswer ? ` (${method})` : ''}${repeated ? ` ${ladderWords.value.again}` : ''}`
}

const seconds = (ms: number): string =>
  (ms / 1000).toLocaleString(place.value.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })

const placeText = ({ address, port }: LadderParty['place']): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
