import type { LinePreset } from '../../../../src/api/contract.ts'

/** An account as it is typed in. */
export interface AccountDraft {
  readonly registrar: string
  readonly user: string
  readonly authUser: string
  /** Empty: it stays as it is. */
  readonly password: string
  /** Null: as always. Only a preset sets it. */
  readonly expirySeconds: number | null
}

export const noAccount: AccountDraft = {
  registrar: '',
  user: '',
  authUser: '',
  password: '',
  expirySeconds: null,
}

/** The account as the API takes it; null: nothing was typed in. */
export function accountInput({ registrar, user, authUser, password, expirySeconds }: AccountDraft) {
  if (registrar.trim() === '') return null
  return {
    registrar: registrar.trim(),
    user: user.trim(),
    authUser: authUser.trim() === '' ? null : authUser.trim(),
    ...(password === '' ? {} : { password }),
    ...(expirySeconds === null ? {} : { expirySeconds }),
  }
}

/** What a preset fills in: an account to be completed, or the addresses that calls come from; and what a line is there. */
export function givenBy({ kind, registrar, trunk, country, line }: LinePreset) {
  const { expirySeconds = null, internal = 'ring', internalDigits = 0, trustVerstat = false } = line
  const place = { country: country ?? '', trustVerstat }
  const given = { ...noAccount, ...place, expirySeconds, internal, internalDigits } as const
  return kind === 'registers'
    ? { ...given, registrar: registrar ?? '', trunk: [...trunk] }
    : { ...given, trunk: trunk.length > 0 ? [...trunk] : [''] }
}
