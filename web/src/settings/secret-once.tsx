import { useEffect, useRef } from 'preact/hooks'
import { CopyButton } from './copy-button.tsx'
import './phone-credentials.css'

interface SecretOnceProps {
  /** Whose it is. */
  readonly name: string
  readonly secret: string
  readonly words: { readonly secret: string; readonly secretHint: string; readonly done: string }
  readonly onDone: () => void
}

/** A secret that was made just now, to be copied: it is shown this once. */
export function SecretOnce({ name, secret, words: t, onDone }: SecretOnceProps) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <section ref={box} class="credentials" aria-label={t.secret} tabIndex={-1}>
      <h2 class="credentials-title">{name}</h2>
      <p class="credentials-hint">{t.secretHint}</p>
      <dl>
        <div class="credentials-row">
          <dt>{t.secret}</dt>
          <dd class="number" data-field="password">
            {secret}
          </dd>
          <dd class="credentials-copy">
            <CopyButton what={t.secret} text={secret} />
          </dd>
        </div>
      </dl>
      <div class="credentials-foot">
        <span />
        <button type="button" class="button" onClick={onDone}>
          {t.done}
        </button>
      </div>
    </section>
  )
}
