import type { SrtpKeys } from '../browser/browser-link.ts'
import type { Fingerprint } from '../engine.ts'

/** DTLS handshakes for all sessions with browsers (RFC 5764). Sessions are numbers; what is unknown is passed over. */
export interface Handshakes {
  /** Our certificate's fingerprint, once there is one. */
  readonly fingerprint: Promise<Fingerprint>
  /** @param expected of the certificate that the other side must show (RFC 5763 §5), which begins */
  begin(session: number, expected: Fingerprint): void
  /** Records from the other side. */
  receive(session: number, datagram: Uint8Array): void
  end(session: number): void
  close(): Promise<void>
}

/** What comes of them. */
export interface HandshakeEvents {
  /** Records for the other side. */
  send(session: number, datagram: Uint8Array): void
  /** The other side is whom it should be, and these are the keys. Once for each session. */
  keys(session: number, keys: SrtpKeys): void
  /** The handshake failed, or the other side has ended it. */
  ended(session: number, why: string): void
  /** Nothing more comes, not even for those that are to begin. */
  died(): void
}

export type StartHandshakes = (events: HandshakeEvents) => Handshakes
