import type { MessageBatch } from '../../../src/api/contract.ts'
import type { Words } from '../i18n/words.ts'
import type { Tab } from '../state/messages.ts'

/** Something that can be done with all messages that are selected. */
export interface BatchAct {
  readonly act: MessageBatch['act']
  /** The key that does the same to a single one. */
  readonly key: string
  readonly label: (words: Words) => string
  readonly in: readonly Tab[]
  readonly harmful?: boolean
}

const batchActs: readonly BatchAct[] = [
  { act: 'heard', key: 'm', label: ({ messages }) => messages.markHeard, in: ['new', 'all'] },
  { act: 'junk', key: 'z', label: ({ messages }) => messages.toJunk, in: ['new', 'all'] },
  { act: 'not-junk', key: 'z', label: ({ messages }) => messages.notJunk, in: ['junk'] },
  {
    act: 'trash',
    key: 'x',
    label: ({ messages }) => messages.drop,
    in: ['new', 'all', 'junk'],
    harmful: true,
  },
  { act: 'restore', key: 'x', label: ({ messages }) => messages.restoreShort, in: ['trash'] },
  { act: 'purge', key: 'Delete', label: ({ messages }) => messages.purge, in: ['trash'], harmful: true },
]

export const batchActsIn = (tab: Tab): readonly BatchAct[] => batchActs.filter((act) => act.in.includes(tab))

export const batchActByKey = (tab: Tab, key: string): BatchAct | undefined =>
  batchActsIn(tab).find((act) => act.key === key)
