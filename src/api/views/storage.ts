import { readHistoryRetention } from '../../mailbox/history-retention.ts'
import type { Mailboxes } from '../../mailbox/mailbox.ts'
import { readFills } from '../../store/fills.ts'
import type { MessageState } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { Storage } from '../contract.ts'
import { readDisk } from './disk.ts'
import { iso, isoOrNull } from './instant.ts'
import { showQuota } from './mailbox.ts'

export interface StorageTools {
  readonly store: Pick<Store, 'mailboxes' | 'messages' | 'calls' | 'audit' | 'settings'>
  readonly mailboxes: Pick<Mailboxes, 'size'>
  readonly dataDir?: string | undefined
}

/** What is kept, for how long, and the room that it takes. */
export async function readStorage({ store, mailboxes, dataDir }: StorageTools): Promise<Storage> {
  const counts = await store.messages.counts()
  const countOf = (id: string, state: MessageState) =>
    counts.find((row) => row.mailboxId === id && row.state === state)?.count ?? 0
  const fills = await readFills(store)
  const size = await mailboxes.size()
  return {
    disk: dataDir === undefined ? null : await readDisk(dataDir),
    recordings: size ? { bytes: size.bytes, files: size.files, countedAt: iso(size.at) } : null,
    mailboxes: (await store.mailboxes.list()).map(
      ({ id, name, keepNewDays, keepHeardDays, keepJunkDays, keepTrashDays, ...mailbox }) => ({
        id,
        name,
        ...showQuota({ id, ...mailbox }, fills),
        newMessages: countOf(id, 'new'),
        heardMessages: countOf(id, 'heard'),
        junkMessages: countOf(id, 'junk'),
        trashMessages: countOf(id, 'trash'),
        keepNewDays,
        keepHeardDays,
        keepJunkDays,
        keepTrashDays,
      }),
    ),
    callsSince: isoOrNull((await store.calls.oldestAt()) ?? null),
    auditSince: isoOrNull((await store.audit.oldestAt()) ?? null),
    ...(await readHistoryRetention(store)),
  }
}
