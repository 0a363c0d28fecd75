import type { Switches } from '../../store/switches.ts'
import type { Switches as SwitchesView } from '../contract.ts'
import { isoOrNull } from './instant.ts'

/** What the house is switched to, as the API shows it. */
export function showSwitches({ machineOn, doNotDisturb }: Switches): SwitchesView {
  return {
    machineOn,
    doNotDisturb: doNotDisturb !== null,
    doNotDisturbUntil: isoOrNull(doNotDisturb?.until ?? null),
  }
}
