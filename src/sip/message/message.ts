import type { Headers } from './headers.ts'

/** A SIP request (RFC 3261 §7.1). `uri` is the Request-URI as it stood on the wire. */
export interface SipRequest {
  readonly kind: 'request'
  readonly method: string
  readonly uri: string
  readonly headers: Headers
  /** The body's bytes; empty when there is none. `sip/` never looks inside. */
  readonly body: Buffer
}

/** A SIP response (RFC 3261 §7.2). */
export interface SipResponse {
  readonly kind: 'response'
  readonly status: number
  readonly reason: string
  readonly headers: Headers
  readonly body: Buffer
}

export type SipMessage = SipRequest | SipResponse
