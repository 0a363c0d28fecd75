import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { LiveCall } from '../../../src/api/contract.ts'
import { recordCall } from '../api/calls.ts'
import { Icon, type IconName } from '../components/icon.tsx'
import { dialWords } from '../dialling/words/dial-words.ts'
import { words } from '../i18n/words.ts'
import type { PhoneLeg } from '../state/phone-legs.ts'
import { reportFailure } from '../state/report-failure.ts'
import { GiveTo } from './give-to.tsx'
import { Keypad } from './keypad.tsx'
import { setHeld, setMuted } from './phone.ts'
import './phone-panel.css'

/** What can be done while one talks. */
export function PhonePanel({ leg, call }: { readonly leg: PhoneLeg; readonly call?: LiveCall }) {
  const { phone } = words.value
  // Each call's own: the next one begins with neither.
  const keypadShown = useSignal(false)
  const givingShown = useSignal(false)
  return (
    <fieldset class="phone-panel">
      <legend class="unseen">{phone.controls}</legend>
      <Toggle
        icon={leg.muted ? 'muted' : 'microphone'}
        on={leg.muted}
        onPress={() => setMuted(leg.id, !leg.muted)}
      >
        {phone.mute}
      </Toggle>
      <Toggle icon="pause" on={leg.held} onPress={() => setHeld(leg.id, !leg.held)}>
        {phone.hold}
      </Toggle>
      {call && (
        <Toggle
          icon="record"
          on={call.recording}
          why={phone.recordWhy}
          onPress={() => void recordCall(call.id, !call.recording).catch(reportFailure)}
        >
          {phone.record}
        </Toggle>
      )}
      <Toggle
        icon="keypad"
        on={keypadShown.value}
        onPress={() => {
          keypadShown.value = !keypadShown.value
        }}
      >
        {phone.keypad}
      </Toggle>
      {call && (
        <Toggle
          icon="on"
          on={givingShown.value}
          onPress={() => {
            givingShown.value = !givingShown.value
          }}
        >
          {dialWords.value.give}
        </Toggle>
      )}
      {call && givingShown.value && <GiveTo leg={leg} />}
      {keypadShown.value && !leg.held && <Keypad leg={leg} />}
    </fieldset>
  )
}

interface ToggleProps {
  readonly icon: IconName
  readonly on: boolean
  readonly why?: string
  readonly onPress: () => void
  readonly children: ComponentChildren
}

function Toggle({ icon, on, why, onPress, children }: ToggleProps) {
  return (
    <button type="button" class="phone-toggle" aria-pressed={on} title={why} onClick={onPress}>
      <Icon name={icon} />
      {children}
    </button>
  )
}
