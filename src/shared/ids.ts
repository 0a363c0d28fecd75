import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Makes an identifier: 26 characters that sort by the time they were made (a ULID in lower case). */
export type MakeId = () => string

/** Whether a text is written as identifiers are. */
export const isId = (text: string): boolean => /^[0-9a-z]{26}$/.test(text)

/**
 * Identifiers for calls, messages, recordings and everything else that the store keeps. They sort by time, so that a
 * page of newest messages is a range of the primary key, and they say nothing that can be guessed.
 */
export function idMaker(clock: Pick<Clock, 'now'>, random: Pick<Random, 'bytes'>): MakeId {
  return () => {
    let time = clock.now()
    let stamp = ''
    for (let place = 0; place < 10; place++) {
      stamp = ALPHABET[time % 32] + stamp
      time = Math.floor(time / 32)
    }
    let tail = ''
    for (const byte of random.bytes(16)) tail += ALPHABET[byte % 32]
    return stamp + tail
  }
}
