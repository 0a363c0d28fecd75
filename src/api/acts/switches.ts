import type { z } from 'zod'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Store } from '../../store/store.ts'
import { type Switches, setSwitches } from '../../store/switches.ts'
import type { switchesChange } from '../contract.ts'
import { iso } from '../views/instant.ts'
import { type AuditTools, note } from './audit.ts'

export type SwitchTools = AuditTools & { readonly store: Pick<Store, 'audit' | 'settings'> }

/** Switches the machine on or off, or do not disturb. Rejects with AP_INPUT_INVALID. */
export async function changeSwitches(
  tools: SwitchTools,
  { machineOn, doNotDisturb, doNotDisturbUntil }: z.output<typeof switchesChange>,
): Promise<Switches> {
  const now = tools.clock.now()
  const until = doNotDisturbUntil ? Date.parse(doNotDisturbUntil) : null
  if (until !== null && until <= now)
    throw new AnswerphoneError('AP_INPUT_INVALID', { what: 'Do not disturb would be over already.' })
  const disturb = doNotDisturb ?? (until === null ? undefined : true)
  const switches = await setSwitches(
    tools.store,
    {
      ...(machineOn !== undefined && { machineOn }),
      ...(disturb !== undefined && { doNotDisturb: disturb ? { until } : null }),
    },
    now,
  )
  if (machineOn !== undefined)
    await note(tools, 'switched', { detail: `machine ${machineOn ? 'on' : 'off'}` })
  if (disturb !== undefined) {
    const detail = `do not disturb ${disturb ? 'on' : 'off'}${until === null ? '' : ` until ${iso(until)}`}`
    await note(tools, 'switched', { detail })
  }
  return switches
}
