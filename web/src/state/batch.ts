import type { MessageBatch } from '../../../src/api/contract.ts'
import { batchMessages } from '../api/messages.ts'
import { words } from '../i18n/words.ts'
import { ask } from './ask.ts'
import { refreshMessages } from './messages.ts'
import { mustWait } from './offline.ts'
import { reportFailure } from './report-failure.ts'
import { selected, stopSelecting } from './selection.ts'
import { showToast } from './toasts.ts'

/** How many messages the contract lets one request name. */
const MOST_IN_BATCH = 200

type BatchAct = MessageBatch['act']

/** What takes an act back. What was restored goes back into the trash; what is gone for good stays so. */
const UNDO: Readonly<Record<BatchAct, BatchAct | null>> = {
  heard: 'new',
  new: 'heard',
  trash: 'restore',
  restore: 'trash',
  purge: null,
}

/** Does it to all that are selected, when the owner is sure where there is no way back, and says to how many it was done. */
export async function changeSelected(act: BatchAct): Promise<void> {
  const { selection, messages } = words.value
  const ids = [...selected.value]
  if (ids.length === 0 || mustWait()) return
  if (act === 'purge' && !(await ask(selection.purgeAsked(ids.length), messages.purge))) return
  stopSelecting()
  const changed = await changeAll(act, ids)
  const back = UNDO[act]
  showToast({
    text: selection.done[act](changed.length),
    tone: 'done',
    ...(back !== null && changed.length > 0 && { undo: () => void changeAll(back, changed) }),
  })
}

/** By as many requests as it takes; when one fails, what was changed until then is. Returns those that were. */
async function changeAll(act: BatchAct, ids: readonly string[]): Promise<readonly string[]> {
  const changed: string[] = []
  try {
    for (let from = 0; from < ids.length; from += MOST_IN_BATCH)
      changed.push(...(await batchMessages({ act, ids: ids.slice(from, from + MOST_IN_BATCH) })).changed)
  } catch (error) {
    reportFailure(error)
  }
  await refreshMessages()
  return changed
}
