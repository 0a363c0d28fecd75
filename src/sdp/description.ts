import { type Media, parse, type Session } from 'sdp-transform'
import { type Crypto, readCryptos } from './crypto.ts'
import { type Direction, isDirection } from './direction.ts'
import { type DtlsAttributes, readDtls } from './dtls.ts'

/** What an rtpmap says (RFC 8866 §6.6). The name is in upper case: encoding names have no case. */
export interface Encoding {
  readonly name: string
  readonly clockRate: number
  readonly channels: number
}

/** One m-line with its attributes; those of the session stand in where it has none of its own. */
export interface MediaSection {
  readonly type: string
  readonly port: number
  readonly protocol: string
  /** What follows the protocol on the m-line, as it stood there. */
  readonly formats: string
  /** The formats that are payload types, in order. */
  readonly payloadTypes: readonly number[]
  readonly encodings: ReadonlyMap<number, Encoding>
  /** Most bits a second that they want to get, by payload type (RFC 7587 §6.1), where they say so. */
  readonly mostBitrates: ReadonlyMap<number, number>
  /** From the c-line: an address or a name. */
  readonly address: string | undefined
  readonly direction: Direction
  readonly maxPtimeMs: number | undefined
  /** RFC 3605; undefined means the port after the RTP port. */
  readonly rtcpPort: number | undefined
  /** RTCP comes to the RTP port (RFC 5761). */
  readonly rtcpMux: boolean
  /** Names the section within the description (RFC 5888 §4). */
  readonly mid: string | undefined
  /** It shares its path with others (RFC 9143 §7). */
  readonly bundled: boolean
  readonly dtls: DtlsAttributes | undefined
  /** The keys that come with it, as far as we can use them (RFC 4568). */
  readonly cryptos: readonly Crypto[]
  /** It has some, usable or not. */
  readonly namesKeys: boolean
  /** It makes no connectivity checks itself (RFC 8839 §5.3). */
  readonly iceLite: boolean
}

/** A session description, as much of it as offer/answer for audio needs. */
export interface Description {
  /** Of the o-line; undefined without a readable one. */
  readonly version: number | undefined
  readonly timing: { readonly start: string; readonly stop: string }
  readonly media: readonly MediaSection[]
}

const MAX_BYTES = 16_384
const MAX_LINES = 512
const MAX_LINE_LENGTH = 1024
const MAX_MEDIA = 32

/** Only lines that we use reach the library, whose expressions for some others are slow on hostile input. */
const USED =
  /^(?:[votcm]=|a=(?:rtpmap:|fmtp:|rtcp:|maxptime:|ice-(?:ufrag|pwd):|fingerprint:|setup:|mid:|group:BUNDLE |crypto:|(?:sendrecv|sendonly|recvonly|inactive|rtcp-mux|ice-lite)\s*$))/

/** Reads a session description (RFC 8866); a string says why it can't be one. Unknown lines are ignored. Never throws. */
export function parseDescription(bytes: Buffer): Description | string {
  if (bytes.length > MAX_BYTES) return 'session description too long'
  const lines = bytes.toString('utf8').split(/\r\n|\r|\n/)
  if (lines.length > MAX_LINES) return 'session description of too many lines'
  if (lines[0]?.trimEnd() !== 'v=0') return 'session description without v=0'
  const used = lines
    .filter((line) => line.length <= MAX_LINE_LENGTH && USED.test(line))
    .map((line) => line.trimEnd())
  const mediaLines = used.filter((line) => line.startsWith('m='))
  if (mediaLines.length > MAX_MEDIA) return 'too many m-lines'
  const session = parse(used.filter((line) => !isCrypto(line)).join('\r\n'))
  const keys = cryptoLines(used)

  const media: MediaSection[] = []
  for (const [index, line] of mediaLines.entries()) {
    const section = sectionOf(line, session, session.media[index], keys[index])
    if (section === undefined) return 'broken m-line'
    media.push(section)
  }
  const { start, stop } = session.timing ?? { start: 0, stop: 0 }
  return {
    version: wholeNumber(session.origin?.sessionVersion),
    timing: { start: String(start || 0), stop: String(stop || 0) },
    media,
  }
}

