import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { words } from '../i18n/words.ts'
import { Icon } from './icon.tsx'
import './shortcuts-dialog.css'

interface DialogProps {
  /** Its class, besides those of all dialogs. */
  readonly name: string
  readonly heading: string
  /** `any`: a press beside it closes it, too. */
  readonly closedby?: 'any'
  readonly onClose: () => void
  readonly children: (close: () => void) => ComponentChildren
}

/** Is open for as long as it is there. It leaves by `onClose`, after the focus has gone back to where it was. */
export function Dialog({ name, heading, onClose, children, ...dialog }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => element.current?.showModal(), [])
  const close = () => element.current?.close()
  return (
    <dialog {...dialog} ref={element} class={`dialog ${name}`} aria-labelledby={id} onClose={onClose}>
      <div class="dialog-top">
        <h2 id={id} class="dialog-heading">
          {heading}
        </h2>
        <button type="button" class="icon-button" aria-label={words.value.keys.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {children(close)}
    </dialog>
  )
}
