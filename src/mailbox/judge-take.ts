import type { RecordedTake } from '../media/recorder/recorder.ts'
import type { JunkReason } from '../store/model.ts'
import { isLineNoise } from './machines/is-line-noise.ts'
import { repeatsItself } from './machines/repeats-itself.ts'
import type { TakeMeta } from './mailbox.ts'

/** Less sound than this is a click of the line or of a handset put down; the shortest word takes longer. */
const LEAST_SOUND_MS = 120
/** Who hangs up sooner without a word has changed his mind, or does not talk to machines. Who stays longer may be one. */
const LONGEST_HESITATION_MS = 4000

export type Judged = 'message' | 'nothing-said' | JunkReason

/**
 * Whether a take is worth being a message. Too short, silent, or the network's own busy tone: the caller hung up and
 * said nothing. What a machine left is told by its reason where the mailbox wants it in junk; where it does not, what is
 * heard in it decides as ever. What was cut off is judged mildly, because the caller may have been about to say more: any
 * sound is kept.
 *
 * Only what a person practically never does counts for a machine, and the worst that may happen to a person is junk.
 */
export function judgeTake(
  take: Pick<RecordedTake, 'durationMs' | 'hearing' | 'levels' | 'cutOff'>,
  {
    shortestMs,
    machinesToJunk = false,
    known = false,
  }: Pick<TakeMeta, 'shortestMs' | 'machinesToJunk' | 'known'>,
): Judged {
  const { soundMs, tone, fax = false } = take.hearing
  if (take.cutOff) return soundMs > 0 ? 'message' : 'nothing-said'
  if (take.durationMs < shortestMs) return 'nothing-said'
  if (tone !== undefined) return machinesToJunk ? 'tones' : 'nothing-said'
  if (soundMs < LEAST_SOUND_MS)
    return machinesToJunk && take.durationMs >= LONGEST_HESITATION_MS ? 'silence' : 'nothing-said'
  if (!machinesToJunk) return 'message'
  if (fax) return 'fax'
  if (take.levels && isLineNoise(take.levels)) return 'silence'
  // Whom the owner knows may have a machine that calls for help.
  return take.levels && !known && repeatsItself(take.levels) ? 'recorded' : 'message'
}
