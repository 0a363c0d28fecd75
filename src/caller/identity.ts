import type { SipRequest } from '../sip/message/message.ts'
import { type NameAddress, parseNameAddress } from '../sip/message/name-address.ts'
import { fromOf } from '../sip/message/read.ts'
import { subscriberOf } from '../sip/message/subscriber.ts'
import { parseSipUri } from '../sip/message/uri.ts'

/** Who is calling, as far as the line says so. */
export interface CallerIdentity {
  /** The number, or the user part of a SIP address, as the line writes it; null when it is withheld. */
  readonly number: string | null
  readonly name: string | null
}

const WITHHELD: CallerIdentity = { number: null, name: null }
/** Characters of a number or name that are kept. */
const LONGEST = 128

/**
 * Reads the caller's identity: P-Asserted-Identity first (RFC 3325: the trunk, which we trust, vouches for it), then
 * From. A caller who asks for privacy (RFC 3323 §4.2, RFC 3325 §9.3) is withheld even if the line tells us who it is.
 */
export function identifyCaller(request: SipRequest): CallerIdentity {
  const privacy = request.headers.first('Privacy')?.toLowerCase().split(';') ?? []
  if (privacy.some((wish) => ['id', 'user', 'header'].includes(wish.trim()))) return WITHHELD
  const asserted = request.headers
    .values('P-Asserted-Identity')
    .map((value) => parseNameAddress(value))
    // RFC 3325 §9.1: there may be two, a SIP and a tel URI; a trunk that puts in only itself names nobody.
    .find((one) => one !== undefined && subscriberOf(one.uri) !== undefined)
  const from = fromOf(request)
  const shown = asserted ?? from
  if (!shown || isAnonymous(shown.uri)) return WITHHELD
  const number = plain(subscriberOf(shown.uri)) ?? null
  return { number, name: nameOf(shown, number) ?? (from && nameOf(from, number)) ?? null }
}

/** RFC 3323 §4.1.1.3: an anonymous caller has the address `anonymous@anonymous.invalid`. */
function isAnonymous(uri: string): boolean {
  return /^anonymous$/i.test(subscriberOf(uri) ?? '') || /\.invalid$/i.test(parseSipUri(uri)?.host ?? '')
}

/** A display name that says more than the number does. */
function nameOf({ displayName }: NameAddress, number: string | null): string | undefined {
  const name = plain(displayName)
  return name === number || /^anonymous$/i.test(name ?? '') ? undefined : name
}

/** What people may read: bounded, without control characters and those that turn the direction of writing. */
function plain(text: string | undefined): string | undefined {
  const readable = text?.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim()
  return readable?.slice(0, LONGEST) || undefined
}
