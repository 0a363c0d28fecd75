import type { Media } from 'sdp-transform'
import type { Random } from '../shared/random.ts'
import { type MediaSection, parseDescription } from './description.ts'
import type { LocalSide } from './local-side.ts'

/** RFC 8839 §5.4: what connectivity checks are signed with. */
export interface IceCredentials {
  readonly usernameFragment: string
  readonly password: string
}

/** RFC 8445 §5.3: of at least 24 and 128 bits that nobody can guess. */
export const iceCredentials = (random: Random): IceCredentials => ({
  usernameFragment: random.token(4),
  password: random.token(16),
})

/** Of a certificate (RFC 8122 §5): `sha-256` and bytes in hexadecimal with colons. */
export interface Fingerprint {
  readonly algorithm: string
  readonly value: string
}

/** What we bring into a session with a browser, besides what we bring into each. */
export interface BrowserSide {
  readonly ice: IceCredentials
  readonly fingerprint: Fingerprint
}

/** Who begins the DTLS handshake (RFC 4145 §4): `active` does. */
export type Setup = 'actpass' | 'active' | 'passive'

/** What a section says of ICE and DTLS; both or nothing. */
export interface DtlsAttributes {
  readonly ice: IceCredentials
  readonly fingerprint: Fingerprint
  readonly setup: Setup
}

/** How media with a browser is secured: by a DTLS handshake (RFC 5764) that it begins, over the path that ICE finds (RFC 8445). */
export interface DtlsSecurity {
  readonly kind: 'dtls'
  readonly ice: { readonly local: IceCredentials; readonly remote: IceCredentials }
  /** Of the certificate that the other side must show. */
  readonly fingerprint: Fingerprint
}

/** RFC 5764 §8 with feedback (RFC 5124); browsers take these three for the same (RFC 8829 §5.1.2). */
export const BROWSER_PROTOCOLS = ['UDP/TLS/RTP/SAVPF', 'UDP/TLS/RTP/SAVP', 'RTP/SAVPF']

/** Whether this offer is a browser's: its audio is secured by DTLS, and not by keys that come with it (RFC 4568). */
export function isFromBrowser(offer: Buffer): boolean {
  const description = parseDescription(offer)
  if (typeof description === 'string') return false
  return description.media.some(
    ({ type, protocol, dtls, namesKeys }) =>
      type === 'audio' && BROWSER_PROTOCOLS.includes(protocol) && (dtls !== undefined || !namesKeys),
  )
}

/** Why this section can't be spoken with a browser; undefined when it can. */
export function browserFault(section: MediaSection): string | undefined {
  if (section.dtls === undefined) return 'no ICE or no DTLS'
  // We answer checks and make none, so one of us two has to.
  if (section.iceLite) return 'both sides are ICE lite'
  // Browsers leave the choice to us or begin themselves; so do we, and are never the handshake's client.
  if (section.dtls.setup === 'passive') return 'both sides wait for a DTLS handshake'
  // RFC 8834 §4.5: browsers always can; what has two ports is none.
  return section.rtcpMux ? undefined : 'no rtcp-mux'
}

/** What was settled by their section. */
export function dtlsSecurity(browser: BrowserSide, theirs: DtlsAttributes): DtlsSecurity {
  return {
    kind: 'dtls',
    ice: { local: browser.ice, remote: theirs.ice },
    fingerprint: theirs.fingerprint,
  }
}

/**
 * Host candidates of one component at one port (RFC 8839 §5.1). A lite agent has no other kind (RFC 8445 §5.2), also where
 * a NAT forwards a public address to it. Each has a base of its own, and so a foundation (§5.1.1.3).
 */
function candidates({ address, port, alsoAt = [] }: LocalSide): NonNullable<Media['candidates']> {
  return [...new Set([address, ...alsoAt])].map((ip, place) => ({
    ...{ foundation: place + 1, component: 1, transport: 'udp', type: 'host' },
    ...{ priority: hostPriority(65_535 - place), ip, port },
  }))
}

/** RFC 8445 §5.1.2.1: the type's preference, ours among the host's addresses, and component 1. */
const hostPriority = (localPreference: number): number => 126 * 2 ** 24 + localPreference * 2 ** 8 + 255

/** What our audio section says besides, to a browser. */
export function browserAttributes(
  ours: LocalSide,
  { ice, fingerprint }: BrowserSide,
  setup: Setup,
  mid: string | undefined,
): Partial<Media> {
  const { usernameFragment, password } = ice
  return {
    ...(mid !== undefined && { mid }),
    setup,
    rtcpMux: 'rtcp-mux',
    iceUfrag: usernameFragment,
    icePwd: password,
    fingerprint: { type: fingerprint.algorithm, hash: fingerprint.value },
    candidates: candidates(ours),
    endOfCandidates: 'end-of-candidates',
    // Without it the browser hears us in no stream (RFC 8830 §2).
    msid: [{ id: 'answerphone', appdata: 'audio' }],
  }
}

/** Reads a section's attributes, or the session's where it has none of its own; undefined unless they are whole. */
export function readDtls(media: Partial<Media>, session: Partial<Media>): DtlsAttributes | undefined {
  const usernameFragment = String(media.iceUfrag ?? session.iceUfrag ?? '')
  const password = String(media.icePwd ?? session.icePwd ?? '')
  const { type, hash } = media.fingerprint ?? session.fingerprint ?? {}
  const setup = media.setup ?? session.setup
  // RFC 8839 §5.4
  if (!/^[A-Za-z0-9+/]{4,256}$/.test(usernameFragment)) return undefined
  if (!/^[A-Za-z0-9+/]{22,256}$/.test(password)) return undefined
  const algorithm = String(type).toLowerCase()
  const value = String(hash).toUpperCase()
  if (!/^sha-\d{1,3}$/.test(algorithm) || !/^[0-9A-F]{2}(?::[0-9A-F]{2}){0,63}$/.test(value)) return undefined
  if (setup !== 'actpass' && setup !== 'active' && setup !== 'passive') return undefined
  return { ice: { usernameFragment, password }, fingerprint: { algorithm, value }, setup }
}
