import { Icon } from '../components/icon.tsx'
import { dialWords } from '../dialling/words/dial-words.ts'
import { formatElapsed } from '../format/elapsed.ts'
import { words } from '../i18n/words.ts'
import { now } from '../state/now.ts'
import { JoinKey } from './give-to.tsx'
import { answerHouseCall, houseCall, legOf } from './house-call.ts'
import { hangUp } from './phone.ts'
import { PhonePanel } from './phone-panel.tsx'

/** This page calls, is called by another phone of the house, or talks with one. */
export function HouseCallCard() {
  const call = houseCall.value
  if (!call) return null
  const { phone, live } = words.value
  const leg = legOf(call.callId)
  const since = leg?.since ?? null
  // Of a call that this page makes there is a leg from the beginning.
  if (!leg && !call.ring) return null
  return (
    <li class={`call-card ${leg ? 'call-connected' : 'call-ringing call-open'}`}>
      <div class="call-mark" aria-hidden="true">
        {since === null ? <Icon name="phone" /> : formatElapsed(Math.max(0, now.value - since))}
      </div>
      <div class="call-who">
        <h3 class="call-caller">{call.name}</h3>
        <p class="call-phase">
          {!leg && phone.callsYou}
          {leg &&
            (since === null
              ? call.rings
                ? dialWords.value.rings
                : phone.calling
              : leg.held
                ? phone.held
                : phone.talking)}
        </p>
      </div>
      <div class="call-acts">
        {leg ? (
          <>
            {since !== null && <JoinKey call={call} asked={leg} />}
            <button type="button" class="button button-stop" onClick={() => hangUp(leg.id)}>
              {live.hangUp}
            </button>
          </>
        ) : (
          <>
            <button type="button" class="button button-go" onClick={() => void answerHouseCall()}>
              <Icon name="taken" />
              {live.pickUp}
            </button>
            <button type="button" class="button" onClick={call.ring?.decline}>
              {phone.decline}
            </button>
          </>
        )}
      </div>
      {leg && since !== null && <PhonePanel leg={leg} />}
    </li>
  )
}
