import {
  changeHistoryRetention,
  type HistoryRetention,
  readHistoryRetention,
} from '../../mailbox/history-retention.ts'
import type { Store } from '../../store/store.ts'
import type { AuditTools } from './audit.ts'
import { noteChange } from './note-change.ts'

/** For how long it is kept who called, and who did what: the audit itself says so when that becomes another. */
export async function changeRetention(
  tools: AuditTools & { readonly store: Pick<Store, 'audit' | 'settings'> },
  change: Partial<HistoryRetention>,
): Promise<HistoryRetention> {
  const before = await readHistoryRetention(tools.store)
  const after = await changeHistoryRetention(tools.store, change)
  await noteChange(tools, 'settings-changed', 'storage', { before, after })
  return after
}
