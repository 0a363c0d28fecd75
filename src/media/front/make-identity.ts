import type { Random } from '../../shared/random.ts'
import type { SessionIdentity } from '../session/session.ts'

/** Everything random about a session. */
export const makeIdentity = (random: Random): SessionIdentity => ({
  ssrc: random.uint32(),
  firstSequence: random.uint32() & 0x7fff,
  firstTimestamp: random.uint32(),
  cname: random.bytes(12).toString('base64'),
  reportSeed: random.uint32(),
})
