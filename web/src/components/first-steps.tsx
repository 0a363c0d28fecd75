import { useSignal } from '@preact/signals'
import { words } from '../i18n/words.ts'
import { announce } from '../state/announcement.ts'
import { EmptyState } from './empty-state.tsx'

const COMMAND = 'npx answerphone call home'

/** What a new owner does first: call the machine. */
export function FirstSteps() {
  const { empty } = words.value
  const copied = useSignal(false)
  const copy = async () => {
    await navigator.clipboard.writeText(COMMAND)
    copied.value = true
    announce(empty.copied)
  }
  return (
    <EmptyState title={empty.first} text={empty.firstHelp}>
      <div class="command">
        <code>{COMMAND}</code>
        {/* Browsers lend the clipboard to secure origins only. */}
        {navigator.clipboard && (
          <button type="button" class="button" onClick={() => void copy().catch(() => {})}>
            {copied.value ? empty.copied : empty.copy}
          </button>
        )}
      </div>
      <p class="empty-text">{empty.firstThen}</p>
    </EmptyState>
  )
}
