import { useSignal } from '@preact/signals'
import { TextField } from '../components/text-field.tsx'
import { words } from '../i18n/words.ts'
import { logIn } from '../state/session.ts'
import { Entrance } from './entrance.tsx'
import { useSubmission } from './submission.ts'

export function LoginView() {
  const { login } = words.value
  const name = useSignal('')
  const password = useSignal('')
  const { failure, busy, submit } = useSubmission(() => logIn(name.value, password.value))
  return (
    <Entrance title={login.heading}>
      <form class="entrance-form" onSubmit={submit}>
        <TextField label={login.name} value={name} autocomplete="username" maxLength={64} autofocus />
        <TextField
          label={login.password}
          value={password}
          type="password"
          autocomplete="current-password"
          maxLength={200}
        />
        <p class="form-failure" role="alert">
          {failure}
        </p>
        <button type="submit" class="button button-main" disabled={busy}>
          {login.submit}
        </button>
      </form>
    </Entrance>
  )
}
