import { counterGuard } from './counter-guard.ts'
import { deriveKeys } from './derive-keys.ts'
import { gcmGuard } from './gcm-guard.ts'
import type { Guard } from './guard.ts'
import { identifiedGuard } from './identified-guard.ts'
import { type MasterKey, suites } from './suite.ts'

/** The guard of one direction. Throws when key or salt have not the suite's length: that is checked where they come from. */
export function openGuard(master: MasterKey): Guard {
  const suite = suites[master.suite]
  const [rtp, rtcp] = [deriveKeys(master, 'rtp'), deriveKeys(master, 'rtcp')]
  const guard = suite.mode === 'gcm' ? gcmGuard(rtp, rtcp) : counterGuard(suite, rtp, rtcp)
  return master.mki ? identifiedGuard(guard, suite, Buffer.from(master.mki)) : guard
}
