import { words } from '../i18n/words.ts'
import { dismissToast, pauseToast, resumeToast, type Toast, toasts } from '../state/toasts.ts'
import './toasts.css'

/** What was done just now, at the foot of the page; a screen reader is told too. */
export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { id, text, tone, undo } = toast
  const pause = () => pauseToast(id)
  const resume = () => resumeToast(id)
  return (
    <div
      class={`toast toast-${tone}`}
      onPointerEnter={pause}
      onPointerLeave={resume}
      onFocusIn={pause}
      onFocusOut={resume}
    >
      <span class="toast-text">{text}</span>
      {undo && (
        <button
          type="button"
          class="toast-undo"
          onClick={() => {
            dismissToast(id)
            undo()
          }}
        >
          {words.value.messages.undo}
        </button>
      )}
    </div>
  )
}
