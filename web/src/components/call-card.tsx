import type { LiveCall } from '../../../src/api/contract.ts'
import { callerDetail, callerTitle } from '../format/caller.ts'
import { formatDuration } from '../format/duration.ts'
import { place, words } from '../i18n/words.ts'
import { block, hangUp, letMachineAnswer } from '../state/calls.ts'
import { canListen, canPickUp, phaseLastsMs, ringTimeLeft, secondsToAnswer } from '../state/live-call-list.ts'
import { now } from '../state/now.ts'
import { leaveCall, legIn, listenIn, phoneCall, phoneParts, pickUp } from '../state/phone.ts'
import type { PhoneLeg } from '../state/phone-legs.ts'
import { EarlierCalls } from './earlier-calls.tsx'
import { Icon } from './icon.tsx'
import './call-card.css'

/** A call that goes on now: who, on which line, what is happening, and what can be done. */
export function CallCard({ call }: { readonly call: LiveCall }) {
  const { live } = words.value
  const detail = callerDetail(call)
  const leg = legIn(call)
  const Panel = phoneParts.value?.Panel
  return (
    <li class={`call-card call-${call.phase} ${canPickUp(call) ? 'call-open' : ''}`} data-phase={call.phase}>
      <Gauge call={call} leg={leg} />
      <div class="call-who">
        <h3 class="call-caller">{callerTitle(call, words.value)}</h3>
        <p class="call-detail">
          {detail && <span class="number">{detail}</span>} <span>{live.onLine(call.line)}</span>
        </p>
        <p class="call-phase">
          <Phase call={call} leg={leg} />
        </p>
        {call.callerNumber !== null && <EarlierCalls number={call.callerNumber} callId={call.id} />}
        <Phones call={call} />
      </div>
      <div class="call-acts">
        {canPickUp(call) && <PhoneActs call={call} leg={leg} />}
        {call.phase === 'ringing' && (
          <button type="button" class="button" onClick={() => void letMachineAnswer(call)}>
            {live.answer}
          </button>
        )}
        <div class="call-acts-end">
          <button
            type="button"
            class="button button-stop"
            disabled={call.phase === 'closing'}
            onClick={() => (leg?.purpose === 'talk' ? leaveCall(leg) : void hangUp(call))}
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
      </div>
      {leg?.purpose === 'talk' && leg.since !== null && Panel && <Panel leg={leg} call={call} />}
    </li>
  )
}

interface CallAndLeg {
  readonly call: LiveCall
  /** This page's own part in it. */
  readonly leg: PhoneLeg | null
}

/** Takes part in the call from this browser. */
function PhoneActs({ call, leg }: CallAndLeg) {
  const { live } = words.value
  if (leg?.purpose === 'talk') return null
  const talks = phoneCall.value?.purpose === 'talk'
  return (
    <>
      <button
        type="button"
        class="button button-go"
        {...(talks ? {} : { 'aria-keyshortcuts': 'Space' })}
        onClick={() => void pickUp(call)}
      >
        <Icon name="taken" />
        {talks && !phoneCall.value?.held ? live.holdAndPickUp : live.pickUp}
      </button>
      {leg ? (
        <button type="button" class="button" onClick={() => leaveCall(leg)}>
          <Icon name="ear" />
          {live.stopListening}
        </button>
      ) : (
        canListen(call) &&
        !talks && (
          <button type="button" class="button" onClick={() => void listenIn(call)}>
            <Icon name="ear" />
            {live.listen}
          </button>
        )
      )}
    </>
  )
}

function Phase({ call, leg }: CallAndLeg) {
  const { live, phone } = words.value
  if (leg?.purpose === 'talk')
    return <>{leg.since === null ? phone.calling : leg.held ? phone.held : phone.talking}</>
  if (call.phase === 'connected' && call.pickedUpBy !== null)
    return <>{live.connectedTo(phoneName(call.pickedUpBy))}</>
  if (call.phase !== 'ringing') return <>{live[call.phase]}</>
  const seconds = secondsToAnswer(call, now.value)
  if (seconds === null) return <>{live.ringing}</>
  return <>{seconds > 0 ? live.answersIn(seconds) : live.answersNow}</>
}

/** Which phones ring and listen, and whether a conversation is recorded. */
function Phones({ call }: { readonly call: LiveCall }) {
  const { live } = words.value
  const names = (phones: readonly string[]) =>
    new Intl.ListFormat(place.value.language).format(phones.map(phoneName))
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

/** The phones of pages are called after their users: see src/machine/page-phones.ts. */
function phoneName(name: string): string {
  const [, user] = /^page-(.+)$/.exec(name) ?? []
  return user === undefined ? name : words.value.phone.pageOf(user)
}

const talkLastsMs = ({ since }: PhoneLeg) => (since === null ? 0 : Math.max(0, now.value - since))

const RADIUS = 30

/** While it rings, a ring that runs out as the machine's answer comes near; then the time that the phase lasts. */
function Gauge({ call, leg }: CallAndLeg) {
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
        {ringing
          ? (seconds ?? '')
          : formatDuration(leg?.purpose === 'talk' ? talkLastsMs(leg) : phaseLastsMs(call, now.value))}
      </span>
    </div>
  )
}
