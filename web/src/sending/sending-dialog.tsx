import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../components/icon.tsx'
import { callerTitle } from '../format/caller.ts'
import { words } from '../i18n/words.ts'
import { focusMessage } from '../state/message-acts.ts'
import { sending } from '../state/sending.ts'
import { ForwardForm } from './forward-form.tsx'
import { ShareForm } from './share-form.tsx'
import { sendingWords } from './words/sending-words.ts'
import './sending.css'

/** What opens to forward a message or to share its sound. Escape, and a press beside it, close it. */
export function SendingDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const wanted = sending.value
  if (!wanted) return null
  const { act, message } = wanted
  const t = sendingWords.value
  const close = () => dialog.current?.close()
  return (
    <dialog
      ref={dialog}
      class="dialog sending"
      aria-labelledby="sending-heading"
      closedby="any"
      onClose={() => {
        sending.value = null
        focusMessage(message.id)
      }}
    >
      <div class="dialog-top">
        <h2 id="sending-heading" class="dialog-heading">
          {t[act](callerTitle(message, words.value))}
        </h2>
        <button type="button" class="icon-button" aria-label={t.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {act === 'forward' ? (
        <ForwardForm message={message} close={close} />
      ) : (
        <ShareForm message={message} close={close} />
      )}
    </dialog>
  )
}
