import type { QuietHours } from '../../store/model.ts'
import { keepQuietHours, readQuietHours } from '../../store/quiet-hours.ts'
import type { Store } from '../../store/store.ts'
import type { AuditTools } from './audit.ts'
import { noteChange } from './note-change.ts'

/** When nobody in the house wants to hear of anything; empty: never. */
export async function changeQuietHours(
  tools: AuditTools & { readonly store: Pick<Store, 'audit' | 'settings'> },
  hours: readonly QuietHours[],
): Promise<void> {
  const before = await readQuietHours(tools.store)
  await keepQuietHours(tools.store, hours)
  await noteChange(tools, 'settings-changed', 'quiet hours', { before: { hours: before }, after: { hours } })
}
