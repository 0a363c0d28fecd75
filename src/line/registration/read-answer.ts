import { isIP } from 'node:net'
import { contactsOf, expiresOf, parseSipUri, type SipResponse, topVia } from '../../sip/index.ts'
import { optionTags, parseSeconds } from '../../sip/message/read.ts'
import type { SocketAddress } from '../../sip/transport/transport.ts'
import type { Problem, RegistrationFact } from './facts.ts'

/** What we asked for, as far as the answer is about it. */
export interface Asked {
  /** The URI in our Contact. */
  readonly contact: string
  /** Which device we are, among the others of the account (RFC 5626 §4.1). */
  readonly instance: string
  readonly expirySeconds: number
  /** Where it went, as the owner reads it: `udp 192.0.2.7:5060`. */
  readonly server: string
  readonly chance: number
}

/** What a final response to a REGISTER means (RFC 3261 §10.2.4–§10.2.8). */
export function readAnswer(response: SipResponse, asked: Asked): RegistrationFact {
  const { status, reason, headers } = response
  const { server, chance } = asked
  const problem = (code: Problem['code']): Problem => ({ code, detail: `${server}: ${status} ${reason}` })
  if (status < 300) {
    const expirySeconds = grantedSeconds(response, asked)
    return expirySeconds > 0
      ? { kind: 'accepted', expirySeconds, chance }
      : { kind: 'refused', problem: problem('AP_REGISTRAR_REFUSED'), chance }
  }
  if (status === 423) {
    const leastSeconds = parseSeconds(headers.first('Min-Expires')) ?? 0
    return { kind: 'too-brief', leastSeconds, problem: problem('AP_REGISTRAR_REFUSED'), chance }
  }
  if (status === 401 || status === 403 || status === 407)
    return { kind: 'refused', problem: problem('AP_REGISTRAR_LOGIN_REFUSED'), chance }
  // RFC 3263 §4.3 takes 503 and silence for a reason to go on to the next place. A server that says 408, 480 or any other
  // 5xx has not looked at us either.
  if (status >= 500 && status < 600 ? status !== 501 && status !== 505 : status === 408 || status === 480) {
    const retryAfterSeconds = parseSeconds(/^\d+/.exec(headers.first('Retry-After') ?? '')?.[0])
    return {
      kind: 'failed',
      problem: problem('AP_REGISTRAR_IN_TROUBLE'),
      chance,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    }
  }
  return { kind: 'refused', problem: problem('AP_REGISTRAR_REFUSED'), chance }
}

/**
 * How long the registration lasts: what stands at our Contact, else in Expires, else what we asked for (§10.2.4). Those of
 * the account's other devices stand beside it. A registrar that sees us behind a NAT may have written another host into our
 * Contact: it is known by its instance, and a lone one is ours.
 */
function grantedSeconds(response: SipResponse, { contact, instance, expirySeconds }: Asked): number {
  const contacts = contactsOf(response)
  const all = contacts === '*' || contacts === undefined ? [] : contacts
  const wanted = parseSipUri(contact)
  const ours =
    all.find(({ params }) => params.get('+sip.instance') === `<${instance}>`) ??
    all.find(({ uri }) => {
      const found = parseSipUri(uri)
      return found?.user === wanted?.user && found?.host === wanted?.host && found?.port === wanted?.port
    }) ??
    (all.length === 1 ? all[0] : undefined)
  return parseSeconds(ours?.params.get('expires')) ?? expiresOf(response) ?? expirySeconds
}

/** Where the server saw the request come from (RFC 3261 §18.2.1, RFC 3581 §4); undefined where it does not say. */
export function seenAs(response: SipResponse): SocketAddress | undefined {
  const via = topVia(response)
  const address = via?.params.get('received')
  const port = Number(via?.params.get('rport'))
  if (!address || isIP(address) === 0 || !(port > 0 && port < 65_536)) return undefined
  return { address, port }
}

/** What a registrar says that keeps a flow for us. */
export interface OutboundTerms {
  /** It takes the flow for failed when nothing came by it for longer than that. */
  readonly flowTimerSeconds: number | undefined
}

/** RFC 5626 §6: with `Require: outbound` our Contact stands for the flow by which we registered. Undefined without. */
export function outboundTermsOf(response: SipResponse): OutboundTerms | undefined {
  if (!optionTags(response, 'Require').includes('outbound')) return undefined
  const seconds = parseSeconds(response.headers.first('Flow-Timer'))
  return {
    flowTimerSeconds: seconds === undefined ? undefined : Math.max(seconds, SHORTEST_FLOW_TIMER_SECONDS),
  }
}

/** Nobody makes us ping all the time. */
const SHORTEST_FLOW_TIMER_SECONDS = 5

/** Routes that requests of ours are to take (RFC 3608 §5). */
export function serviceRoutesOf(response: SipResponse): readonly string[] {
  return response.headers.values('Service-Route')
}
