import { destinationOf, type Peer } from '../../sip/dialog/destination.ts'
import { type NameAddress, parseNameAddress } from '../../sip/message/name-address.ts'
import {
  callIdOf,
  contactsOf,
  cseqOf,
  expiresOf,
  fromOf,
  optionTags,
  parseSeconds,
  toOf,
  topVia,
} from '../../sip/message/read.ts'
import { parseSipUri, schemeOf } from '../../sip/message/uri.ts'
import type { ReceivedRequest } from '../../sip/transaction/layer.ts'
import type { Destination, Source } from '../../sip/transport/transport.ts'

/** A final response that refuses a REGISTER. */
export interface RegisterRefusal {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** What one contact of a REGISTER asks for. */
export interface ContactWish {
  /** Its URI. */
  readonly contact: string
  readonly q: number
  /** What it will get; 0 to be removed. */
  readonly expiresSeconds: number
  readonly instance: string | null
  readonly regId: number | null
}

/** What a REGISTER says, as far as the bindings are concerned. */
export interface RegisterFacts {
  readonly phone: string
  readonly callId: string
  readonly cseq: number
  readonly source: Source
  readonly direct: boolean
  readonly to: Destination
  readonly routes: readonly string[]
  readonly userAgent: string
  /** RFC 5626 applies: the phone supports it, and so does its first hop. */
  readonly outbound: boolean
  /** An empty list asks for the bindings that there are (RFC 3261 §10.2.3). */
  readonly wish: 'remove-all' | readonly ContactWish[]
}

export const LIMITS = {
  /** Of one phone; past it the one that lapses first gives way. */
  bindings: 10,
  shortestSeconds: 60,
  longestSeconds: 3600,
  /** For a phone that asks for nothing: whoever is switched off is gone ten minutes later. */
  defaultSeconds: 600,
  /** Of a contact's URI, a Path value and their like. */
  textLength: 1024,
  routes: 10,
} as const

/** RFC 3261 §20.10, §20.19: what a malformed expiry counts as. */
const MALFORMED_SECONDS = 3600

/** The extensions that a REGISTER may require of us. */
const KNOWN_EXTENSIONS = ['path', 'outbound']

/** Reads a REGISTER of this phone, in the order of RFC 3261 §10.3; a refusal when it can't be granted. */
export function readRegister(request: ReceivedRequest, phone: string): RegisterFacts | RegisterRefusal {
  const unknown = optionTags(request, 'Require').filter((tag) => !KNOWN_EXTENSIONS.includes(tag))
  if (unknown.length > 0) return refusal(420, ['Unsupported', unknown.join(', ')])
  // §10.3, steps 4 and 5. Nobody registers for somebody else: no third parties (§10.2).
  if (!names(toOf(request), phone) || !names(fromOf(request), phone)) return refusal(403)

  const { source, headers } = request
  const routes = headers.values('Path')
  const hop = routes[0] === undefined ? undefined : parseNameAddress(routes[0])
  if (routes[0] !== undefined && hop === undefined) return refusal(400)
  const direct = headers.values('Via').length === 1 && routes.length === 0
  const wish = readWish(request)
  if (typeof wish === 'object' && 'status' in wish) return wish
  const tooLong = [...routes, callIdOf(request) ?? ''].some((text) => text.length > LIMITS.textLength)
  if (tooLong || routes.length > LIMITS.routes) return refusal(513)

  const asksOutbound = wish !== 'remove-all' && wish.some(({ regId }) => regId !== null)
  const supportsOutbound = optionTags(request, 'Supported').includes('outbound')
  const outbound = asksOutbound && supportsOutbound
  // RFC 5626 §6: a proxy between us must keep the flow, which it says by `ob` in its Path.
  if (outbound && !direct && !parseSipUri(parseNameAddress(routes.at(-1) ?? '')?.uri ?? '')?.params.has('ob'))
    return refusal(439)

  return {
    phone,
    callId: callIdOf(request) ?? '',
    cseq: cseqOf(request)?.number ?? 0,
    source,
    direct,
    to: hop ? hopFrom(hop.uri, { source, sentBy: topVia(request)?.host }) : source,
    routes,
    userAgent: (headers.first('User-Agent') ?? '').slice(0, 200),
    outbound,
    wish,
  }
}

/**
 * The first hop of a Path, where it is at the address that the REGISTER came from; the way back otherwise. A phone that
 * could name any other would have us call whom it likes: a gateway that trusts our address, say.
 */
export function hopFrom(uri: string, peer: Peer): Destination {
  const to = destinationOf(uri, peer)
  return to.address === peer.source.address ? to : peer.source
}

function readWish(request: ReceivedRequest): RegisterFacts['wish'] | RegisterRefusal {
  const contacts = contactsOf(request)
  if (contacts === undefined) return refusal(400)
  if (contacts === '*') {
    // RFC 3261 §10.3, step 6: only to remove everything.
    return expiresOf(request) === 0 ? 'remove-all' : refusal(400)
  }
  if (contacts.length > LIMITS.bindings) return refusal(400)
  const byDefault = secondsOf(request.headers.first('Expires'), LIMITS.defaultSeconds)
  const wishes: ContactWish[] = []
  for (const contact of contacts) {
    const asked = contact.params.has('expires')
      ? secondsOf(contact.params.get('expires') ?? '', 0)
      : byDefault
    // Step 7: too brief.
    if (asked > 0 && asked < LIMITS.shortestSeconds)
      return refusal(423, ['Min-Expires', String(LIMITS.shortestSeconds)])
    const scheme = schemeOf(contact.uri)
    if (scheme !== 'sip' && scheme !== 'sips') return refusal(400)
    if (contact.uri.length > LIMITS.textLength) return refusal(513)
    wishes.push({
      contact: contact.uri,
      q: qOf(contact.params.get('q')),
      expiresSeconds: Math.min(asked, LIMITS.longestSeconds),
      ...identityOf(contact),
    })
  }
  // RFC 5626 §6: a flow is one contact.
  const live = wishes.filter(({ expiresSeconds }) => expiresSeconds > 0)
  if (live.length > 1 && live.some(({ regId }) => regId !== null)) return refusal(400)
  return wishes
}

/** RFC 5626 §4.1, §4.2; a reg-id without an instance counts for nothing (§6). */
function identityOf({ params }: NameAddress): Pick<ContactWish, 'instance' | 'regId'> {
  const instance = params.get('+sip.instance')?.slice(0, 200) || null
  const regId = params.get('reg-id') ?? ''
  return { instance, regId: instance !== null && /^[1-9]\d{0,8}$/.test(regId) ? Number(regId) : null }
}

function secondsOf(text: string | undefined, absent: number): number {
  return text === undefined ? absent : (parseSeconds(text) ?? MALFORMED_SECONDS)
}

/** RFC 3261 §25.1 qvalue. */
function qOf(text: string | undefined): number {
  return text !== undefined && /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 1
}

/** Names of phones differ in more than case. */
function names(address: NameAddress | undefined, phone: string): boolean {
  return parseSipUri(address?.uri ?? '')?.user?.toLowerCase() === phone.toLowerCase()
}

function refusal(status: number, ...headers: RegisterRefusal['headers']): RegisterRefusal {
  return { status, headers }
}
