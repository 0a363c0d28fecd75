import type { ReceptionReport } from '../rtp/reception.ts'
import { RTCP } from './packet-types.ts'

/** From 1900 to 1970. */
export const NTP_EPOCH_MS = 2_208_988_800_000

/** What a sender report says of our stream (RFC 3550 §6.4.1). */
export interface SenderReport {
  /** Wall time in ms since the Unix epoch at which `timestamp` was sampled. */
  readonly wallAt: number
  readonly timestamp: number
  readonly packets: number
  readonly bytes: number
}

/** A report block: what was received from one source, and when its last SR came. */
export interface ReportBlock extends ReceptionReport {
  readonly ssrc: number
  /** Middle 32 bits of the NTP time of its last SR; 0 when none came. */
  readonly lastReport: number
  /** Ms since then. */
  readonly sinceLastReportMs: number
}

export interface Report {
  readonly ssrc: number
  readonly cname: string
  /** Absent: nothing was sent since the last two reports, an RR goes out. */
  readonly sender?: SenderReport
  readonly block?: ReportBlock
  readonly bye: boolean
}

/** A compound packet of RFC 3550 §6.1: SR or RR, then SDES with the CNAME, then perhaps BYE. */
export function writeReport(report: Report): Buffer {
  const parts = [report.sender ? senderReport(report, report.sender) : receiverReport(report), sdes(report)]
  if (report.bye) parts.push(bye(report.ssrc))
  return Buffer.concat(parts)
}

function senderReport({ ssrc, block }: Report, sender: SenderReport): Buffer {
  const packet = header(RTCP.senderReport, block ? 1 : 0, 28 + (block ? 24 : 0))
  const ntpMs = sender.wallAt + NTP_EPOCH_MS
  packet.writeUInt32BE(ssrc, 4)
  packet.writeUInt32BE(Math.floor(ntpMs / 1000) % 2 ** 32, 8)
  packet.writeUInt32BE(Math.floor(((ntpMs % 1000) / 1000) * 2 ** 32), 12)
  packet.writeUInt32BE(sender.timestamp, 16)
  packet.writeUInt32BE(sender.packets >>> 0, 20)
  packet.writeUInt32BE(sender.bytes >>> 0, 24)
  if (block) writeBlock(packet, 28, block)
  return packet
}

function receiverReport({ ssrc, block }: Report): Buffer {
  const packet = header(RTCP.receiverReport, block ? 1 : 0, 8 + (block ? 24 : 0))
  packet.writeUInt32BE(ssrc, 4)
  if (block) writeBlock(packet, 8, block)
  return packet
}

function writeBlock(packet: Buffer, at: number, block: ReportBlock): void {
  packet.writeUInt32BE(block.ssrc, at)
  packet.writeInt32BE(block.cumulativeLost & 0x00ff_ffff, at + 4)
  packet[at + 4] = block.fractionLost
  packet.writeUInt32BE(block.highestSequence, at + 8)
  packet.writeUInt32BE(block.jitter, at + 12)
  packet.writeUInt32BE(block.lastReport, at + 16)
  // RFC 3550 §6.4.1: the delay since the last SR in units of 1/65536 s, 0 when none came
  const delay = block.lastReport === 0 ? 0 : Math.round((block.sinceLastReportMs * 65_536) / 1000)
  packet.writeUInt32BE(delay % 2 ** 32, at + 20)
}

/** RFC 3550 §6.5: one chunk with one item, CNAME, ended by at least one zero byte. */
function sdes({ ssrc, cname }: Report): Buffer {
  const text = Buffer.from(cname, 'ascii')
  const packet = header(RTCP.sourceDescription, 1, 8 + 4 * Math.ceil((2 + text.length + 1) / 4))
  packet.writeUInt32BE(ssrc, 4)
  packet[8] = 1
  packet[9] = text.length
  text.copy(packet, 10)
  return packet
}

/** RFC 3550 §6.6, without a reason. */
function bye(ssrc: number): Buffer {
  const packet = header(RTCP.bye, 1, 8)
  packet.writeUInt32BE(ssrc, 4)
  return packet
}

function header(type: number, count: number, byteCount: number): Buffer {
  const packet = Buffer.alloc(byteCount)
  packet[0] = 0x80 | count
  packet[1] = type
  packet.writeUInt16BE(byteCount / 4 - 1, 2)
  return packet
}
