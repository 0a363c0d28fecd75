import { isIP } from 'node:net'
import type { Random } from '../../shared/random.ts'
import { parseSipUri, type SipUri } from '../message/uri.ts'
import { DEFAULT_PORT, type Destination } from '../transport/transport.ts'
import type { NameRecords, NaptrRecord } from './name-records.ts'
import { inOrder } from './order-srv.ts'

type Carrier = 'udp' | 'tcp' | 'tls'

/** In the order in which we ask where a name says nothing of its own (RFC 3263 §4.1 leaves it to us). */
const CARRIERS: readonly Carrier[] = ['udp', 'tcp', 'tls']
const SERVICES: Readonly<Record<string, Carrier>> = { 'SIP+D2U': 'udp', 'SIP+D2T': 'tcp', 'SIPS+D2T': 'tls' }
const SRV_NAMES: Readonly<Record<Carrier, string>> = { udp: '_sip._udp', tcp: '_sip._tcp', tls: '_sips._tcp' }

export interface LocateTools {
  readonly records: NameRecords
  readonly random: Random
}

/**
 * Where requests to a SIP URI may go, the first choice first; the others are for when that one fails (RFC 3263 §4). Empty
 * when the name does not exist or the URI can't be read; rejects when its addresses can't be asked for. Over TLS the name in
 * the URI is the one that the certificate must have (RFC 5922 §4).
 */
export async function locate(uri: string, { records, random }: LocateTools): Promise<readonly Destination[]> {
  const parsed = parseSipUri(uri)
  const carriers = parsed && wantedCarriers(parsed)
  if (!parsed || carriers === 'unknown') return []
  const { host, port } = parsed
  const isSafe = parsed.scheme === 'sips'

  const at = async (name: string, carrier: Carrier, at: number): Promise<Destination[]> => {
    const addresses = isIP(name) === 0 ? await records.addresses(name) : [name]
    return addresses.map((address) => ({
      transport: carrier,
      address,
      port: at,
      ...(carrier === 'tls' && { host }),
    }))
  }
  const serversAt = async (name: string, carrier: Carrier): Promise<Destination[]> => {
    const servers = inOrder(await orNone(records.srv(name)), random)
    // One that can't be looked up must not keep us from the others.
    return (await Promise.all(servers.map((server) => orNone(at(server.name, carrier, server.port))))).flat()
  }

  // §4.1 and §4.2: a number, or a port, is taken at its word.
  if (isIP(host) !== 0 || port !== undefined) {
    const carrier = carriers?.[0] ?? (isSafe ? 'tls' : 'udp')
    return at(host, carrier, port ?? DEFAULT_PORT[carrier])
  }
  const named = carriers ? [] : servicesOf(await orNone(records.naptr(host)), isSafe)
  const asked: readonly Asked[] =
    named.length > 0
      ? named
      : (carriers ?? CARRIERS)
          .filter((carrier) => !isSafe || carrier === 'tls')
          .map((carrier) => ({ carrier, name: `${SRV_NAMES[carrier]}.${host}` }))
  const found = (await Promise.all(asked.map(({ name, carrier }) => serversAt(name, carrier)))).flat()
  if (found.length > 0) return found
  // A domain that wants TLS is not spoken to in the clear because its servers can't be looked up.
  const carrier = carriers?.[0] ?? named[0]?.carrier ?? (isSafe ? 'tls' : 'udp')
  return at(host, carrier, DEFAULT_PORT[carrier])
}

/** Many a home router chokes on questions for NAPTR and SRV, and names in /etc/hosts have none. */
const orNone = <Found>(asked: Promise<readonly Found[]>) => asked.catch((): readonly Found[] => [])

interface Asked {
  readonly carrier: Carrier
  /** Of the SRV records. */
  readonly name: string
}

/** Undefined where the URI leaves the transport open. */
function wantedCarriers({ scheme, params }: SipUri): readonly Carrier[] | 'unknown' | undefined {
  const name = params.get('transport')?.toLowerCase()
  if (name === undefined) return undefined
  // RFC 3261 §26.2.2: sips over TCP is TLS.
  if (scheme === 'sips') return name === 'tcp' || name === 'tls' ? ['tls'] : 'unknown'
  const carrier = CARRIERS.find((known) => known === name)
  return carrier ? [carrier] : 'unknown'
}

/** RFC 3263 §4.1: the services that we speak, in the domain's own order; for sips those with TLS only. */
function servicesOf(naptr: readonly NaptrRecord[], isSafe: boolean): Asked[] {
  return naptr
    .toSorted((a, b) => a.order - b.order || a.preference - b.preference)
    .flatMap(({ service, replacement }) => {
      const carrier = SERVICES[service.toUpperCase()]
      return carrier && replacement !== '' && (!isSafe || carrier === 'tls')
        ? [{ carrier, name: replacement }]
        : []
    })
}
