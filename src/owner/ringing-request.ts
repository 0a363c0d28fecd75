import { isIPv6 } from 'node:net'
import type { InviteOptions } from '../sip/endpoint.ts'
import { formatNameAddress, type NameAddress } from '../sip/message/name-address.ts'
import { formatSipUri } from '../sip/message/uri.ts'
import type { Leg } from './leg/leg.ts'
import type { Binding } from './registrar/registrar.ts'

/** Whom a phone shows as calling. */
export interface ShownCaller {
  /** Null: withheld. */
  readonly number: string | null
  /** The same in E.164, where that is known. */
  readonly e164?: string | null
  readonly name: string | null
  /** What stands before the name. */
  readonly label?: string | null
}

/** What a phone may ring differently for (RFC 7462 §8). */
export type CallerClass = 'outside' | 'withheld' | 'house'

const ALERTS: Readonly<Record<CallerClass, string>> = {
  outside: '<urn:alert:source:external>',
  withheld: '<urn:alert:source:unclassified>',
  house: '<urn:alert:source:internal>',
}

export interface RingingRequest {
  readonly binding: Binding
  /** Our address, as this phone reaches it. */
  readonly host: string
  readonly caller: ShownCaller
  readonly callerClass: CallerClass
  /** The phone shall answer by itself. */
  readonly autoAnswer: boolean
  /** The phone's dialog, as we have it, whose place this call takes. */
  readonly replaces?: Leg['dialog'] | undefined
  /** The call's id in the API, for a page that rings; calls within the house have none. */
  readonly callId?: string | undefined
}

/** The INVITE to one binding of a phone, but for its body. */
export function ringingRequest(options: RingingRequest): Omit<InviteOptions, 'body'> {
  const { binding, host, caller, callerClass, autoAnswer, replaces, callId } = options
  const from = shownAs(caller, host)
  return {
    uri: binding.contact,
    toUri: formatSipUri(sipUri(binding.phone, host)),
    to: binding.to,
    routes: binding.routes,
    from,
    headers: [
      // RFC 3325: we are who the phone trusts. Phones show it where they show no From.
      ...(caller.number === null ? [] : [['P-Asserted-Identity', formatNameAddress(from)] as const]),
      ...(callId === undefined ? [] : [['Answerphone-Call', callId] as const]),
      ...(replaces ? [['Replaces', replacesOf(replaces)] as const] : []),
      ...(autoAnswer ? autoAnswerHeaders(host) : [['Alert-Info', ALERTS[callerClass]] as const]),
    ],
  }
}

/** RFC 3323 §4.1.1.3 for a caller who is withheld. */
export function shownAs({ number, name, label = null }: ShownCaller, host: string): NameAddress {
  const labelled = (shown: string | null) => (label === null ? shown : `${label} ${shown ?? ''}`.trim())
  if (number === null)
    return {
      displayName: labelled('Anonymous') ?? undefined,
      uri: 'sip:anonymous@anonymous.invalid',
      params: new Map(),
    }
  return {
    displayName: labelled(name) ?? undefined,
    uri: formatSipUri(sipUri(number, host)),
    params: new Map(),
  }
}

/**
 * RFC 5373 asks politely; most phones know only one of the two older forms: Call-Info with answer-after (Snom, Grandstream,
 * Linphone), Alert-Info with alert-autoanswer (Yealink, Polycom, Cisco).
 */
function autoAnswerHeaders(host: string): readonly (readonly [string, string])[] {
  const address = isIPv6(host) ? `[${host}]` : host
  return [
    ['Answer-Mode', 'Auto'],
    ['Call-Info', `<sip:${address}>;answer-after=0`],
    ['Alert-Info', `<http://${address}>;info=alert-autoanswer;delay=0`],
  ]
}

/** RFC 3891 §6.1: the tags as the phone has them, whose own is the remote one to us. */
const replacesOf = ({ callId, localTag, remoteTag = '' }: Leg['dialog']) =>
  `${callId};to-tag=${remoteTag};from-tag=${localTag}`

const sipUri = (user: string, host: string) => ({
  scheme: 'sip' as const,
  user,
  password: undefined,
  host,
  port: undefined,
  params: new Map(),
  headers: undefined,
})
