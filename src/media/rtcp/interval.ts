/** RFC 3550 §6.2: the least interval between two reports, 5 s; half of it before the first. */
const LEAST_MS = 5000
/** e − 3/2, which makes up for timer reconsideration (RFC 3550 §6.3.1). */
const COMPENSATION = Math.E - 1.5
/** RFC 3550 §6.2: reports take at most 5 % of the session's bandwidth. */
const SHARE = 0.05

/**
 * Time to the next report of a session of two, by RFC 3550 §6.3.1 and appendix A.7. Both are members whatever they
 * send, so neither half of the bandwidth needs to be set apart, and reconsideration has nothing to reconsider.
 * @param averageBytes of a compound packet with UDP and IP headers
 * @param bandwidth of the session in bytes a second
 * @param fraction from 0 to 1, at random
 */
export function reportIntervalMs(
  averageBytes: number,
  bandwidth: number,
  first: boolean,
  fraction: number,
): number {
  const least = first ? LEAST_MS / 2 : LEAST_MS
  const wanted = (averageBytes * 2 * 1000) / (bandwidth * SHARE)
  return (Math.max(least, wanted) * (0.5 + fraction)) / COMPENSATION
}

/** RFC 3550 §6.3.3: the running average of compound packet sizes. */
export const averageSize = (average: number, bytes: number): number => average + (bytes - average) / 16

/** Fractions from 0 to 1 that follow from a seed (xorshift32), so that a session's reports can be repeated. */
export function fractionsFrom(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
