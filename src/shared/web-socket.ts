/**
 * An open WebSocket (RFC 6455) as the package `ws` has it, so that SIP needs no package and a test no network. Whoever
 * makes it sees to what a frame may hold; whole messages come out.
 */
export interface WebSocketLike {
  /** Bytes that wait to be sent. */
  readonly bufferedAmount: number
  /** One message. `done` is called in the order of sending; the last ones not at all when the socket closes before. */
  send(data: Buffer, options: { readonly binary: boolean }, done: (error?: Error | null) => void): void
  ping(): void
  /** The closing handshake (RFC 6455 §7.1.2), with a status code of §7.4. */
  close(code: number): void
  /** Closes at once. */
  terminate(): void
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown
  on(event: 'pong' | 'close', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** A WebSocket for SIP that an HTTP server has let in (RFC 7118). */
export interface PhoneConnection {
  readonly socket: WebSocketLike
  /** The client as the HTTP server knows it, behind a proxy by what the proxy says. */
  readonly remote: { readonly address: string; readonly port: number }
  /** The address of ours that it came to; 0.0.0.0 or :: where only a proxy knows. */
  readonly local: { readonly address: string; readonly port: number }
  /** It came over TLS. */
  readonly secure: boolean
  /** Who has logged in: `user:ada`, `token:backup`. */
  readonly account: string
}

/** The most that a message may be long, in bytes: the largest head and body that TCP takes. */
export const MAX_PHONE_MESSAGE_BYTES = 65_535 + 262_144
