import type { LiveCall } from '../../../src/api/contract.ts'
import { callerDetail, callerTitle } from '../format/caller.ts'
import { formatDuration } from '../format/duration.ts'
import { place, words } from '../i18n/words.ts'
import { block, hangUp, letMachineAnswer } from '../state/calls.ts'
import { phaseLastsMs, ringTimeLeft, secondsToAnswer } from '../state/live-call-list.ts'
import { now } from '../state/now.ts'
import './call-card.css'

/** A call that goes on now: who, on which line, what is happening, and what can be done. */
export function CallCard({ call }: { readonly call: LiveCall }) {
  const { live } = words.value
  const detail = callerDetail(call)
  return (
    <li class={`call-card call-${call.phase}`} data-phase={call.phase}>
      <Gauge call={call} />
      <div class="call-who">
        <h3 class="call-caller">{callerTitle(call, words.value)}</h3>
        <p class="call-detail">
          {detail && <span class="number">{detail}</span>} <span>{live.onLine(call.line)}</span>
        </p>
        <p class="call-phase">
          <Phase call={call} />
        </p>
        <Phones call={call} />
      </div>
      <div class="call-acts">
        {call.phase === 'ringing' && (
          <button type="button" class="button" onClick={() => void letMachineAnswer(call)}>
            {live.answer}
          </button>
        )}
        <button
          type="button"
          class="button button-stop"
          disabled={call.phase === 'closing'}
          onClick={() => void hangUp(call)}
        >
          {live.hangUp}
        </button>
        {call.callerNumber !== null && (
          <button
            type="button"
            class="button button-stop"
            title={live.blockWhy}
            disabled={call.phase === 'closing'}
            onClick={() => void block(call)}
          >
            {live.block}
          </button>
        )}
      </div>
    </li>
  )
}

function Phase({ call }: { readonly call: LiveCall }) {
  const { live } = words.value
  if (call.phase === 'connected' && call.pickedUpBy !== null) return <>{live.connectedTo(call.pickedUpBy)}</>
  if (call.phase !== 'ringing') return <>{live[call.phase]}</>
  const seconds = secondsToAnswer(call, now.value)
  if (seconds === null) return <>{live.ringing}</>
  return <>{seconds > 0 ? live.answersIn(seconds) : live.answersNow}</>
}

/** Which phones ring and listen, and whether a conversation is recorded. */
function Phones({ call }: { readonly call: LiveCall }) {
  const { live } = words.value
  const names = (phones: readonly string[]) => new Intl.ListFormat(place.value.language).format(phones)
  const said = [
    call.ringing.length > 0 && live.phonesRing(names(call.ringing)),
    call.listeners.length > 0 && live.phonesListen(names(call.listeners.map(({ phone }) => phone))),
    call.phase === 'connected' && call.recording && live.recorded,
  ].filter((text) => text !== false)
  if (said.length === 0) return null
  return (
    <p class="call-phones">
      {said.map((text) => (
        <span key={text}>{text}</span>
      ))}
    </p>
  )
}

const RADIUS = 30

/** While it rings, a ring that runs out as the machine's answer comes near; then the time that the phase lasts. */
function Gauge({ call }: { readonly call: LiveCall }) {
  const ringing = call.phase === 'ringing'
  const seconds = ringing ? secondsToAnswer(call, now.value) : null
  const left = ringing ? ringTimeLeft(call, now.value) : 1
  return (
    <div class="gauge" aria-hidden="true">
      <svg viewBox="0 0 68 68" aria-hidden="true">
        <circle class="gauge-track" cx="34" cy="34" r={RADIUS} />
        <circle
          class="gauge-left"
          cx="34"
          cy="34"
          r={RADIUS}
          pathLength={1}
          stroke-dasharray="1"
          stroke-dashoffset={1 - left}
        />
      </svg>
      <span class="gauge-text">
        {ringing ? (seconds ?? '') : formatDuration(phaseLastsMs(call, now.value))}
      </span>
    </div>
  )
}
