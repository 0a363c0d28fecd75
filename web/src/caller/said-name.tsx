import { useEffect, useState } from 'preact/hooks'
import type { CallGate } from '../../../src/api/contract.ts'
import { readCall } from '../api/calls.ts'
import { Icon } from '../components/icon.tsx'
import { words } from '../i18n/words.ts'
import { playName, saying } from '../state/said-name.ts'
import './said-name.css'

/** The name that a caller has said at a gate: to be heard, and read where it was written down. */
export function SaidName({ id, gate }: { readonly id: string; readonly gate: CallGate | null }) {
  if (!gate?.name) return null
  const { live } = words.value
  const sounds = saying.value === id
  return (
    <button
      type="button"
      class="said-name"
      aria-pressed={sounds}
      title={live.hearName}
      onClick={() => playName(id)}
    >
      <Icon name={sounds ? 'pause' : 'play'} />
      {gate.name.words === null ? live.saidName : live.saidAs(gate.name.words)}
    </button>
  )
}

/** The name that was said before a message was left; nothing while that is not known. */
export function NameBefore({ callId }: { readonly callId: string }) {
  const [gate, setGate] = useState<CallGate | null>(null)
  useEffect(() => {
    let isWanted = true
    readCall(callId).then(
      (call) => isWanted && setGate(call.gate),
      // The call may be forgotten, the machine out of reach: then there is no name to be heard.
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [callId])
  return <SaidName id={callId} gate={gate} />
}
