/** A packet of a pcap file. */
export interface CapturedPacket {
  /** Ms since 1970, with a fraction. */
  readonly at: number
  readonly version: 4 | 6
  readonly protocol: 'udp' | 'tcp'
  /** `192.0.2.1:5060`; IPv6 as eight words. */
  readonly from: string
  readonly to: string
  /** TCP only. */
  readonly sequence: number
  readonly acknowledged: number
  readonly flags: number
  readonly payload: string
}

/** Reads a pcap file of raw IP packets, and throws where lengths or checksums are wrong. */
export function readPcap(file: Buffer): CapturedPacket[] {
  if (file.readUInt32LE(0) !== 0xa1b2c3d4 || file.readUInt32LE(20) !== 101)
    throw new Error('no pcap of raw IP')
  const packets: CapturedPacket[] = []
  for (let at = 24; at < file.length; ) {
    const [seconds, micros] = [file.readUInt32LE(at), file.readUInt32LE(at + 4)]
    const [kept, length] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)]
    if (kept !== length || micros >= 1e6) throw new Error('a record is wrong')
    const packet = file.subarray(at + 16, at + 16 + length)
    if (packet.length !== length) throw new Error('a record is cut off')
    packets.push({ at: seconds * 1000 + micros / 1000, ...readIp(packet) })
    at += 16 + length
  }
  return packets
}

function readIp(packet: Buffer): Omit<CapturedPacket, 'at'> {
  const version = (packet[0] ?? 0) >> 4 === 6 ? 6 : 4
  const headerBytes = version === 6 ? 40 : 20
  const claimed = version === 6 ? packet.readUInt16BE(4) + 40 : packet.readUInt16BE(2)
  if (claimed !== packet.length) throw new Error(`IP says ${claimed} bytes, there are ${packet.length}`)
  if (version === 4 && sum([packet.subarray(0, 20)]) !== 0xffff) throw new Error('the IP checksum is wrong')
  const number = packet[version === 6 ? 6 : 9] ?? 0
  const [source, destination] =
    version === 6
      ? [packet.subarray(8, 24), packet.subarray(24, 40)]
      : [packet.subarray(12, 16), packet.subarray(16, 20)]
  const segment = packet.subarray(headerBytes)
  const pseudo = Buffer.alloc(8)
  pseudo.writeUInt32BE(segment.length, 0)
  pseudo.writeUInt32BE(number, 4)
  if (sum([source, destination, pseudo, segment]) !== 0xffff) throw new Error('the checksum is wrong')
  const place = (address: Buffer, port: number) => `${addressText(address)}:${port}`
  const ends = {
    from: place(source, segment.readUInt16BE(0)),
    to: place(destination, segment.readUInt16BE(2)),
  }
  if (number === 17) {
    if (segment.readUInt16BE(4) !== segment.length) throw new Error('UDP says another length')
    const payload = segment.toString('latin1', 8)
    return { version, protocol: 'udp', ...ends, sequence: 0, acknowledged: 0, flags: 0, payload }
  }
  return {
    version,
    protocol: 'tcp',
    ...ends,
    sequence: segment.readUInt32BE(4),
    acknowledged: segment.readUInt32BE(8),
    flags: segment[13] ?? 0,
    payload: segment.toString('latin1', 4 * ((segment[12] ?? 0) >> 4)),
  }
}

const addressText = (address: Buffer): string =>
  address.length === 4
    ? [...address].join('.')
    : Array.from({ length: 8 }, (_word, at) => address.readUInt16BE(2 * at).toString(16)).join(':')

/** RFC 1071: 0xffff over what holds its own checksum. */
function sum(pieces: readonly Buffer[]): number {
  let total = 0
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += 2) total += ((piece[at] ?? 0) << 8) + (piece[at + 1] ?? 0)
  while (total > 0xffff) total = (total % 0x1_0000) + Math.floor(total / 0x1_0000)
  return total
}
