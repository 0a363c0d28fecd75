import { randomBytes } from 'node:crypto'

/** Randomness as the rest of the program sees it; tests pass a seeded one (see test/helpers/seeded-random.ts). */
export interface Random {
  /** `byteCount` unpredictable bytes. */
  bytes(byteCount: number): Buffer
  /** Lower-case hexadecimal of `byteCount` unpredictable bytes: tags, branches, nonces. */
  token(byteCount: number): string
  /** A whole number from 0 to 2^32 − 1: SSRC, first sequence number, first timestamp. */
  uint32(): number
  /** A number from 0 up to, but not, 1: how a draw falls, where in a span something happens. */
  fraction(): number
}

/** Builds a `Random` from a source of bytes. */
export function randomFrom(bytes: (byteCount: number) => Buffer): Random {
  return {
    bytes,
    token: (byteCount) => bytes(byteCount).toString('hex'),
    uint32: () => bytes(4).readUInt32BE(0),
    fraction: () => bytes(4).readUInt32BE(0) / 2 ** 32,
  }
}

const POOL_BYTES = 8192
let pool = Buffer.alloc(0)
let used = 0

/** The operating system's cryptographic source, drawn in blocks because a SIP message needs many small tokens. */
export const systemRandom: Random = randomFrom((byteCount) => {
  if (byteCount > POOL_BYTES) return randomBytes(byteCount)
  if (used + byteCount > pool.length) {
    pool = randomBytes(POOL_BYTES)
    used = 0
  }
  const slice = pool.subarray(used, used + byteCount)
  used += byteCount
  return slice
})
