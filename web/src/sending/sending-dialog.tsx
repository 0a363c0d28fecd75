import { Dialog } from '../components/dialog.tsx'
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
  const wanted = sending.value
  if (!wanted) return null
  const { act, message } = wanted
  return (
    <Dialog
      name="sending"
      heading={sendingWords.value[act](callerTitle(message, words.value))}
      closedby="any"
      onClose={() => {
        sending.value = null
        focusMessage(message.id)
      }}
    >
      {(close) =>
        act === 'forward' ? (
          <ForwardForm message={message} close={close} />
        ) : (
          <ShareForm message={message} close={close} />
        )
      }
    </Dialog>
  )
}
