import type { LiveCall } from '../../../src/api/contract.ts'
import { formatElapsed } from '../format/elapsed.ts'
import { phaseLastsMs, ringTimeLeft, secondsToAnswer } from '../state/live-call-list.ts'
import { now } from '../state/now.ts'
import type { PhoneLeg } from '../state/phone-legs.ts'
import './gauge.css'

const talkLastsMs = ({ since }: PhoneLeg) => (since === null ? 0 : Math.max(0, now.value - since))

const RADIUS = 30

interface GaugeProps {
  readonly call: LiveCall
  /** This page's own part in it. */
  readonly leg: PhoneLeg | null
}

/** While it rings, a ring that runs out as the machine's answer comes near; then the time that the phase lasts. */
export function Gauge({ call, leg }: GaugeProps) {
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
          : formatElapsed(leg?.purpose === 'talk' ? talkLastsMs(leg) : phaseLastsMs(call, now.value))}
      </span>
    </div>
  )
}
