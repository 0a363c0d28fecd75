import type { SrtpKeys } from '../browser/browser-link.ts'
import type { Fingerprint } from '../engine.ts'

/** To the handshakes' thread. */
export type ToHandshakes =
  | { readonly kind: 'begin'; readonly session: number; readonly expected: Fingerprint }
  | { readonly kind: 'datagram'; readonly session: number; readonly datagram: Uint8Array }
  | { readonly kind: 'end'; readonly session: number }

/** From it. */
export type FromHandshakes =
  | { readonly kind: 'ready'; readonly fingerprint: Fingerprint }
  | { readonly kind: 'datagram'; readonly session: number; readonly datagram: Uint8Array }
  | { readonly kind: 'keys'; readonly session: number; readonly keys: SrtpKeys }
  | { readonly kind: 'ended'; readonly session: number; readonly why: string }
