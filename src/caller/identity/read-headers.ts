import type { Headers } from '../../sip/message/headers.ts'
import { type Party, readParty } from './party.ts'
import { readable } from './readable.ts'

/** What of an INVITE says who is calling, each header by its name. All lists are bounded; broken values are left out. */
export interface IdentityHeaders {
  readonly from: Said | undefined
  /** RFC 3325 §9.1: there may be two, a SIP and a tel URI. */
  readonly asserted: readonly Said[]
  /** draft-ietf-sip-privacy-04 §5, which was never finished and is sent by many: those that are about the caller. */
  readonly remoteParty: readonly Said[]
  /** In lower case (RFC 3323 §4.2). */
  readonly privacy: readonly string[]
  /** RFC 5806 §4, the last one first. */
  readonly diversion: readonly Said[]
  /** RFC 7044 §5, in order of the call's way. */
  readonly history: readonly Said[]
  /** draft-ietf-sipcore-callinfo-spam: the values as they are. */
  readonly callInfo: readonly string[]
}

/** A value and the party that it names. */
export interface Said {
  readonly value: string
  readonly party: Party
}

const MOST = { asserted: 4, remoteParty: 4, diversion: 8, history: 16, callInfo: 4, privacy: 8 } as const
/** Longer values are not read: they are no address that anybody has. */
const LONGEST_READ = 20_000
const LONGEST_SHOWN = 300

export function readIdentityHeaders(headers: Headers): IdentityHeaders {
  const said = (name: string, most: number): Said[] =>
    headers
      .values(name)
      .slice(0, most)
      .flatMap((value) => saidIn(value) ?? [])
  const [from] = headers.all('From').flatMap((value) => saidIn(value) ?? [])
  return {
    from,
    asserted: said('P-Asserted-Identity', MOST.asserted),
    remoteParty: said('Remote-Party-ID', MOST.remoteParty).filter(
      ({ party }) => (party.params.get('party') ?? 'calling').toLowerCase() === 'calling',
    ),
    privacy: (headers.first('Privacy') ?? '')
      .slice(0, 200)
      .toLowerCase()
      .split(/[;,]/, MOST.privacy)
      .map((wish) => wish.trim())
      .filter((wish) => wish !== ''),
    diversion: said('Diversion', MOST.diversion),
    history: said('History-Info', MOST.history),
    callInfo: headers
      .values('Call-Info')
      .slice(0, MOST.callInfo)
      .flatMap((value) => readable(value, LONGEST_SHOWN) ?? []),
  }
}

function saidIn(value: string): Said | undefined {
  const party = value.length > LONGEST_READ ? undefined : readParty(value)
  return party && { value: readable(value, LONGEST_SHOWN) ?? '', party }
}
