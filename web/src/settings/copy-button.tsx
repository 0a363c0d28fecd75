import { useSignal } from '@preact/signals'
import { announce } from '../state/announcement.ts'
import { copyText } from './copy-text.ts'
import { settingsWords } from './words/settings-words.ts'

const SAID_MS = 2500

/** Copies a text, and says so. */
export function CopyButton({ what, text }: { readonly what: string; readonly text: string }) {
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
      aria-label={t.copyWhat(what)}
      onClick={() => void copy()}
    >
      {copied.value ? t.copied : t.copy}
    </button>
  )
}
