import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { Icon } from './icon.tsx'

interface FileButtonProps {
  /** What the button says, and what the chooser is called. */
  readonly label: string
  /** Kinds of files, as the browser's chooser takes them. */
  readonly accept: string
  readonly onChoose: (file: File) => void
  readonly disabled?: boolean
  /** In place of the label while something goes on. */
  readonly children?: ComponentChildren
}

/** A button that asks for a file; the same file may be chosen again. */
export function FileButton({ label, accept, onChoose, disabled = false, children }: FileButtonProps) {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class="button" disabled={disabled} onClick={() => chooser.current?.click()}>
        <Icon name="upload" />
        {children ?? label}
      </button>
      <input
        ref={chooser}
        type="file"
        class="unseen"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) onChoose(file)
          currentTarget.value = ''
        }}
      />
    </>
  )
}
