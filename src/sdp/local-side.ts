import type { CodecName } from './codec.ts'
import type { BrowserSide } from './dtls.ts'
import type { SdesSide } from './sdes.ts'

/** What we bring into a negotiation. */
export interface LocalSide {
  /** The address that media is to come to, IPv4 or IPv6, and its RTP port; RTCP comes to the port after it. */
  readonly address: string
  readonly port: number
  /** Besides `address`, where a browser may find us at the same port, the preferred one first. */
  readonly alsoAt?: readonly string[]
  /** What we speak, the best first. */
  readonly codecs: readonly CodecName[]
  /** Taken where the other side speaks it, and offered first: what the session speaks already, or who is to be heard in it. */
  readonly preferred?: CodecName | undefined
  /** The o-line's session id: the same for all descriptions of a session, and unlike that of any other. */
  readonly sessionId: number
  /** The o-line's version for the first description of a session. */
  readonly version: number
  /** Packet time in ms that we would like to send and receive; 20 unless given. */
  readonly ptimeMs?: number
  /** Set for a session with a browser, which speaks ICE and DTLS and nothing else. */
  readonly browser?: BrowserSide
  /** How keys in descriptions are used, with all but browsers; not at all unless given. */
  readonly sdes?: SdesSide
  /**
   * Our last description in this session, if there was one: then its version is kept when nothing changes and raised
   * by one when something does (RFC 3264 §8), and `version` is not looked at.
   */
  readonly previous?: Buffer
}
