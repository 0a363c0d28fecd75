import { isIP } from 'node:net'

/** Transports as they are named in a Via, in lower case (RFC 3261 §18, RFC 7118 for WebSocket). */
export type TransportName = 'udp' | 'tcp' | 'tls' | 'ws' | 'wss'

/** Where a transport listens unless a port is said (RFC 3261 §18.2.2, §19.1.2; RFC 7118 §5.3). */
export const DEFAULT_PORT: Readonly<Record<TransportName, number>> = {
  udp: 5060,
  tcp: 5060,
  tls: 5061,
  ws: 80,
  wss: 443,
}

/** An IP address (no brackets around IPv6) and a port. */
export interface SocketAddress {
  readonly address: string
  readonly port: number
}

/** What is named as ours toward a place that nothing of ours reaches: the sending fails, and says why. */
export const NOWHERE: SocketAddress = { address: '0.0.0.0', port: DEFAULT_PORT.udp }

/**
 * Where a message goes. With `flow`, it goes over that very connection if it is still open (connection reuse,
 * RFC 5923, RFC 5626); otherwise to the address.
 */
export interface Destination extends SocketAddress {
  readonly transport: TransportName
  readonly flow?: string
  /** The name that its certificate must have, over TLS (RFC 5922 §4); its address unless given. */
  readonly host?: string
  /** The address of ours that it should leave from, where we have several. */
  readonly local?: SocketAddress
}

/** Where a message came from, and on which of our addresses it arrived. Usable as a `Destination` for the way back. */
export interface Source extends Destination {
  readonly local: SocketAddress
  /**
   * Whose connection it is, where that was proved before it came to us: over WebSocket by the HTTP server's session or
   * token (RFC 7118 §7). It says nothing about the sender of the message.
   */
  readonly account?: string
}

/** What a transport tells its owner. Callbacks must not throw. */
export interface TransportEvents {
  /** One whole message's bytes (a datagram, or one framed message of a stream). The buffer is the receiver's to keep. */
  onMessage(bytes: Buffer, from: Source): void
  /** STUN came; requests have been answered. (Nothing is reported for the keep-alives of RFC 5626 §4.4.1.) */
  onStun?(bytes: Buffer, from: Source): void
  /** A stream carried what can't be framed; the transport answers nothing itself and closes after this call. */
  onBroken(bytes: Buffer, from: Source, why: string): void
  /**
   * A connection is closed, by whichever side, or broke: nothing comes from there any more, and what goes to its flow
   * would need a new connection. After the failures of what waited in it.
   */
  onClosed?(from: Source): void
  /** A message could not be sent (RFC 3261 §18.4). `to` is the very object that `send` was given; never called within `send`. */
  onSendFailed(to: Destination, error: Error): void
}

/** A way to send and receive SIP: a UDP socket, a TCP listener with its connections, or the WebSockets of an HTTP server. */
export interface Transport {
  readonly name: TransportName
  /** True for TCP, TLS and WebSocket: no retransmissions are needed (RFC 3261 §17). */
  readonly reliable: boolean
  /** The address and port that it listens on, after binding (port 0 is resolved). */
  readonly local: SocketAddress
  /** True when this transport can reach the destination: same transport name and same IP family. */
  reaches(to: Destination): boolean
  /** Queues the bytes for sending. Never throws; failures come through `onSendFailed`. */
  send(bytes: Buffer, to: Destination): void
  /** Closes the connection by which messages get there, without a farewell: nobody answers over it. */
  drop?(to: Destination): void
  /** Stops listening, closes connections, releases timers. */
  close(): Promise<void>
}

/** True for an address that stands for all of ours. */
export function isAnyAddress(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}

/** True for what goes over WebSocket, with or without TLS (RFC 7118). */
export function isWebSocket({ transport }: Pick<Destination, 'transport'>): boolean {
  return transport === 'ws' || transport === 'wss'
}

/** True for what nobody on the way can read. Where TLS ends before us, at an HTTP proxy or another server, is not seen from here. */
export function isEncrypted({ transport }: Pick<Destination, 'transport'>): boolean {
  return transport === 'tls' || transport === 'wss'
}

/** True when both are IPv4 or both IPv6: what a socket of the one can send to the other. */
export function sameFamily(one: string, other: string): boolean {
  return isIP(one) === isIP(other)
}
