import type { MessageBatch, MessageBatchDone, MessageFilter } from '../../../src/api/contract.ts'
import { batchMessages, type MessageQuery } from '../api/messages.ts'
import { words } from '../i18n/words.ts'
import { ask } from './ask.ts'
import { refreshMessages } from './messages.ts'
import { mustWait } from './offline.ts'
import { reportFailure } from './report-failure.ts'
import { type AllSelected, allSelected, selected, selectedCount, stopSelecting } from './selection.ts'
import { showToast } from './toasts.ts'

/** How many messages the contract lets one request name. */
const MOST_IN_BATCH = 200

type BatchAct = MessageBatch['act']

/** What takes an act back, and which state has what it changed. What was restored goes back into the trash; what is gone for good stays so. */
const UNDO: Readonly<Record<BatchAct, { readonly act: BatchAct; readonly state: string } | null>> = {
  heard: { act: 'new', state: 'heard' },
  new: { act: 'heard', state: 'new' },
  trash: { act: 'restore', state: 'trash' },
  junk: { act: 'not-junk', state: 'junk' },
  'not-junk': { act: 'junk', state: 'new,heard' },
  restore: { act: 'trash', state: 'new,heard,junk' },
  purge: null,
}

/** Does it to all that are selected, when the owner is sure where there is no way back, and says to how many it was done. */
export async function changeSelected(act: BatchAct): Promise<void> {
  const { selection, messages } = words.value
  const [ids, all, count] = [[...selected.value], allSelected.value, selectedCount.value]
  if (count === 0 || mustWait()) return
  if (act === 'purge' && !(await ask(selection.purgeAsked(count), messages.purge))) return
  stopSelecting()
  const { changed, undo } = await (all ? changeAll(act, all) : changeNamed(act, ids))
  showToast({
    text: selection.done[act](changed),
    tone: 'done',
    ...(undo && changed > 0 && { undo: () => void undo() }),
  })
}

interface Done {
  readonly changed: number
  readonly undo: (() => Promise<unknown>) | null
}

/** By as many requests as it takes; when one fails, what was changed until then is. */
async function changeNamed(act: BatchAct, ids: readonly string[]): Promise<Done> {
  const changed: string[] = []
  for (let from = 0; from < ids.length; from += MOST_IN_BATCH) {
    const done = await change({ act, ids: ids.slice(from, from + MOST_IN_BATCH) })
    if (!done) break
    changed.push(...done.changed)
  }
  await refreshMessages()
  const back = UNDO[act]
  return { changed: changed.length, undo: back && (() => changeNamed(back.act, changed)) }
}

/** By one request, whatever their number; it is undone by when it was done. */
async function changeAll(act: BatchAct, { query, except }: AllSelected): Promise<Done> {
  const done = await change({ act, all: filterOf(query), except: [...except] })
  await refreshMessages()
  const back = UNDO[act]
  if (!done || !back) return { changed: done?.count ?? 0, undo: null }
  const { count, changedAt } = done
  const all = { state: back.state, changedAt }
  return { changed: count, undo: () => change({ act: back.act, all }).then(refreshMessages) }
}

const change = (batch: MessageBatch): Promise<MessageBatchDone | undefined> =>
  batchMessages(batch).catch((error: unknown) => {
    reportFailure(error)
    return undefined
  })

/** Empty is without end. */
const filterOf = (query: MessageQuery): MessageFilter =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
