import type { Registration } from '../../../src/api/contract.ts'
import { formatDateTime } from './dates.ts'
import { presetWords } from './presets/words/preset-words.ts'
import './line-registration.css'

const LIGHTS = { registering: 'light-waiting', registered: 'light-on', failing: 'light-off' } as const

/** How a line stands at its provider, in two words. */
export function RegistrationState({ state }: Pick<Registration, 'state'>) {
  return (
    <>
      <span class={`light ${LIGHTS[state]}`} aria-hidden="true" />
      {presetWords.value.states[state]}
    </>
  )
}

/** The same in full: since when and where, or what is in the way. It follows the machine while one looks. */
export function LineRegistration({ registration }: { readonly registration: Registration }) {
  const t = presetWords.value
  const { state, since, server, problem } = registration
  return (
    <div class="plate registration" role="status">
      <p class="registration-state">
        <RegistrationState state={state} />
      </p>
      <p class="field-hint field-calm">{t.since(formatDateTime(since), server)}</p>
      {problem && (
        <>
          <p>{problem.code in t.problems ? t.problems[problem.code as keyof typeof t.problems] : ''}</p>
          <p class="field-hint field-calm">
            {t.triedAgain} <code>{problem.detail}</code>
          </p>
        </>
      )}
    </div>
  )
}
