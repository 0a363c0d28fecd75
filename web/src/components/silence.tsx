import type { LiveCall } from '../../../src/api/contract.ts'
import { words } from '../i18n/words.ts'
import { listenAtOnce, phoneSetting } from '../state/phone.ts'
import { isSilenced, setSilenced } from '../state/silence.ts'
import { Icon } from './icon.tsx'
import './silence.css'

/** Nothing more is heard of the call in this browser alone; only where something would be. */
export function Silence({ call }: { readonly call: LiveCall }) {
  const { live } = words.value
  const isSilent = isSilenced(call.id)
  const isHeard = phoneSetting.value === 'ring' || listenAtOnce.value === 'on'
  if (!isHeard && !isSilent) return null
  return (
    <button
      type="button"
      class="button silence"
      title={isSilent ? undefined : live.silenceWhy}
      aria-keyshortcuts="s"
      onClick={() => setSilenced(call, !isSilent)}
    >
      <Icon name={isSilent ? 'bell' : 'silent'} />
      <span class="silence-text">{isSilent ? live.unsilence : live.silence}</span>
    </button>
  )
}
