import { anonymous } from './anonymous.ts'
import { blockedToJunk } from './blocked-to-junk.ts'
import { closed } from './closed.ts'
import { gateKey } from './gate-key.ts'
import { gateName } from './gate-name.ts'
import { listedToJunk } from './listed-to-junk.ts'
import { night } from './night.ts'
import type { ReadyMade } from './ready-made.ts'
import { repeated } from './repeated.ts'
import { suspected } from './suspected.ts'
import { wrongSignature } from './wrong-signature.ts'

export const readyMadeRules: readonly ReadyMade[] = [
  night,
  repeated,
  anonymous,
  suspected,
  wrongSignature,
  listedToJunk,
  blockedToJunk,
  closed,
  gateKey,
  gateName,
]
