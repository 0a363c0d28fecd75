import { renewPush } from '../offline/push.ts'
import { changePassword } from '../state/session.ts'
import { TextInput } from './fields.tsx'
import { Form } from './form.tsx'
import { useDraft } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'

/** The server asks for as many (userInput in src/api/contract.ts). */
export const SHORTEST_PASSWORD = 10
const LONGEST_PASSWORD = 200

/** One's own password: who sits before a browser that was left open must know the old one. */
export function OwnPassword() {
  const t = settingsWords.value.people
  const { fields, changed, set, drop } = useDraft('account/password', { password: '', newPassword: '' })
  const save = async () => {
    await changePassword(fields.password, fields.newPassword)
    drop()
    // Notifications ended with the login before.
    void renewPush().catch(() => {})
    return t.ownPasswordSet
  }
  return (
    <Form dirty={changed.length > 0} save={save} discard={drop} submit={t.setPassword}>
      <div class="plate">
        <TextInput
          label={t.oldPassword}
          type="password"
          value={fields.password}
          required
          autocomplete="current-password"
          maxLength={LONGEST_PASSWORD}
          onInput={(password) => set({ password })}
        />
        <TextInput
          label={t.newPassword}
          hint={`${t.passwordHint} ${t.ownPasswordHint}`}
          type="password"
          value={fields.newPassword}
          required
          autocomplete="new-password"
          minLength={SHORTEST_PASSWORD}
          maxLength={LONGEST_PASSWORD}
          onInput={(newPassword) => set({ newPassword })}
        />
      </div>
    </Form>
  )
}
