import { useSignal } from '@preact/signals'
import type { MailAccount } from '../../../src/api/contract.ts'
import { sendTestMail } from '../api/mail.ts'
import { RequestError } from '../api/request.ts'
import { reportFailure } from '../state/report-failure.ts'
import { TextInput } from './fields.tsx'
import { settingsWords } from './words/settings-words.ts'
import './mail.css'

/** What became of a test mail: taken, or why not. */
type Outcome =
  | { readonly kind: 'none' | 'busy' }
  | { readonly kind: 'sent'; readonly text: string; readonly detail: string }
  | { readonly kind: 'failed'; readonly text: string; readonly detail: string }

/** Shows that mail works, or what is in the way. */
export function MailTest({ account }: { readonly account: MailAccount }) {
  const t = settingsWords.value.mail
  const to = useSignal(account.from)
  const outcome = useSignal<Outcome>({ kind: 'none' })
  const { value: shown } = outcome

  async function test(): Promise<void> {
    outcome.value = { kind: 'busy' }
    try {
      const { answer } = await sendTestMail(to.value.trim())
      outcome.value = { kind: 'sent', text: t.tested(to.value.trim()), detail: answer }
    } catch (error) {
      const words = error instanceof RequestError ? t.problems[error.code] : undefined
      if (!(error instanceof RequestError) || error.status === 401 || error.code === 'offline') {
        outcome.value = { kind: 'none' }
        reportFailure(error)
      } else
        outcome.value = { kind: 'failed', text: words ?? error.message, detail: words ? error.message : '' }
    }
  }

  return (
    <form
      class="plate"
      onSubmit={(event) => {
        event.preventDefault()
        if (shown.kind !== 'busy') void test()
      }}
    >
      <div class="mail-test">
        <TextInput
          label={t.testTo}
          value={to.value}
          required
          code
          autocomplete="email"
          onInput={(text) => {
            to.value = text
          }}
        />
        <button type="submit" class="button" disabled={shown.kind === 'busy'}>
          {shown.kind === 'busy' ? t.testing : t.test}
        </button>
      </div>
      <div role="status">
        {shown.kind === 'sent' && (
          <p class="mail-says">
            <span class="light light-on" aria-hidden="true" />
            <span>
              {shown.text} <span class="panel-detail">{shown.detail}</span>
            </span>
          </p>
        )}
      </div>
      <div role="alert">
        {shown.kind === 'failed' && (
          <div class="form-failure">
            <p>{shown.text}</p>
            {shown.detail !== '' && <p class="mail-words">{shown.detail}</p>}
          </div>
        )}
      </div>
    </form>
  )
}
