import { useSignal } from '@preact/signals'
import { TextField } from '../components/text-field.tsx'
import { words } from '../i18n/words.ts'
import { setUp } from '../state/session.ts'
import { Entrance } from './entrance.tsx'
import { useSubmission } from './submission.ts'

/** The server asks for as many (setupInput in src/api/contract.ts). */
const SHORTEST_PASSWORD = 10

/** The first start: whoever holds the one-time link makes the owner's account. */
export function SetupView({ token }: { readonly token: string }) {
  const { setup } = words.value
  const name = useSignal('')
  const password = useSignal('')
  const repeated = useSignal('')
  const { failure, busy, submit } = useSubmission(() => setUp(token, name.value, password.value))
  const longEnough = password.value.length >= SHORTEST_PASSWORD
  const different = repeated.value !== '' && repeated.value !== password.value
  return (
    <Entrance title={setup.heading} lead={setup.lead}>
      <form class="entrance-form" onSubmit={submit}>
        <TextField label={setup.name} value={name} autocomplete="username" maxLength={64} autofocus />
        <TextField
          label={setup.password}
          value={password}
          type="password"
          autocomplete="new-password"
          minLength={SHORTEST_PASSWORD}
          maxLength={200}
          hint={longEnough ? setup.ruleMet : setup.rule}
          tone={longEnough ? 'good' : 'calm'}
        />
        <TextField
          label={setup.repeat}
          value={repeated}
          type="password"
          autocomplete="new-password"
          maxLength={200}
          {...(different ? { hint: setup.different, tone: 'wrong' as const } : {})}
        />
        <p class="form-failure" role="alert">
          {failure}
        </p>
        <button
          type="submit"
          class="button button-main"
          disabled={busy.value || !longEnough || repeated.value !== password.value}
        >
          {setup.submit}
        </button>
      </form>
    </Entrance>
  )
}

/** Nobody owns the machine yet, and this visitor has no link. */
export function SetupLinkNeeded() {
  const { setup } = words.value
  return <Entrance title={setup.linkNeeded} lead={setup.linkNeededHelp} />
}
