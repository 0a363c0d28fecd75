import { useSignal } from '@preact/signals'
import type { AudioFormat, Message } from '../../../src/api/contract.ts'
import { downloadUrl } from '../api/messages.ts'
import { copyText } from '../settings/copy-text.ts'
import { showToast } from '../state/toasts.ts'
import { FormatChoice } from './forward-form.tsx'
import { canShareFiles, fetchFile } from './share-file.ts'
import { sendingWords } from './words/sending-words.ts'

/** Gives the sound to another app, saves it, or copies its address. */
export function ShareForm({ message, close }: { readonly message: Message; readonly close: () => void }) {
  const t = sendingWords.value
  const format = useSignal<AudioFormat>('mp3')
  const url = downloadUrl(message.id, format.value)
  return (
    <div class="sending-form">
      <FormatChoice format={format} />
      <div class="dialog-acts">
        <button
          type="button"
          class="button"
          onClick={async () => {
            const copied = await copyText(new URL(url, location.href).href)
            showToast({ text: copied ? t.linkCopied : t.linkNotCopied, tone: copied ? 'done' : 'failed' })
            if (copied) close()
          }}
        >
          {t.copyLink}
        </button>
        <a
          class={canShareFiles() ? 'button' : 'button button-main'}
          autofocus={!canShareFiles()}
          href={url}
          download
          onClick={close}
        >
          {t.save}
        </a>
        {canShareFiles() && <ShareButton key={format.value} url={url} format={format.value} done={close} />}
      </div>
    </div>
  )
}

/** Asks the system with which app: at once, or, where encoding took longer than a press counts, at the next. */
function ShareButton({
  url,
  format,
  done,
}: {
  readonly url: string
  readonly format: AudioFormat
  readonly done: () => void
}) {
  const t = sendingWords.value
  const file = useSignal<File | null>(null)
  const state = useSignal<'idle' | 'preparing' | 'ready' | 'failed'>('idle')

  async function share(): Promise<void> {
    state.value = 'preparing'
    try {
      file.value ??= await fetchFile(url, format)
      await navigator.share({ files: [file.value] })
      done()
    } catch (error) {
      const name = error instanceof DOMException ? error.name : ''
      // AbortError: it was put aside. NotAllowedError: the press is too long ago.
      state.value = name === 'AbortError' ? 'idle' : name === 'NotAllowedError' ? 'ready' : 'failed'
    }
  }

  return (
    <>
      <button
        type="button"
        class="button button-main"
        autofocus
        disabled={state.value === 'preparing'}
        onClick={() => void share()}
      >
        {state.value === 'preparing' ? t.sharePreparing : t.shareNow}
      </button>
      <p class="sending-hint sending-says" role="status">
        {state.value === 'ready' && t.shareReady}
        {state.value === 'failed' && t.shareFailed}
      </p>
    </>
  )
}
