import type { PastCall } from '../../../src/api/contract.ts'
import { formatLength } from '../../../src/shared/length.ts'
import { Attested } from '../caller/attested.tsx'
import { CallerNumber } from '../caller/caller-number.tsx'
import { SaidName } from '../caller/said-name.tsx'
import { callerDetail, callerTitle } from '../format/caller.ts'
import { formatExact, formatTime } from '../format/moment.ts'
import { place, words } from '../i18n/words.ts'
import { askWhoCalled } from '../state/caller-asked.ts'
import { editContact } from '../state/contact-asked.ts'
import { ladderAsked } from '../state/ladder-asked.ts'
import { now } from '../state/now.ts'
import { callBack, phoneCall } from '../state/phone.ts'
import { wayOut } from '../state/way-out.ts'
import { Icon, type IconName } from './icon.tsx'
import './call-row.css'

const ICONS: Readonly<Record<NonNullable<PastCall['outcome']>, IconName>> = {
  message: 'message',
  'hung-up': 'ended',
  abandoned: 'missed',
  refused: 'blocked',
  'picked-up': 'taken',
  'let-in': 'taken',
  failed: 'warning',
  interrupted: 'warning',
}

/** One past call: who, how it went, when. */
export function CallRow({ call }: { readonly call: PastCall }) {
  const { calls, live } = words.value
  const outcome = call.outcome ?? 'interrupted'
  const detail = callerDetail(call)
  return (
    <li class={`call call-was-${outcome}`}>
      <span class="call-icon">
        <Icon name={ICONS[outcome]} />
      </span>
      <button
        type="button"
        class="call-row-name"
        aria-label={words.value.caller.aboutThis(callerTitle(call, words.value))}
        onClick={() => askWhoCalled(call)}
      >
        {callerTitle(call, words.value)}
      </button>
      <span class="call-row-detail">
        {detail && <CallerNumber caller={call} />}
        <Attested attestation={call.attestation} />
        <span>{live.onLine(call.line)}</span>
        {call.gate && <span>{calls.gates[call.gate.went ?? 'left']}</span>}
        {call.rule && call.rule.id !== 'blocked' && <span>{`“${call.rule.name}”`}</span>}
        <SaidName id={call.id} gate={call.gate} />
      </span>
      <span class="call-outcome">{calls.outcomes[outcome]}</span>
      <CallLength call={call} />
      <time class="call-time" dateTime={call.arrivedAt} title={formatExact(call.arrivedAt, place.value)}>
        {formatTime(call.arrivedAt, now.value, place.value)}
      </time>
      <CallActs call={call} />
    </li>
  )
}

/** Shows what went over the wire; makes the caller a contact, and calls back: who withheld a number can't be either. */
function CallActs({ call }: { readonly call: PastCall }) {
  const { calls } = words.value
  const { callerNumber } = call
  const name = callerTitle(call, words.value)
  return (
    <span class="call-row-acts">
      <button
        type="button"
        class="icon-button"
        aria-label={calls.details(name)}
        title={calls.detailsShort}
        onClick={() => {
          ladderAsked.value = call
        }}
      >
        <Icon name="ladder" />
      </button>
      {callerNumber !== null && <Reach call={call} number={callerNumber} name={name} />}
    </span>
  )
}

function Reach({
  call,
  number,
  name,
}: {
  readonly call: PastCall
  readonly number: string
  readonly name: string
}) {
  const { calls, messages } = words.value
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label={call.contact ? calls.editContact(name) : calls.addCaller(name)}
        title={call.contact ? messages.editContact : messages.addCaller}
        onClick={() => editContact(call)}
      >
        <Icon name={call.contact ? 'menu' : 'add-person'} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={calls.callBack(name)}
        title={wayOut.value === null ? calls.noWayOut : calls.callBackShort}
        aria-disabled={wayOut.value === null}
        disabled={phoneCall.value?.purpose === 'talk'}
        onClick={() => void callBack(number, call.line, name)}
      >
        <Icon name="taken" />
      </button>
    </>
  )
}

function CallLength({ call }: { readonly call: PastCall }) {
  if (call.answeredAt === null || call.endedAt === null) return null
  const length = formatLength(Date.parse(call.endedAt) - Date.parse(call.answeredAt))
  return (
    <span class="call-length" title={words.value.calls.lasted(length)}>
      {length}
    </span>
  )
}
