import { useEffect, useRef } from 'preact/hooks'
import { words } from '../i18n/words.ts'
import { question } from '../state/ask.ts'

/** Asks about what can't be taken back; Escape, and a press beside it, mean no. */
export function AskDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  const asked = question.value
  useEffect(() => {
    if (asked) dialog.current?.showModal()
    else dialog.current?.close()
  }, [asked])
  return (
    <dialog
      ref={dialog}
      class="dialog"
      role="alertdialog"
      aria-labelledby="asked"
      closedby="any"
      // The event comes a moment after the closing, when something else may be asked already.
      onClose={({ currentTarget }) => {
        if (!currentTarget.open) asked?.answer(false)
      }}
    >
      <p id="asked" class="dialog-question">
        {asked?.text}
      </p>
      <div class="dialog-acts">
        <button type="button" class="button" autofocus onClick={() => asked?.answer(false)}>
          {words.value.messages.cancel}
        </button>
        <button type="button" class="button button-stop" onClick={() => asked?.answer(true)}>
          {asked?.sure}
        </button>
      </div>
    </dialog>
  )
}
