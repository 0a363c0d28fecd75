import type { CodecName } from '../engine.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { EventReport } from '../rtp/telephone-event.ts'

/** What hears what comes in on a session: another session, a take of a conversation, or a meter. All is lent for the call. */
export interface Ear {
  /** A packet of audio, never empty, in `codec`. `arrivedAt` is monotonic ms. */
  audio(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void
  /** A packet of a telephone-event (RFC 4733), with the clock of `codec`. */
  event(report: EventReport, bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void
}
