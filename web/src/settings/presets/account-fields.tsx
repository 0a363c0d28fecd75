import type { LinePreset } from '../../../../src/api/contract.ts'
import { TextInput } from '../fields.tsx'
import type { AccountDraft } from './account-draft.ts'
import { presetWords } from './words/preset-words.ts'

interface AccountFieldsProps {
  readonly account: AccountDraft
  readonly onChange: (change: Partial<AccountDraft>) => void
  readonly preset: LinePreset | null
  /** There is a password already. */
  readonly kept: boolean
  readonly disabled?: boolean
}

/** Where the machine logs in, and as whom. */
export function AccountFields({ account, onChange, preset, kept, disabled = false }: AccountFieldsProps) {
  const t = presetWords.value
  const isAskedFor = preset !== null && preset.kind === 'registers'
  return (
    <>
      <TextInput
        label={t.registrar}
        hint={t.registrarHint}
        value={account.registrar}
        placeholder={preset?.registrarExample ?? 'sip.example.com'}
        required={isAskedFor}
        maxLength={300}
        code
        disabled={disabled}
        onInput={(registrar) => onChange({ registrar })}
      />
      <div class="plate-pair">
        <TextInput
          label={t.user}
          hint={t.userHint}
          value={account.user}
          {...(preset?.userExample ? { placeholder: preset.userExample } : {})}
          required={isAskedFor}
          maxLength={128}
          code
          disabled={disabled}
          onInput={(user) => onChange({ user })}
        />
        <TextInput
          type="password"
          label={t.password}
          hint={kept ? t.passwordKept : t.passwordHint}
          value={account.password}
          required={isAskedFor && !kept}
          maxLength={256}
          autocomplete="new-password"
          disabled={disabled}
          onInput={(password) => onChange({ password })}
        />
      </div>
      {(preset === null || preset.authUser || account.authUser !== '') && (
        <TextInput
          label={t.authUser}
          hint={t.authUserHint}
          value={account.authUser}
          maxLength={128}
          code
          disabled={disabled}
          onInput={(authUser) => onChange({ authUser })}
        />
      )}
    </>
  )
}
