import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { RequestError } from '../api/request.ts'
import { words } from '../i18n/words.ts'
import { loseSession } from '../state/session.ts'
import { showToast } from '../state/toasts.ts'
import { settingsWords } from './words/settings-words.ts'
import './form.css'

interface FormProps {
  /** Whether there is something to save. */
  readonly dirty: boolean
  /** Saves; what it resolves to is said. */
  readonly save: () => Promise<string>
  readonly discard: () => void
  /** The name of the button; default: Save. */
  readonly submit?: string
  readonly children: ComponentChildren
}

/** A form that says what it saved, or why it could not; then everything stays as it was written. */
export function Form({ dirty, save, discard, submit, children }: FormProps) {
  const t = settingsWords.value
  const { failure, busy, run } = useAct()
  return (
    <form
      class="form"
      noValidate={false}
      onSubmit={(event) => {
        event.preventDefault()
        if (busy) return
        if (dirty) void run(save)
        else showToast({ text: t.nothingChanged, tone: 'done' })
      }}
    >
      {children}
      <p class="form-failure" role="alert">
        {failure}
      </p>
      <div class="form-foot">
        <button type="submit" class="button button-main" disabled={busy} aria-disabled={!dirty}>
          {busy ? t.saving : (submit ?? t.save)}
        </button>
        {dirty && !busy && (
          <>
            <button type="button" class="button button-quiet" onClick={discard}>
              {t.discard}
            </button>
            <span class="form-unsaved">{t.unsaved}</span>
          </>
        )}
      </div>
    </form>
  )
}

interface Act {
  readonly failure: string
  readonly busy: boolean
  /** Does it, and says what it resolves to in passing. Whether it went through. */
  readonly run: (act: () => Promise<string>) => Promise<boolean>
}

/** An act whose failure is said where it was asked for. */
export function useAct(): Act {
  const failure = useSignal('')
  const busy = useSignal(false)
  return {
    failure: failure.value,
    busy: busy.value,
    async run(act) {
      busy.value = true
      failure.value = ''
      try {
        showToast({ text: await act(), tone: 'done' })
        return true
      } catch (error) {
        if (!(error instanceof RequestError)) throw error
        if (error.status === 401) loseSession()
        failure.value = error.code === 'offline' ? words.value.failures.offline : error.message
        return false
      } finally {
        busy.value = false
      }
    },
  }
}
