/** RFC 6347 §4.1: type, version, epoch, sequence number, length. */
const HEADER_BYTES = 13

/**
 * The records of a datagram that are encrypted, which all are but those of a handshake's beginning (epoch 0). Once the
 * handshake is done nothing else counts: an alert or a new beginning in the clear could be anybody's.
 */
export function encryptedRecords(datagram: Buffer): Buffer {
  const kept: Buffer[] = []
  for (let at = 0; at + HEADER_BYTES <= datagram.length; ) {
    const end = at + HEADER_BYTES + datagram.readUInt16BE(at + 11)
    if (end > datagram.length) break
    if (datagram.readUInt16BE(at + 3) > 0) kept.push(datagram.subarray(at, end))
    at = end
  }
  return Buffer.concat(kept)
}
