import type { Random } from '../../src/shared/random.ts'

/** Values at which lengths, counters and flags end. */
const EDGES = [0x00, 0x01, 0x03, 0x7f, 0x80, 0xbf, 0xfe, 0xff]
const WORDS = [0, 1, 3, 4, 0x7fff, 0x8000, 0xfffe, 0xffff]
const MOST_BYTES = 4000

/**
 * Damages a binary message: bits, edge values in bytes and 16-bit fields, pieces cut out, doubled or taken from another
 * message. Its length fields and its length fall apart that way, which is what readers of packets trip over.
 */
export function mutateBytes(random: Random, message: Buffer, others: readonly Buffer[]): Buffer {
  const below = (limit: number) => random.uint32() % Math.max(1, limit)
  const pick = <Item>(items: readonly Item[]) => items[below(items.length)] as Item
  const piece = (of: Buffer) => {
    const from = below(of.length)
    return of.subarray(from, from + 1 + below(32))
  }
  const insert = (bytes: Buffer, at: number, more: Buffer, removed = 0) =>
    Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at + removed)])

  const mutations: readonly ((bytes: Buffer) => Buffer)[] = [
    (bytes) => flip(bytes, below(bytes.length), 1 << below(8)),
    (bytes) => insert(bytes, below(bytes.length), Buffer.of(pick(EDGES)), 1),
    (bytes) => insert(bytes, below(bytes.length), word(pick(WORDS)), 2),
    // Most of what decides stands in the first words.
    (bytes) => flip(bytes, below(Math.min(24, bytes.length)), 1 << below(8)),
    (bytes) => insert(bytes, 2 * below(12), word(pick(WORDS)), 2),
    (bytes) => bytes.subarray(0, below(bytes.length + 1)),
    (bytes) => insert(bytes, below(bytes.length), Buffer.alloc(0), 1 + below(16)),
    (bytes) => insert(bytes, below(bytes.length), piece(bytes)),
    (bytes) => insert(bytes, below(bytes.length), piece(pick(others))),
    (bytes) => insert(bytes, bytes.length, random.bytes(1 + below(40))),
    (bytes) => Buffer.concat(Array<Buffer>(1 + below(4)).fill(bytes)),
  ]
  let bytes = Buffer.from(message)
  for (let left = 1 + below(3); left > 0 && bytes.length > 0; left--)
    bytes = Buffer.from(pick(mutations)(bytes))
  return bytes.subarray(0, MOST_BYTES)
}

function flip(bytes: Buffer, at: number, bit: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ bit
  return bytes
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
