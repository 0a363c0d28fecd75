/**
 * The body of an audio record:
 *
 *     0 links  u16  number of links
 *     4 links × { sequence u32, offset u32 }
 *       packets × { length u16, sequence u16, timestamp u32, ssrc u32, arrivedMs u32, payload }
 *
 * Every 64th audio record of a take links to the 64 before it, so that the memory needed to find an hour's records again
 * is 64 places, however many calls there are.
 */
export const LINKS = 64

export const PACKET_HEADER_BYTES = 16

/** Places of audio records: pairs of segment sequence and offset. */
export type Links = Uint32Array

export const linksBytes = (count: number) => 4 + count * 8

/** Writes the links at `at` and returns where the packets begin. */
export function writeLinks(into: Buffer, at: number, links: Links): number {
  into.writeUInt32LE(links.length / 2, at)
  for (let i = 0; i < links.length; i++) into.writeUInt32LE(links[i] ?? 0, at + 4 + i * 4)
  return at + linksBytes(links.length / 2)
}

export function readLinks(body: Buffer): Links {
  const links = new Uint32Array(2 * Math.min(body.readUInt16LE(0), LINKS))
  for (let i = 0; i < links.length; i++) links[i] = body.readUInt32LE(4 + i * 4)
  return links
}

/** A packet as it came, `arrivedMs` after the take's first. */
export interface StoredPacket {
  readonly arrivedMs: number
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly payload: Uint8Array
}

/** Writes a packet at `at` and returns the end of it. @param view of the same bytes: faster than Buffer's methods */
export function writePacket(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  arrivedMs: number,
  sequence: number,
  timestamp: number,
  ssrc: number,
  payload: Uint8Array,
): number {
  view.setUint16(at, payload.length, true)
  view.setUint16(at + 2, sequence, true)
  view.setUint32(at + 4, timestamp, true)
  view.setUint32(at + 8, ssrc, true)
  view.setUint32(at + 12, arrivedMs, true)
  bytes.set(payload, at + PACKET_HEADER_BYTES)
  return at + PACKET_HEADER_BYTES + payload.length
}

export function* readPackets(body: Buffer): Generator<StoredPacket> {
  let at = linksBytes(body.readUInt16LE(0))
  while (at + PACKET_HEADER_BYTES <= body.length) {
    const end = at + PACKET_HEADER_BYTES + body.readUInt16LE(at)
    yield {
      arrivedMs: body.readUInt32LE(at + 12),
      sequence: body.readUInt16LE(at + 2),
      timestamp: body.readUInt32LE(at + 4),
      ssrc: body.readUInt32LE(at + 8),
      payload: body.subarray(at + PACKET_HEADER_BYTES, end),
    }
    at = end
  }
}
