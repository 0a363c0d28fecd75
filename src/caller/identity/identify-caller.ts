import type { CallerFacts, IdentitySource } from '../../rules/caller-facts.ts'
import type { SaidHeader, SaidHeaderName } from '../../shared/said-header.ts'
import { type Numbering, toE164 } from '../../shared/telephone-number.ts'
import type { Headers } from '../../sip/message/headers.ts'
import { type Diverter, readDiversions } from './diversions.ts'
import type { Party } from './party.ts'
import { type IdentityHeaders, readIdentityHeaders, type Said } from './read-headers.ts'
import { spamHints } from './spam-hints.ts'
import { readVerstat } from './verstat.ts'

/** What of the line decides how its headers are read. */
export interface IdentitySettings extends Numbering {
  /** Its provider's `verstat` is believed. */
  readonly trustVerstat: boolean
}

/** Who is calling, and what the line said of it, header by header. */
export interface Identified {
  readonly facts: CallerFacts
  readonly said: readonly SaidHeader[]
}

/**
 * Reads the caller's identity: P-Asserted-Identity first (RFC 3325: the trunk, which we trust, vouches for it), then
 * Remote-Party-ID, which says the same in an older way, then From. Remote-Party-ID counts with `screen=no` too: PBXs
 * write that of any caller from outside, and the account into From. A caller who asks for privacy (RFC 3323 §4.2,
 * RFC 3325 §9.3) is withheld even if the line tells us who it is; what it said of him then names nobody here either.
 */
export function identifyCaller(headers: Headers, settings: IdentitySettings): Identified {
  const read = readIdentityHeaders(headers)
  const { from, asserted, remoteParty, callInfo } = read
  // A trunk that puts in only itself names nobody.
  const named = [
    ...sourced('p-asserted-identity', asserted),
    ...sourced('remote-party-id', remoteParty),
    ...sourced('from', from ? [from] : []),
  ]
  const shown = named.find(({ said }) => said.party.number !== null || said.party.isAnonymous) ?? named.at(-1)
  const party = shown?.said.party
  const wish = wishOf(read, shown?.said)
  const withheldBy = wish === 'all' ? 'caller' : !party || party.isAnonymous ? 'network' : null
  const visible = withheldBy === null && shown ? shown : undefined
  const name = visible && wish !== 'name' ? (party?.name ?? nameIn(from, party?.number ?? null)) : null
  const diverters = readDiversions(read)
  const e164Of = ({ number, context }: Party) => number && toE164(number, settings, context)

  return {
    facts: {
      number: visible?.said.party.number ?? null,
      e164: (visible && e164Of(visible.said.party)) || null,
      name,
      withheldBy,
      source: visible?.source ?? null,
      divertedFrom: diverters.map(({ said, reason, isPrivate }) => ({
        number: isPrivate ? null : said.party.number,
        e164: isPrivate ? null : e164Of(said.party) || null,
        reason,
      })),
      attestation: settings.trustVerstat ? readVerstat(read, headers) : null,
      spamHints: spamHints(name, callInfo),
    },
    said: listSaid(read, diverters, wish === 'all'),
  }
}

const sourced = (source: IdentitySource, all: readonly Said[]) => all.map((said) => ({ source, said }))

/** `all`: number and name; `name`: only that, which Remote-Party-ID knows. */
type Wish = 'all' | 'name' | 'none'

/** What the caller does not want to be told, by Privacy, or by the Remote-Party-ID that names him (draft §5.4). */
function wishOf({ privacy, remoteParty }: IdentityHeaders, shown: Said | undefined): Wish {
  if (privacy.some((wish) => ['id', 'user', 'header'].includes(wish))) return 'all'
  const wishes = remoteParty.map(({ party }) => party.params.get('privacy')?.toLowerCase())
  if (wishes.some((wish) => wish === 'full' || wish === 'uri')) return 'all'
  return shown?.party.params.get('privacy')?.toLowerCase() === 'name' ? 'name' : 'none'
}

/** The name in From, where only the number is vouched for. */
function nameIn(from: Said | undefined, number: string | null): string | null {
  return from && !from.party.isAnonymous && from.party.name !== number ? from.party.name : null
}

/** Each header by its name. What is withheld is not kept anywhere: only that the header was there. */
function listSaid(
  read: IdentityHeaders,
  diverters: readonly Diverter[],
  isHidden: boolean,
): readonly SaidHeader[] {
  const show = (
    header: SaidHeaderName,
    { value, party }: Said,
    hide = isHidden,
    reason: string | null = null,
  ) => ({
    header,
    value: hide ? '' : value,
    number: hide ? null : party.number,
    name: hide ? null : party.name,
    reason,
  })
  const diverter = (said: Said) => diverters.find((one) => one.said === said)
  const way = (header: 'Diversion' | 'History-Info', all: readonly Said[]) =>
    all.map((said) =>
      show(
        header,
        said,
        diverter(said)?.isPrivate ?? /[?&]privacy=/i.test(said.value),
        diverter(said)?.reason ?? null,
      ),
    )
  const plain = (header: SaidHeaderName, value: string) => ({
    header,
    value,
    number: null,
    name: null,
    reason: null,
  })
  return [
    ...(read.from ? [show('From', read.from)] : []),
    ...read.asserted.map((said) => show('P-Asserted-Identity', said)),
    ...read.remoteParty.map((said) => show('Remote-Party-ID', said)),
    ...(read.privacy.length > 0 ? [plain('Privacy', read.privacy.join('; '))] : []),
    ...way('Diversion', read.diversion),
    ...way('History-Info', read.history),
    ...read.callInfo.map((value) => plain('Call-Info', value)),
  ]
}
