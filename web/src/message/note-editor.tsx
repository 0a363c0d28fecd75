import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Message } from '../../../src/api/contract.ts'
import { words } from '../i18n/words.ts'
import { closeNote, saveNote } from '../state/message-acts.ts'
import './note-editor.css'

/** As long as the contract lets a note be. */
const LONGEST = 2000

/** The note as a field: Enter saves, Escape leaves it as it was, Shift+Enter begins a line. */
export function NoteEditor({ message }: { readonly message: Message }) {
  const { messages } = words.value
  const id = useId()
  const text = useSignal(message.note)
  return (
    <form
      class="note-editor"
      onSubmit={(event) => {
        event.preventDefault()
        void saveNote(message, text.value.trim())
      }}
    >
      <label class="unseen" for={id}>
        {messages.note}
      </label>
      <textarea
        id={id}
        ref={focusNow}
        rows={2}
        maxLength={LONGEST}
        value={text}
        placeholder={messages.noteHint}
        onInput={(event) => {
          text.value = event.currentTarget.value
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') closeNote(message)
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          event.currentTarget.form?.requestSubmit()
        }}
      />
      <div class="note-acts">
        <button type="submit" class="button">
          {messages.saveNote}
        </button>
        <button type="button" class="button button-quiet" onClick={() => closeNote(message)}>
          {messages.cancel}
        </button>
      </div>
    </form>
  )
}

function focusNow(field: HTMLTextAreaElement | null): void {
  if (!field || document.activeElement === field) return
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}
