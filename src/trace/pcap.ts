import { isIPv6 } from 'node:net'
import type { Place, Trace, TracedMessage } from './trace.ts'

/** https://www.tcpdump.org/linktypes.html: raw IP, version 4 or 6 as the first nibble says. */
const LINKTYPE_RAW = 101
const SNAP_LENGTH = 262_144
const UDP = 17
const TCP = 6
const [SYN, PSH_ACK, SYN_ACK, ACK] = [0x02, 0x18, 0x12, 0x10]
/** What one IP packet may carry of a message over TCP. */
const SEGMENT_BYTES = 1400
/** The most that a datagram carries (RFC 768 in RFC 791). */
const MOST_DATAGRAM_BYTES = 65_507
/** TLS and WebSocket are no more by then: what was inside stands as plain TCP, on the port where Wireshark expects SIP. */
const PLAIN_PORT = 5060

/** One end of a connection, as its segments count. */
interface Flow {
  next: number
}

/**
 * The messages of a trace as a pcap file (magic of microseconds, little-endian), for Wireshark and its kin. What went over
 * UDP is UDP between the very places. What went over TCP, TLS or a WebSocket is plain TCP, each connection with a
 * handshake and sequence numbers that count on; our own port of an encrypted one is written as 5060, for there SIP is
 * looked for. IP and UDP carry checksums that are right.
 */
export function writePcap({ messages }: Pick<Trace, 'messages'>): Buffer {
  const parts = [fileHeader()]
  const flows = new Map<string, Flow>()
  for (const message of messages) {
    const payload = Buffer.from(message.text, 'latin1')
    const [from, to] = endsOf(message)
    const packets =
      message.transport === 'udp'
        ? [udpPacket(from, to, payload.subarray(0, MOST_DATAGRAM_BYTES))]
        : tcpPackets(flows, from, to, payload)
    for (const packet of packets) parts.push(recordHeader(message.at, packet.length), packet)
  }
  return Buffer.concat(parts)
}

function endsOf({ direction, local, remote, transport }: TracedMessage): readonly [Place, Place] {
  const ours = transport === 'udp' || transport === 'tcp' ? local : { ...local, port: PLAIN_PORT }
  return direction === 'in' ? [remote, ours] : [ours, remote]
}

function fileHeader(): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(SNAP_LENGTH, 16)
  header.writeUInt32LE(LINKTYPE_RAW, 20)
  return header
}

function recordHeader(at: number, length: number): Buffer {
  const header = Buffer.alloc(16)
  const micros = Math.round(at * 1000)
  header.writeUInt32LE(Math.floor(micros / 1e6), 0)
  header.writeUInt32LE(micros % 1e6, 4)
  header.writeUInt32LE(length, 8)
  header.writeUInt32LE(length, 12)
  return header
}

function udpPacket(from: Place, to: Place, payload: Buffer): Buffer {
  const segment = Buffer.alloc(8 + payload.length)
  segment.writeUInt16BE(from.port, 0)
  segment.writeUInt16BE(to.port, 2)
  segment.writeUInt16BE(segment.length, 4)
  payload.copy(segment, 8)
  return ipPacket(from, to, UDP, segment, 6)
}

/** A message in as many segments as it takes, after a handshake if it is the first between the two. */
function tcpPackets(flows: Map<string, Flow>, from: Place, to: Place, payload: Buffer): Buffer[] {
  const keyOf = (one: Place, other: Place) => `${one.address} ${one.port} ${other.address} ${other.port}`
  const known = flows.get(keyOf(from, to))
  const mine = known ?? { next: 0 }
  const theirs = flows.get(keyOf(to, from)) ?? { next: 0 }
  const packets: Buffer[] = []
  if (!known) {
    flows.set(keyOf(from, to), mine).set(keyOf(to, from), theirs)
    packets.push(
      tcpPacket(from, to, SYN, mine.next++, 0),
      tcpPacket(to, from, SYN_ACK, theirs.next++, mine.next),
      tcpPacket(from, to, ACK, mine.next, theirs.next),
    )
  }
  for (let at = 0; at < payload.length; at += SEGMENT_BYTES) {
    const piece = payload.subarray(at, at + SEGMENT_BYTES)
    packets.push(tcpPacket(from, to, PSH_ACK, mine.next, theirs.next, piece))
    mine.next += piece.length
  }
  return packets
}

