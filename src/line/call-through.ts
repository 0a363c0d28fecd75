import type { InviteOptions } from '../sip/endpoint.ts'
import { formatNameAddress } from '../sip/message/name-address.ts'
import { type LineAccount, loginOf, urisOf } from './account.ts'
import type { Way } from './register-line.ts'

/**
 * The INVITE by which an account calls a number, but for its body: at the provider's domain, as whoever is registered, the
 * way that the registration goes. The number stays as it was dialled.
 */
export function callThrough(account: LineAccount, way: Way, number: string): Omit<InviteOptions, 'body'> {
  const { called, addressOfRecord } = urisOf(account)
  const from = { displayName: undefined, uri: addressOfRecord, params: new Map() }
  return {
    ...way,
    uri: called(number),
    from,
    // RFC 3325 §9.2: which of its identities the provider is to show; it knows whether we may.
    headers: [['P-Preferred-Identity', formatNameAddress(from)]],
    credentials: loginOf(account),
  }
}
