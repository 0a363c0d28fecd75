import { type Signal, useSignal } from '@preact/signals'
import { RequestError } from '../api/request.ts'
import { words } from '../i18n/words.ts'

interface Submission {
  /** Why it did not go through; null when it did, or was not tried. */
  readonly failure: Signal<string | null>
  readonly busy: Signal<boolean>
  readonly submit: (event: SubmitEvent) => void
}

/** Sends a form by `send` instead of by the browser. */
export function useSubmission(send: () => Promise<void>): Submission {
  const failure = useSignal<string | null>(null)
  const busy = useSignal(false)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    busy.value = true
    failure.value = null
    send()
      .catch((error: unknown) => {
        if (!(error instanceof RequestError)) throw error
        failure.value = error.code === 'offline' ? words.value.failures.offline : error.message
      })
      .finally(() => {
        busy.value = false
      })
  }
  return { failure, busy, submit }
}
