import type { LiveCall } from '../../../src/api/contract.ts'
import { Attested } from '../caller/attested.tsx'
import { CallerNumber, CallerTitle } from '../caller/caller-number.tsx'
import { SaidName } from '../caller/said-name.tsx'
import { askedNumber, callerDetail } from '../format/caller.ts'
import { place, words } from '../i18n/words.ts'
import { LiveWords } from '../said/live-words.tsx'
import { askWhoCalled } from '../state/caller-asked.ts'
import { block, hangUp, letMachineAnswer } from '../state/calls.ts'
import { editContact } from '../state/contact-asked.ts'
import { canListen, canPickUp, secondsToAnswer } from '../state/live-call-list.ts'
import { now } from '../state/now.ts'
import { leaveCall, legIn, listenIn, phoneCall, phoneParts, pickUp } from '../state/phone.ts'
import type { PhoneLeg } from '../state/phone-legs.ts'
import { isSilenced } from '../state/silence.ts'
import { EarlierCalls } from './earlier-calls.tsx'
import { Gauge } from './gauge.tsx'
import { Icon } from './icon.tsx'
import { LazyLiveWaveform } from './lazy-live-waveform.tsx'
import { Silence } from './silence.tsx'
import './call-card.css'

/** A call that goes on now: who, on which line, what is happening, and what can be done. */
export function CallCard({ call }: { readonly call: LiveCall }) {
  const { live } = words.value
  const detail = callerDetail(call)
  const leg = legIn(call)
  const Panel = phoneParts.value?.Panel
  return (
    <li class={classOf(call)} data-phase={call.phase}>
      <Gauge call={call} leg={leg} />
      <div class="call-who">
        <h3 class="call-caller">
          <CallerTitle caller={call} />
        </h3>
        <p class="call-detail">
          {detail && <CallerNumber caller={call} />} <span>{live.onLine(call.line)}</span>{' '}
          <Attested attestation={call.attestation} /> <AddCaller call={call} />{' '}
          <button type="button" class="call-add" onClick={() => askWhoCalled(call)}>
            {words.value.caller.aboutNow}
          </button>
        </p>
        <p class="call-phase">
          <Phase call={call} leg={leg} /> <SaidName id={call.id} gate={call.gate} />
        </p>
        {call.callerNumber !== null && (
          <EarlierCalls number={askedNumber(call) ?? call.callerNumber} callId={call.id} />
        )}
        <Phones call={call} />
      </div>
      {call.phase === 'ringing' && <Silence call={call} />}
      {call.phase === 'recording' && <LazyLiveWaveform callId={call.id} />}
      {call.words && <LiveWords said={call.words} />}
      <div class="call-acts">
        {canPickUp(call) && <PhoneActs call={call} leg={leg} />}
        {(call.phase === 'ringing' || call.phase === 'gate') && (
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

/** Gives who is calling a name, while one still knows who that is. */
function AddCaller({ call }: { readonly call: LiveCall }) {
  if (call.callerNumber === null || call.contact) return null
  return (
    <button type="button" class="call-add" onClick={() => editContact(call)}>
      {words.value.messages.addCaller}
    </button>
  )
}

function classOf(call: LiveCall): string {
  const open = canPickUp(call) ? ' call-open' : ''
  const silent = call.phase === 'ringing' && isSilenced(call.id) ? ' call-silent' : ''
  return `call-card call-${call.phase}${open}${silent}`
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
    call.phase === 'ringing' && isSilenced(call.id) && live.silent,
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
