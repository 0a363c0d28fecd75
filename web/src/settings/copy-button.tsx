import { useSignal } from '@preact/signals'
import { announce } from '../state/announcement.ts'
import { copyText } from './copy-text.ts'
import { settingsWords } from './words/settings-words.ts'

const SAID_MS = 2500

interface CopyButtonProps {
  /** What is copied, for who can't see beside what the button stands. */
  readonly what: string
  readonly text: string
  /** What stands on it; default: Copy. */
  readonly name?: string
}

/** Copies a text, and says so. */
export function CopyButton({ what, text, name }: CopyButtonProps) {
  const t = settingsWords.value
  const copied = useSignal(false)
  const copy = async () => {
    if (!(await copyText(text))) return
    copied.value = true
    announce(`${what}: ${t.copied}`)
    window.setTimeout(() => {
      copied.value = false
    }, SAID_MS)
  }
  return (
    <button
      type="button"
      class="button button-quiet"
      {...(name === undefined ? { 'aria-label': t.copyWhat(what) } : {})}
      onClick={() => void copy()}
    >
      {copied.value ? t.copied : (name ?? t.copy)}
    </button>
  )
}