function tcpPacket(
  from: Place,
  to: Place,
  flags: number,
  sequence: number,
  acknowledged: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const segment = Buffer.alloc(20 + payload.length)
  segment.writeUInt16BE(from.port, 0)
  segment.writeUInt16BE(to.port, 2)
  segment.writeUInt32BE(sequence, 4)
  segment.writeUInt32BE(acknowledged, 8)
  segment[12] = 5 << 4
  segment[13] = flags
  segment.writeUInt16BE(0xffff, 14)
  payload.copy(segment, 20)
  return ipPacket(from, to, TCP, segment, 16)
}

/** @param checksumAt where the segment has its checksum (RFC 768, RFC 9293 §3.1), over the pseudo header too */
function ipPacket(from: Place, to: Place, protocol: number, segment: Buffer, checksumAt: number): Buffer {
  const source = addressBytes(from.address)
  const destination = addressBytes(to.address)
  const isV6 = source.length === 16 || destination.length === 16
  const [src, dst] = isV6 ? [mapped(source), mapped(destination)] : [source, destination]
  const pseudo = Buffer.alloc(8)
  pseudo.writeUInt32BE(segment.length, 0)
  pseudo.writeUInt32BE(protocol, 4)
  const sum = checksum(src, dst, pseudo, segment)
  // RFC 768: 0 would say that there is none.
  segment.writeUInt16BE(sum === 0 && protocol === UDP ? 0xffff : sum, checksumAt)
  const header = isV6 ? headerV6(protocol, segment.length) : headerV4(protocol, segment.length)
  src.copy(header, isV6 ? 8 : 12)
  dst.copy(header, isV6 ? 24 : 16)
  if (!isV6) header.writeUInt16BE(checksum(header), 10)
  return Buffer.concat([header, segment])
}

/** RFC 791 §3.1. A datagram that came in fragments stands as one. */
function headerV4(protocol: number, length: number): Buffer {
  const header = Buffer.alloc(20)
  header[0] = 0x45
  header.writeUInt16BE(20 + length, 2)
  header[8] = 64
  header[9] = protocol
  return header
}

/** RFC 8200 §3 */
function headerV6(protocol: number, length: number): Buffer {
  const header = Buffer.alloc(40)
  header[0] = 0x60
  header.writeUInt16BE(length, 4)
  header[6] = protocol
  header[7] = 64
  return header
}

/** An address in bytes; what is none (it never was known) is 0.0.0.0. */
function addressBytes(address: string): Buffer {
  const [bare = ''] = address.split('%', 1)
  if (isIPv6(bare)) return bytesOfV6(bare)
  const parts = bare.split('.').map(Number)
  return parts.length === 4 && parts.every((part) => part >= 0 && part < 256)
    ? Buffer.from(parts)
    : Buffer.alloc(4)
}

/** RFC 4291 §2.2, in any of its three forms. */
function bytesOfV6(address: string): Buffer {
  const dotted = address.replace(/(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/, (_whole, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((word) => word.toString(16)).join(':'),
  )
  const [left = '', right] = dotted.split('::')
  const words = (text: string) =>
    text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16))
  const [before, after] = [words(left), words(right ?? '')]
  const bytes = Buffer.alloc(16)
  for (const [at, word] of before.entries()) bytes.writeUInt16BE(word, 2 * at)
  for (const [at, word] of after.entries()) bytes.writeUInt16BE(word, 16 - 2 * (after.length - at))
  return bytes
}

/** RFC 4291 §2.5.5.2 */
const mapped = (bytes: Buffer): Buffer =>
  bytes.length === 16 ? bytes : Buffer.concat([Buffer.alloc(10), Buffer.from([0xff, 0xff]), bytes])

/** RFC 1071 */
function checksum(...pieces: readonly Buffer[]): number {
  let sum = 0
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += 2) sum += ((piece[at] ?? 0) << 8) | (piece[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
