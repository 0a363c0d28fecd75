import type { CallerProfile } from '../../../../src/api/contract.ts'
import { forgetCaller } from '../../api/callers.ts'
import { batchMessages } from '../../api/messages.ts'
import { Icon } from '../../components/icon.tsx'
import { words } from '../../i18n/words.ts'
import { AskFirst } from '../../settings/ask-first.tsx'
import { refreshCalls } from '../../state/calls.ts'
import { refreshMessages } from '../../state/messages.ts'
import { mustWait } from '../../state/offline.ts'
import { reportFailure } from '../../state/report-failure.ts'
import { showToast } from '../../state/toasts.ts'
import { pageWords } from './words.ts'

interface EraseProps {
  readonly caller: CallerProfile
  readonly onForgotten: () => Promise<void>
}

/** Two ways to be rid of what there is of a caller: messages can be had back, what is forgotten can't. */
export function Erase({ caller: { key }, onForgotten }: EraseProps) {
  const t = pageWords.value
  return (
    <section class="apart caller-erase" aria-label={t.erase}>
      <h2 class="panel-heading">{t.erase}</h2>
      <p>{t.trashHint}</p>
      <button type="button" class="button" onClick={() => void trashAll(key)}>
        <Icon name="trash" />
        {t.trash}
      </button>
      <p>{t.forgetHint}</p>
      <AskFirst
        name={t.forget}
        sure={t.forgetSure}
        question={t.forgetAsked}
        act={async () => {
          const { calls } = await forgetCaller(key)
          await Promise.all([onForgotten(), refreshCalls()])
          return t.forgotten(calls)
        }}
      />
    </section>
  )
}

/** All of the caller's messages at once, with one way back. */
async function trashAll(caller: string): Promise<void> {
  if (mustWait()) return
  try {
    const { count, changedAt } = await batchMessages({
      act: 'trash',
      all: { caller, state: 'new,heard,junk' },
    })
    const undo = () =>
      batchMessages({ act: 'restore', all: { caller, state: 'trash', changedAt } }).then(
        refreshMessages,
        reportFailure,
      )
    showToast({
      text: words.value.selection.done.trash(count),
      tone: 'done',
      ...(count > 0 && { undo: () => void undo() }),
    })
    await refreshMessages()
  } catch (error) {
    reportFailure(error)
  }
}
