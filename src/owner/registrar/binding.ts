import type { Destination, Source } from '../../sip/transport/transport.ts'

/** Where a phone can be reached (RFC 3261 §10). A phone may have several: a desk phone and a mobile one under one name. */
export interface Binding {
  readonly phone: string
  /** The contact's URI as it was registered: the Request-URI of what goes there. */
  readonly contact: string
  /** Where requests go: the way that the REGISTER came, or the first hop of its Path. */
  readonly to: Destination
  /** Route values for requests: the Path of the REGISTER (RFC 3327 §5.4). */
  readonly routes: readonly string[]
  /** Preference, 0 to 1; 1 where the phone gave none. */
  readonly q: number
  /** Wall time in ms since 1970, for people. */
  readonly expiresAt: number
  readonly userAgent: string
  /** The Call-ID of the REGISTER: another one means that the phone was started anew (RFC 3261 §10.2.4). */
  readonly callId: string
  /** The device's own URN, where it has one (RFC 5626 §4.1). */
  readonly instance: string | null
}

/** A binding as the registrar holds it. */
export interface HeldBinding extends Binding {
  /** Which of the device's flows this is (RFC 5626 §4.2). */
  readonly regId: number | null
  /** Of the REGISTER that made or refreshed it: what came before it changes nothing (RFC 3261 §10.3). */
  readonly cseq: number
  /** Where that came from. */
  readonly source: Source
  /** It came straight from the phone, not through a proxy: `source` is the phone's alone. */
  readonly direct: boolean
  /** When it lapses, by the monotonic clock. */
  readonly deadline: number
}

/** What is the same for two messages from one peer: the connection, or over UDP its address and port. */
export function placeOf({ transport, address, port, flow }: Destination): string {
  return flow ?? `${transport} ${address} ${port}`
}
