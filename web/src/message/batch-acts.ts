import type { MessageBatch } from '../../../src/api/contract.ts'
import type { Words } from '../i18n/words.ts'
import type { Tab } from '../state/messages.ts'

/** Something that can be done with all messages that are selected. */
export interface BatchAct {
  readonly act: MessageBatch['act']
  /** The key that does the same to a single one. */
  readonly key: string
  readonly label: (words: Words) => string
  readonly inTrash: boolean
  readonly harmful?: boolean
}

const batchActs: readonly BatchAct[] = [
  { act: 'heard', key: 'm', label: ({ messages }) => messages.markHeard, inTrash: false },
  { act: 'trash', key: 'x', label: ({ messages }) => messages.drop, inTrash: false, harmful: true },
  { act: 'restore', key: 'x', label: ({ messages }) => messages.restoreShort, inTrash: true },
  { act: 'purge', key: 'Delete', label: ({ messages }) => messages.purge, inTrash: true, harmful: true },
]

export const batchActsIn = (tab: Tab): readonly BatchAct[] =>
  batchActs.filter(({ inTrash }) => inTrash === (tab === 'trash'))

export const batchActByKey = (tab: Tab, key: string): BatchAct | undefined =>
  batchActsIn(tab).find((act) => act.key === key)
