import type { Told } from './0019-telling.ts'

/**
 * A message is new from when it came into its mailbox. That of a copy or an import was left long before: counted from then,
 * telling it would be given up at the first failures.
 */
export const TOLD_NEW: Told = {
  table: 'messages',
  name: 'new',
  on: 'insert',
  when: `new.state = 'new'`,
  at: 'new."stateSince"',
  event: 'message-new',
}
