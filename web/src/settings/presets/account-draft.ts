import type { LinePreset } from '../../../../src/api/contract.ts'

/** An account as it is typed in. */
export interface AccountDraft {
  readonly registrar: string
  readonly user: string
  readonly authUser: string
  /** Empty: it stays as it is. */
  readonly password: string
}

export const noAccount: AccountDraft = { registrar: '', user: '', authUser: '', password: '' }

/** The account as the API takes it; null: nothing was typed in. */
export function accountInput({ registrar, user, authUser, password }: AccountDraft) {
  if (registrar.trim() === '') return null
  return {
    registrar: registrar.trim(),
    user: user.trim(),
    authUser: authUser.trim() === '' ? null : authUser.trim(),
    ...(password === '' ? {} : { password }),
  }
}

/** What a preset fills in: an account to be completed, or the addresses that calls come from. */
export const givenBy = ({ kind, registrar, trunk }: LinePreset) =>
  kind === 'registers'
    ? { ...noAccount, registrar: registrar ?? '', trunk: [...trunk] }
    : { ...noAccount, trunk: trunk.length > 0 ? [...trunk] : [''] }
