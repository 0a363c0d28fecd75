import { type NameAddress, parseNameAddress } from '../../sip/message/name-address.ts'
import type { Params } from '../../sip/message/params.ts'
import { subscriberOf } from '../../sip/message/subscriber.ts'
import { parseTelUri } from '../../sip/message/tel-uri.ts'
import { parseSipUri } from '../../sip/message/uri.ts'
import { readable } from './readable.ts'

/** Somebody whom a header names. */
export interface Party {
  /** The number, or the user part of a SIP address; null when the address names nobody, or is an anonymous one. */
  readonly number: string | null
  readonly name: string | null
  /** The address is one of those that stand for nobody. */
  readonly isAnonymous: boolean
  /** `phone-context` of the number (RFC 3966 §5.1.5). */
  readonly context: string | undefined
  /** `verstat` of the number or of the address, as it is written (3GPP TS 24.229 §7.2A.20). */
  readonly verstat: string | undefined
  /** The header's own parameters. */
  readonly params: Params
  /** What follows the question mark of a SIP URI; undefined where nothing does. */
  readonly uriHeaders: string | undefined
  /** A parameter of the SIP URI. */
  uriParam(name: string): string | undefined
}

/**
 * Users that networks put where they may not say who calls. RFC 3323 §4.1.1.3 has only the first; the others are met
 * with providers that turn the indicator of the telephone network into a name.
 */
const NOBODY = /^(?:anonymous|restricted|unavailable|private|unknown|withheld|asserted-identity-withheld)$/i

/** Reads one value of From or a header like it; undefined when it is broken. */
export function readParty(value: string): Party | undefined {
  const address = parseNameAddress(value)
  return address && partyOf(address)
}

export function partyOf(address: NameAddress): Party {
  const { uri, params } = address
  const sip = parseSipUri(uri)
  const user = subscriberOf(uri)
  // RFC 3261 §19.1.6: the parameters of a number move into the user part.
  const [, ...inUser] = sip?.user?.split(';', 8) ?? []
  const ofNumber = (name: string): string | undefined =>
    parseTelUri(uri)?.params.get(name) ?? parameterIn(inUser, name)
  const isAnonymous = NOBODY.test(user ?? '') || /\.invalid$/i.test(sip?.host ?? '')
  const number = isAnonymous ? null : (readable(user) ?? null)
  const name = readable(address.displayName) ?? null
  return {
    number,
    // Many repeat the number where the name belongs.
    name: name === number || NOBODY.test(name ?? '') ? null : name,
    isAnonymous,
    context: ofNumber('phone-context'),
    verstat: ofNumber('verstat') ?? sip?.params.get('verstat') ?? params.get('verstat'),
    params,
    uriHeaders: sip?.headers,
    uriParam: (name) => sip?.params.get(name),
  }
}

function parameterIn(parameters: readonly string[], name: string): string | undefined {
  const found = parameters.find((one) => one.toLowerCase().startsWith(`${name}=`))
  return found?.slice(name.length + 1)
}
