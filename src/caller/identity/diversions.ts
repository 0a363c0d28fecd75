import type { IdentityHeaders, Said } from './read-headers.ts'
import { readable } from './readable.ts'

/** Somebody who sent the call on, and why. */
export interface Diverter {
  readonly said: Said
  /** As RFC 5806 §4 names reasons, in lower case; null where none is given. */
  readonly reason: string | null
  /** He asks that nobody be told (RFC 5806 §4 `privacy`, RFC 7044 §10.1.2). */
  readonly isPrivate: boolean
}

/** RFC 4458 §2.1 as RFC 7544 §6 turns it into reasons of Diversion. */
const CAUSES: Readonly<Record<string, string>> = {
  302: 'unconditional',
  404: 'unknown',
  408: 'no-answer',
  480: 'deflection',
  486: 'user-busy',
  487: 'deflection',
  503: 'unavailable',
}
/** RFC 5806 §4: `diversion-reason` is a token. */
const REASON = /^[a-z0-9-]{1,32}$/

/**
 * Through whom the call came, the last one first. Diversion where the line sends it; History-Info else, which tells the
 * same (RFC 7544).
 */
export function readDiversions({ diversion, history }: IdentityHeaders): readonly Diverter[] {
  return diversion.length > 0 ? diversion.map(fromDiversion) : fromHistory(history)
}

function fromDiversion(said: Said): Diverter {
  const { params } = said.party
  const reason = params.get('reason')?.toLowerCase() ?? ''
  const privacy = params.get('privacy')?.toLowerCase() ?? 'off'
  return { said, reason: REASON.test(reason) ? reason : null, isPrivate: privacy !== 'off' }
}

/**
 * RFC 7044 §5.1: each entry is a place to which the call was sent. Who sent it on from there is the entry that has a
 * Reason, or that a `cause` in the next one explains (RFC 4458 §2.1), or that the next one names as whence it was mapped.
 */
function fromHistory(history: readonly Said[]): readonly Diverter[] {
  const diverters: Diverter[] = []
  for (const [at, said] of history.entries()) {
    const next = history[at + 1]
    if (!next) break // The last one is where the call came in the end: here.
    const headers = new URLSearchParams((said.party.uriHeaders ?? '').slice(0, 500))
    const cause = next.party.uriParam('cause') ?? causeIn(uriHeader(headers, 'reason'))
    const index = said.party.params.get('index')
    const isMapped = index !== undefined && next.party.params.get('mp') === index
    if (cause === undefined && !isMapped) continue
    const privacy = uriHeader(headers, 'privacy')?.toLowerCase().split(';') ?? []
    diverters.unshift({
      said,
      reason: (cause !== undefined && CAUSES[cause]) || null,
      isPrivate: privacy.some((wish) => wish.trim() === 'history' || wish.trim() === 'id'),
    })
  }
  return diverters
}

/** RFC 3326 §2: `SIP;cause=302;text="Moved"`. */
function causeIn(reason: string | undefined): string | undefined {
  if (reason === undefined) return undefined
  return /;\s*cause\s*=\s*(\d{3})/i.exec(reason.slice(0, 200))?.[1] ?? ''
}

/** Names of headers have no case. */
function uriHeader(headers: URLSearchParams, name: string): string | undefined {
  for (const [key, value] of headers) if (key.toLowerCase() === name) return readable(value, 200)
  return undefined
}
