import { signal } from '@preact/signals'
import type { Switches, SwitchesChange } from '../../../src/api/contract.ts'
import { changeSwitches, readSwitches } from '../api/switches.ts'
import { reportFailure } from './report-failure.ts'

/** What the house is switched to; null until the machine has said so. */
export const switches = signal<Switches | null>(null)

export async function refreshSwitches(): Promise<void> {
  const before = switches.value
  const read = await readSwitches().catch(() => null)
  // An event that came meanwhile is newer than the answer.
  if (read !== null && switches.value === before) switches.value = read
}

/** Switches, and shows what has become of it. */
export async function switchTo(change: SwitchesChange): Promise<void> {
  try {
    switches.value = await changeSwitches(change)
  } catch (error) {
    reportFailure(error)
  }
}
