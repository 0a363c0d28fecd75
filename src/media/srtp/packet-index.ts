const ROUND = 0x1_0000
const HALF = 0x8000

/**
 * The index of the packet with this sequence number, that is nearest to the highest index so far (RFC 3711 §3.3.1 and
 * appendix A). Negative when it lies before the stream's beginning.
 */
export function estimateIndex(highest: number, sequence: number): number {
  const latest = highest % ROUND
  const rollOver = highest - latest
  if (latest < HALF) return sequence - latest > HALF ? rollOver - ROUND + sequence : rollOver + sequence
  return latest - HALF > sequence ? rollOver + ROUND + sequence : rollOver + sequence
}