/** `<media> <port>[/<number>] <proto> <fmt> …` (RFC 8866 §5.14), by hand: the library knows no number of ports. */
const MEDIA_LINE = /^m=([\w.+-]+) (\d{1,5})(?:\/\d{1,5})? ([\w/.+-]+) (\S.*)$/

const isCrypto = (line: string) => line.startsWith('a=crypto:')

/** The a=crypto lines of each m-line (RFC 4568 §4: they are the media's, never the session's). By hand: the library reads one parameter of theirs. */
function cryptoLines(lines: readonly string[]): readonly (readonly string[])[] {
  const bySection: string[][] = []
  for (const line of lines) {
    if (line.startsWith('m=')) bySection.push([])
    else if (isCrypto(line)) bySection.at(-1)?.push(line)
  }
  return bySection
}

function sectionOf(
  line: string,
  session: Session,
  attributes: Media | undefined,
  keys: readonly string[] = [],
): MediaSection | undefined {
  const match = MEDIA_LINE.exec(line)
  if (match === null || attributes === undefined) return undefined
  const [, type = '', port = '', protocol = '', formats = ''] = match
  if (Number(port) > 65_535) return undefined
  const direction = attributes.direction ?? session.direction
  const address = (attributes.connection ?? session.connection)?.ip
  const mid = attributes.mid === undefined ? undefined : String(attributes.mid)
  return {
    type,
    port: Number(port),
    protocol,
    formats,
    payloadTypes: formats
      .split(/\s+/)
      .map(wholeNumber)
      .filter((format) => format !== undefined && format < 128) as number[],
    encodings: encodingsOf(attributes),
    mostBitrates: mostBitratesOf(attributes),
    address: address === undefined ? undefined : String(address),
    direction: isDirection(direction) ? direction : 'sendrecv', // RFC 8866 §6.7: the default.
    maxPtimeMs: wholeNumber(attributes.maxptime ?? session.maxptime),
    rtcpPort: portOf(attributes.rtcp?.port),
    rtcpMux: attributes.rtcpMux !== undefined,
    mid,
    bundled: mid !== undefined && bundles(session, mid),
    dtls: readDtls(attributes, session),
    cryptos: readCryptos(keys),
    namesKeys: keys.length > 0,
    iceLite: session.icelite !== undefined,
  }
}

function bundles({ groups = [] }: Session, mid: string): boolean {
  return groups.some(({ mids }) => String(mids).split(' ').includes(mid))
}

function encodingsOf(media: Media): ReadonlyMap<number, Encoding> {
  const encodings = new Map<number, Encoding>()
  for (const { payload, codec, rate, encoding } of media.rtp) {
    const payloadType = wholeNumber(payload)
    const clockRate = wholeNumber(rate)
    if (payloadType === undefined || clockRate === undefined) continue
    encodings.set(payloadType, {
      name: String(codec).toUpperCase(),
      clockRate,
      channels: encoding === undefined ? 1 : (wholeNumber(encoding) ?? 1),
    })
  }
  return encodings
}

function mostBitratesOf(media: Media): ReadonlyMap<number, number> {
  const rates = new Map<number, number>()
  for (const { payload, config } of media.fmtp) {
    const payloadType = wholeNumber(payload)
    const rate = /(?:^|[;\s])maxaveragebitrate=(\d{1,9})(?![\d.])/i.exec(String(config))?.[1]
    if (payloadType !== undefined && rate !== undefined) rates.set(payloadType, Number(rate))
  }
  return rates
}

function portOf(value: unknown): number | undefined {
  const port = wholeNumber(value)
  return port !== undefined && port > 0 && port <= 65_535 ? port : undefined
}

function wholeNumber(value: unknown): number | undefined {
  const text = String(value ?? '')
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
