import type { Endpoint } from '../rtp/latch.ts'

/**
 * Takes one datagram. `bytes` is lent for the duration of the call, of which `length` bytes count; `source` is the
 * same object while datagrams come from the same place; `arrivedAt` is monotonic ms.
 */
export type OnDatagram = (bytes: Buffer, length: number, source: Endpoint, arrivedAt: number) => void

/** A UDP socket as a media session needs it. It never throws after it was opened: what can't be sent is lost. */
export interface RtpSocket {
  readonly port: number
  /**
   * Delivers what has arrived. Does nothing in a socket that delivers by itself.
   * @param limit at most so many datagrams, not above the default, `MAX_PER_POLL`
   */
  poll(limit?: number): void
  /** Sends the first `byteCount` bytes. */
  send(packet: Buffer, byteCount: number, to: Endpoint): void
  close(): void
}

/**
 * Opens a socket on a local address and port (0: any). Rejects with the system's error, whose `code` is EADDRINUSE
 * when the port is taken.
 */
export type OpenRtpSocket = (address: string, port: number, onDatagram: OnDatagram) => Promise<RtpSocket>

/** At most this many datagrams are taken per poll: a flood fills its own socket's queue and nothing else. */
export const MAX_PER_POLL = 32

/** The longest datagram that is delivered; a longer one is cut. RTP and RTCP of a call stay far below. */
export const MAX_DATAGRAM_BYTES = 2048
