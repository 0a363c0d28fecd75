import type { SipRequest } from '../sip/message/message.ts'
import { type NameAddress, parseNameAddress } from '../sip/message/name-address.ts'
import { fromOf } from '../sip/message/read.ts'
import { parseTelUri } from '../sip/message/tel-uri.ts'
import { parseSipUri } from '../sip/message/uri.ts'

/** Who is calling, as far as the line says so. */
export interface CallerIdentity {
  /** The number, or the user part of a SIP address, as the line writes it; null when it is withheld. */
  readonly number: string | null
  readonly name: string | null
}

const WITHHELD: CallerIdentity = { number: null, name: null }

/**
 * Reads the caller's identity: P-Asserted-Identity first (RFC 3325: the trunk, which we trust, vouches for it), then
 * From. A caller who asks for privacy (RFC 3323 §4.2, RFC 3325 §9.3) is withheld even if the line tells us who it is.
 */
export function identifyCaller(request: SipRequest): CallerIdentity {
  const privacy = request.headers.first('Privacy')?.toLowerCase().split(';') ?? []
  if (privacy.some((wish) => ['id', 'user', 'header'].includes(wish.trim()))) return WITHHELD
  const asserted = request.headers
    .values('P-Asserted-Identity')
    .map(parseNameAddress)
    .find((one) => one !== undefined)
  const from = fromOf(request)
  const shown = asserted ?? from
  if (!shown) return WITHHELD
  const number = numberOf(shown.uri)
  if (number === null) return WITHHELD
  return { number, name: nameOf(shown, number) ?? (from && nameOf(from, number)) ?? null }
}

function numberOf(uri: string): string | null {
  const tel = parseTelUri(uri)
  if (tel) return tel.number
  const sip = parseSipUri(uri)
  const user = sip?.user
  // RFC 3323 §4.1.1.3: an anonymous caller has this address.
  if (user === undefined || /^anonymous$/i.test(user) || /\.invalid$/i.test(sip?.host ?? '')) return null
  return user
}

/** A display name that says more than the number does. */
function nameOf({ displayName }: NameAddress, number: string): string | undefined {
  const name = displayName?.trim()
  if (!name || name === number || /^anonymous$/i.test(name)) return undefined
  return name.slice(0, 128)
}
