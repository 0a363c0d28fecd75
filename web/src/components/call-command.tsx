import { useSignal } from '@preact/signals'
import { words } from '../i18n/words.ts'
import { announce } from '../state/announcement.ts'

const COMMAND = 'npx answerphone call home'

/** What one types to call the machine. */
export function CallCommand() {
  const { empty } = words.value
  const copied = useSignal(false)
  const copy = async () => {
    await navigator.clipboard.writeText(COMMAND)
    copied.value = true
    announce(empty.copied)
  }
  return (
    <div class="command">
      <code>{COMMAND}</code>
      {/* Browsers lend the clipboard to secure origins only. */}
      {navigator.clipboard && (
        <button type="button" class="button" onClick={() => void copy().catch(() => {})}>
          {copied.value ? empty.copied : empty.copy}
        </button>
      )}
    </div>
  )
}
