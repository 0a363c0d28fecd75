import { type Random, randomFrom } from '../../src/shared/random.ts'

/** The same bytes for the same seed (xorshift32): runs that can be repeated. */
export function seededRandom(seed = 1): Random {
  let state = seed >>> 0 || 1
  return randomFrom((byteCount) => {
    const out = Buffer.alloc(byteCount)
    for (let i = 0; i < byteCount; i++) {
      state ^= state << 13
      state >>>= 0
      state ^= state >>> 17
      state ^= state << 5
      state >>>= 0
      out[i] = state & 0xff
    }
    return out
  })
}
