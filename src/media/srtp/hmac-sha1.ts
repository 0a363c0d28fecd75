import { createHash } from 'node:crypto'

const BLOCK_BYTES = 64
const STATE_WORDS = 5

/** SHA-1's 80 words of one block; a digest is made in one go, so that all can share them. */
const words = new Int32Array(80)
const inner = new Int32Array(STATE_WORDS)
const outer = new Int32Array(STATE_WORDS)
const tail = Buffer.alloc(2 * BLOCK_BYTES)

/**
 * HMAC-SHA1 (RFC 2104) whose two padded keys are hashed once, at the start. For the short packets of a call this is
 * several times cheaper than node:crypto, which sets up three objects for each of them.
 */
export class HmacSha1 {
  readonly #inner: Int32Array
  readonly #outer: Int32Array

  constructor(key: Uint8Array) {
    const block = Buffer.alloc(BLOCK_BYTES)
    block.set(key.length > BLOCK_BYTES ? createHash('sha1').update(key).digest() : key)
    this.#inner = hashedPad(block, 0x36)
    this.#outer = hashedPad(block, 0x5c)
  }

  /** Writes the first `tagBytes` (at most 20) of the digest of the first `length` bytes to `into`, at `at`. */
  sign(bytes: Buffer, length: number, into: Buffer, at: number, tagBytes: number): void {
    inner.set(this.#inner)
    finish(inner, bytes, length)
    for (let i = 0; i < STATE_WORDS; i++) tail.writeInt32BE(inner[i] ?? 0, 4 * i)
    outer.set(this.#outer)
    finish(outer, tail, 4 * STATE_WORDS)
    for (let i = 0; i < tagBytes; i++) into[at + i] = (outer[i >> 2] ?? 0) >> (24 - 8 * (i & 3))
  }
}

function hashedPad(key: Buffer, pad: number): Int32Array {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
  digestBlock(state, Buffer.from(key.map((byte) => byte ^ pad)), 0)
  return state
}

/** Takes in a message that follows one block (the padded key), and SHA-1's end of it (FIPS 180-4 §5.1.1). */
function finish(state: Int32Array, bytes: Buffer, length: number): void {
  let at = 0
  for (; at + BLOCK_BYTES <= length; at += BLOCK_BYTES) digestBlock(state, bytes, at)
  const left = length - at
  const end = left < BLOCK_BYTES - 8 ? BLOCK_BYTES : 2 * BLOCK_BYTES
  bytes.copy(tail, 0, at, length)
  tail[left] = 0x80
  tail.fill(0, left + 1, end - 4)
  tail.writeUInt32BE(8 * (BLOCK_BYTES + length), end - 4)
  for (at = 0; at < end; at += BLOCK_BYTES) digestBlock(state, tail, at)
}

/** SHA-1 of one block (FIPS 180-4 §6.1.2). */
function digestBlock(state: Int32Array, bytes: Buffer, start: number): void {
  const w = words
  for (let i = 0, at = start; i < 16; i++, at += 4)
    w[i] =
      (byteAt(bytes, at) << 24) |
      (byteAt(bytes, at + 1) << 16) |
      (byteAt(bytes, at + 2) << 8) |
      byteAt(bytes, at + 3)
  for (let i = 16; i < 80; i++) {
    const mixed = word(w, i - 3) ^ word(w, i - 8) ^ word(w, i - 14) ^ word(w, i - 16)
    w[i] = (mixed << 1) | (mixed >>> 31)
  }
  let a = word(state, 0)
  let b = word(state, 1)
  let c = word(state, 2)
  let d = word(state, 3)
  let e = word(state, 4)
  for (let i = 0; i < 80; i++) {
    let f: number
    if (i < 20) f = ((b & c) | (~b & d)) + 0x5a827999
    else if (i < 40) f = (b ^ c ^ d) + 0x6ed9eba1
    else if (i < 60) f = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
    else f = (b ^ c ^ d) + 0xca62c1d6
    const next = (((a << 5) | (a >>> 27)) + f + e + word(w, i)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  state[0] = word(state, 0) + a
  state[1] = word(state, 1) + b
  state[2] = word(state, 2) + c
  state[3] = word(state, 3) + d
  state[4] = word(state, 4) + e
}

const byteAt = (bytes: Buffer, at: number): number => bytes[at] ?? 0
const word = (from: Int32Array, at: number): number => from[at] ?? 0
