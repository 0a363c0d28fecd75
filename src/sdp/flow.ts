import { isIP } from 'node:net'
import type { Choice, CodecName } from './codec.ts'
import type { MediaSection } from './description.ts'
import type { Direction } from './direction.ts'
import { BROWSER_PROTOCOLS, type DtlsSecurity } from './dtls.ts'
import { allowedPtime, USUAL_PTIME_MS } from './packet-time.ts'
import type { SdesSecurity } from './sdes.ts'

/** What was settled for a leg's audio. */
export interface Flow {
  readonly codec: CodecName
  /** What we send it as. */
  readonly payloadType: number
  /** RFC 4733 telephone-event's payload type, if negotiated. */
  readonly eventPayloadType?: number
  /** The clock of its durations; absent: the codec's. */
  readonly eventClockRate?: number
  /** Where the other side wants to have media; absent while it wants none, or names no address that can be sent to. */
  readonly remote?: { readonly address: string; readonly port: number; readonly rtcpPort: number }
  /** Packet time in ms of what we send. */
  readonly ptimeMs: number
  /** We may send. */
  readonly send: boolean
  /** The other side is bound to send. Who holds by `sendonly` may play music, or nothing at all. */
  readonly receive: boolean
  /** RTCP goes to the RTP port (RFC 5761). */
  readonly rtcpMux?: boolean
  /** How packets are secured; absent: not at all. */
  readonly security?: DtlsSecurity | SdesSecurity
}

/** The flow towards the side that wrote this section. */
export function flowTo(
  remote: MediaSection,
  choice: Choice,
  ptimeMs: number = USUAL_PTIME_MS,
  security?: DtlsSecurity | SdesSecurity,
): Flow {
  const direction = effectiveDirection(remote)
  const target = targetOf(remote)
  return {
    ...choice,
    ...(target === undefined ? {} : { remote: target }),
    ptimeMs: allowedPtime(ptimeMs, remote.maxPtimeMs),
    send: direction === 'sendrecv' || direction === 'recvonly',
    receive: direction === 'sendrecv',
    ...(security?.kind === 'dtls' && { rtcpMux: true }),
    ...(security && { security }),
  }
}

/**
 * RFC 3264 §8.4: the hold of RFC 2543 is a c-line of zeros. Who holds like that plays no music either. With ICE the
 * same line says only that no candidate is known yet (RFC 8840 §4.1.1).
 */
export function effectiveDirection(section: MediaSection): Direction {
  if (section.dtls && BROWSER_PROTOCOLS.includes(section.protocol)) return section.direction
  return section.address === '0.0.0.0' || section.address === '::' ? 'inactive' : section.direction
}

/** The family of an address literal: 4, 6, or 0 for a name. */
export function familyOf(address: string | undefined): number {
  return isIP(address ?? '')
}

/** Names are not looked up and groups not sent to: the flow then waits for packets and answers to where they are from. */
function targetOf(section: MediaSection): Flow['remote'] {
  const { address, port } = section
  if (address === undefined || port === 0 || familyOf(address) === 0 || !isUnicast(address)) return undefined
  return { address, port, rtcpPort: section.rtcpPort ?? (port < 65_535 ? port + 1 : port) }
}

function isUnicast(address: string): boolean {
  if (address.includes(':')) return address !== '::' && !/^ff/i.test(address)
  const first = Number(address.slice(0, address.indexOf('.')))
  return first > 0 && first < 224
}
