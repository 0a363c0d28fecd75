import type { PastCall } from '../../../src/api/contract.ts'
import { Icon } from '../components/icon.tsx'
import { ladderWords } from './words/ladder-words.ts'

/** What of the call was encrypted, and how far that can be said. */
export function Encryption({ encrypted }: Pick<PastCall, 'encrypted'>) {
  const t = ladderWords.value
  if (encrypted === null) return null
  return (
    <p class={`ladder-lock ladder-lock-${encrypted}`}>
      <Icon name={encrypted === 'neither' ? 'unlocked' : 'locked'} />
      <span>
        {t.encrypted[encrypted]} <span class="ladder-hint">{t.encryptedHint}</span>
      </span>
    </p>
  )
}
