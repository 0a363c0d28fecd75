import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { useAct } from './form.tsx'
import { settingsWords } from './words/settings-words.ts'

interface AskFirstProps {
  /** What the first button says, and the one that does it. */
  readonly name: string
  readonly sure?: string
  /** The first button's whole name, where several look alike. */
  readonly label?: string
  /** What will be, in a sentence or two. */
  readonly question: string
  readonly act: () => Promise<string>
  readonly harmless?: boolean
}

/** A button for what can't be taken back: it says what will be, and asks, in place. */
export function AskFirst({ name, sure = name, label, question, act, harmless = false }: AskFirstProps) {
  const t = settingsWords.value
  const id = useId()
  const asking = useSignal(false)
  const { failure, busy, run } = useAct()
  const kind = harmless ? 'button' : 'button button-stop'
  const close = () => {
    asking.value = false
    // The first button is there again after the next frame.
    requestAnimationFrame(() => document.getElementById(id)?.focus())
  }
  if (!asking.value)
    return (
      <button
        id={id}
        type="button"
        class={kind}
        {...(label === undefined ? {} : { 'aria-label': label })}
        onClick={() => {
          asking.value = true
        }}
      >
        {name}
      </button>
    )
  return (
    <div
      class="asking"
      role="alertdialog"
      aria-labelledby={`${id}-question`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <p id={`${id}-question`}>{question}</p>
      <p class="form-failure" role="alert">
        {failure}
      </p>
      <div class="asking-acts">
        <button
          type="button"
          class={kind}
          disabled={busy}
          onClick={async () => {
            if (await run(act)) asking.value = false
          }}
        >
          {sure}
        </button>
        <button ref={focusNow} type="button" class="button" onClick={close}>
          {t.cancel}
        </button>
      </div>
    </div>
  )
}

const focusNow = (element: HTMLElement | null) => element?.focus()
