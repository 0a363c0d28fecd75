import { type Media, type Session, write } from 'sdp-transform'
import { type CodecName, formats as known } from './codec.ts'
import { type Description, type MediaSection, parseDescription } from './description.ts'
import type { Direction } from './direction.ts'
import type { LocalSide } from './local-side.ts'
import { USUAL_PTIME_MS } from './packet-time.ts'

type Timing = Description['timing']

/** A payload type under which we take a codec. */
export interface AudioFormat {
  readonly codec: CodecName
  readonly payloadType: number
}

/** Telephone-event with the clock of a codec (RFC 4733 §2.4.1). */
export interface EventFormat {
  readonly payloadType: number
  readonly clockRate: number
}

/** An m-line for our audio (RFC 8866 §5.14, RFC 4733 §2.4.1). */
export function audioSection(
  ours: LocalSide,
  formats: readonly AudioFormat[],
  events: readonly EventFormat[],
  direction: Direction,
  protocol = 'RTP/AVP',
): Media {
  const rtp: Media['rtp'] = formats.map(({ codec, payloadType }) => ({
    payload: payloadType,
    codec,
    rate: known[codec].clockRate,
    ...(known[codec].channels > 1 && { encoding: known[codec].channels }),
  }))
  const fmtp: Media['fmtp'] = []
  for (const { codec, payloadType } of formats) {
    const { parameters } = known[codec]
    if (parameters) fmtp.push({ payload: payloadType, config: parameters })
  }
  for (const { payloadType, clockRate } of events) {
    rtp.push({ payload: payloadType, codec: 'telephone-event', rate: clockRate })
    fmtp.push({ payload: payloadType, config: '0-15' })
  }
  return {
    type: 'audio',
    port: ours.port,
    protocol,
    payloads: rtp.map(({ payload }) => payload).join(' '),
    rtp,
    fmtp,
    ptime: ours.ptimeMs ?? USUAL_PTIME_MS,
    direction,
  }
}

/**
 * RFC 3264 §6, §8.2: a stream that is not used keeps its place, with port 0 and its formats; before a browser, which
 * tells sections by it, with its mid (RFC 8829 §5.3.1).
 */
export function refusedSection(ours: LocalSide, { type, protocol, formats, mid }: MediaSection): Media {
  const named = ours.browser && mid !== undefined ? { mid } : {}
  return { type, port: 0, protocol, payloads: formats, rtp: [], fmtp: [], ...named }
}

/**
 * The bytes of our description, under the version that RFC 3264 §8 gives it.
 * @param bundled the mid of our audio, where it is a bundle of one (RFC 9143 §7)
 */
export function writeDescription(
  ours: LocalSide,
  media: readonly Media[],
  timing: Timing = { start: '0', stop: '0' },
  bundled?: string,
): Buffer {
  const withVersion = (version: number) => write(describe(ours, media, timing, version, bundled))
  if (ours.previous === undefined) return Buffer.from(withVersion(ours.version))
  const last = parseDescription(ours.previous)
  const version = (typeof last === 'string' ? undefined : last.version) ?? ours.version
  const unchanged = withVersion(version)
  return Buffer.from(unchanged === ours.previous.toString() ? unchanged : withVersion(version + 1))
}

function describe(
  ours: LocalSide,
  media: readonly Media[],
  timing: Timing,
  version: number,
  bundled: string | undefined,
): Session {
  const ipVersion = ours.address.includes(':') ? 6 : 4
  return {
    version: 0,
    origin: {
      username: '-',
      sessionId: ours.sessionId,
      sessionVersion: version,
      netType: 'IN',
      ipVer: ipVersion,
      address: ours.address,
    },
    name: '-',
    connection: { version: ipVersion, ip: ours.address },
    timing,
    // RFC 8445 §2.5: we are where our candidate says, and leave the checks to the other side.
    ...(ours.browser && { icelite: 'ice-lite' }),
    ...(bundled !== undefined && { groups: [{ type: 'BUNDLE', mids: bundled }] }),
    media: [...media],
  }
}
