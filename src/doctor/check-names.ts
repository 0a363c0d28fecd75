import { bracketed } from '../shared/bracketed.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Destination } from '../sip/transport/transport.ts'
import type { Line } from '../store/model.ts'
import { type Finding, fail, ok } from './finding.ts'
import { inGerman } from './german.ts'

/** Where a SIP URI leads (RFC 3263). */
export type Locate = (uri: string) => Promise<readonly Destination[]>

/** Whether the names of registrars lead anywhere; each is looked up once. */
export async function checkNames(lines: readonly Line[], locate: Locate): Promise<Finding[]> {
  const uris = lines.flatMap(({ account }) => (account ? [account.outboundProxy ?? account.registrar] : []))
  // Numbers are taken at their word.
  const named = [...new Set(uris)].filter((uri) => !/^sip:(\[|[\d.]+(?=[:;]|$))/.test(uri))
  return Promise.all(named.map((uri) => lookUp(uri, locate)))
}

async function lookUp(uri: string, locate: Locate): Promise<Finding> {
  try {
    const places = await locate(uri)
    if (places.length === 0) return leadsNowhere('AP_REGISTRAR_NOT_FOUND', uri, uri)
    const shown = places.map(({ transport, address, port }) => `${transport} ${bracketed(address)}:${port}`)
    return ok('names', `${uri} leads to ${shown.join(', ')}`, `${uri} führt zu ${shown.join(', ')}`)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error)
    return leadsNowhere('AP_REGISTRAR_NAME_UNKNOWN', uri, `${uri}: ${why}`)
  }
}

const leadsNowhere = (
  code: 'AP_REGISTRAR_NOT_FOUND' | 'AP_REGISTRAR_NAME_UNKNOWN',
  uri: string,
  detail: string,
) =>
  fail('names', {
    code,
    details: { detail },
    what: { en: `${uri} leads nowhere`, de: `${uri} führt nirgendwohin` },
    de: inGerman(code, new AnswerphoneError(code, { detail }).message),
  })
