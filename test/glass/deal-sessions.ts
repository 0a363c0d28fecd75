import { randomFrom } from '../../src/shared/random.ts'
import type { Through } from '../helpers/in-memory-house.ts'
import { seededRandom } from '../helpers/seeded-random.ts'

/**
 * Deals the sessions at one address the same random numbers in every run, in the order in which they are opened, however
 * many are drawn elsewhere. A session's reports come at random intervals (RFC 3550 §6.2), so that two calls alike in all
 * else differ in them; with the same numbers on both sides, a difference comes from the other side of the glass.
 */
export function dealSessions(address: string): NonNullable<Through['media']> {
  return (make, others) => {
    let dealt = 0
    let source = others
    const engine = make(randomFrom((byteCount) => source.bytes(byteCount)))
    return {
      openSession(at, ...rest) {
        // All that is random about a session is drawn before `openSession` returns its promise.
        source = at === address ? seededRandom(1 + dealt++) : others
        try {
          return engine.openSession(at, ...rest)
        } finally {
          source = others
        }
      },
      browserFingerprint: () => engine.browserFingerprint(),
      loadClip: (...clip) => engine.loadClip(...clip),
      prepareClip: (...clip) => engine.prepareClip(...clip),
      dropClip: (name) => engine.dropClip(name),
      whenSaved: (takeId) => engine.whenSaved(takeId),
      releaseTake: (takeId) => engine.releaseTake(takeId),
      space: () => engine.space(),
      localAt: (port) => engine.localAt(port),
      get sessions() {
        return engine.sessions
      },
      close: () => engine.close(),
    }
  }
}
