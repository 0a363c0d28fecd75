import type { TokenNames } from './token-names.ts'

/**
 * An RTP packet from the machine: SSRC named, sequence number and timestamp counted from the stream's first
 * (RFC 3550 §5.1), every other bit of the header and the payload as they are.
 */
export function nameRtpTokens(packet: Buffer, names: TokenNames): string {
  if (packet.length < 12) return packet.toString('hex')
  const stream = names.name('ssrc', packet.toString('hex', 8, 12))
  const sequence = names.sinceFirst(`sequence ${stream}`, packet.readUInt16BE(2), 16)
  const timestamp = names.sinceFirst(`timestamp ${stream}`, packet.readUInt32BE(4), 32)
  return `${packet.toString('hex', 0, 2)} #${sequence} @${timestamp} ${stream} ${packet.toString('hex', 12)}`
}
