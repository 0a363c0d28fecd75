import { formatSipUri, parseSipUri } from '../sip/index.ts'

/** The account of a line, as `store/model.ts` has it. */
export interface LineAccount {
  readonly registrar: string
  readonly user: string
  readonly authUser: string | null
  readonly password: string
  readonly outboundProxy: string | null
  readonly expirySeconds: number
}

const PLAIN = { scheme: 'sip', password: undefined, params: new Map(), headers: undefined } as const

/** URIs at the domain of an account. */
export function urisOf(account: Pick<LineAccount, 'registrar' | 'user'>) {
  const { host, port } = parseSipUri(account.registrar) ?? { host: '', port: undefined }
  const at = (user: string | undefined, port: number | undefined) =>
    formatSipUri({ ...PLAIN, user, host, port })
  return {
    /** Where it registers, and who is called there. */
    domain: at(undefined, port),
    called: (number: string) => at(number, port),
    /** Who registers (RFC 3261 §10.2). */
    addressOfRecord: at(account.user, undefined),
  }
}

/** Who the account is where it is asked to prove it. */
export const loginOf = ({ user, authUser, password }: LineAccount) => ({ user: authUser ?? user, password })
