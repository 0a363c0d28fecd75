import { useSignal } from '@preact/signals'
import { makeTestCall } from '../api/test-calls.ts'
import { words } from '../i18n/words.ts'
import { announce } from '../state/announcement.ts'
import { reportFailure } from '../state/report-failure.ts'

/** Calls a line from a second tab, or copies a link with which a friend does. */
export function TryLink({ line }: { readonly line: string }) {
  const t = words.value.tryLink
  const copied = useSignal(false)
  const open = async () => {
    // Before the answer comes: what a browser opens later, it takes for advertising.
    const tab = window.open('about:blank', '_blank')
    try {
      const { url } = await makeTestCall(line)
      if (tab) tab.location.href = url
      else location.assign(url)
    } catch (error) {
      tab?.close()
      reportFailure(error)
    }
  }
  const copy = async () => {
    const { url } = await makeTestCall(line)
    await navigator.clipboard.writeText(url)
    copied.value = true
    announce(t.copied)
  }
  return (
    <div class="try-link">
      <button type="button" class="button button-main" onClick={() => void open()}>
        {t.open}
      </button>
      {/* Browsers lend the clipboard to secure origins only. */}
      {navigator.clipboard && (
        <button type="button" class="button" onClick={() => void copy().catch(reportFailure)}>
          {copied.value ? t.copied : t.copy}
        </button>
      )}
    </div>
  )
}
