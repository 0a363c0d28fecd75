import type { RecordedTake } from '../media/recorder/recorder.ts'

/** Less sound than this is a click of the line or of a handset put down; the shortest word takes longer. */
const LEAST_SOUND_MS = 120

/**
 * Whether a take is worth being a message. Too short, silent, or the network's own busy tone: the caller hung up and
 * said nothing. What was cut off is judged mildly, because the caller may have been about to say more: any sound is
 * kept.
 */
export function judgeTake(
  take: Pick<RecordedTake, 'durationMs' | 'hearing' | 'cutOff'>,
  shortestMs: number,
): 'message' | 'nothing-said' {
  const { soundMs, tone } = take.hearing
  if (take.cutOff) return soundMs > 0 ? 'message' : 'nothing-said'
  if (take.durationMs < shortestMs) return 'nothing-said'
  if (tone !== undefined) return 'nothing-said'
  return soundMs >= LEAST_SOUND_MS ? 'message' : 'nothing-said'
}
