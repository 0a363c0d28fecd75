import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../components/icon.tsx'
import { Waiting } from '../components/waiting.tsx'
import { formatNumber } from '../format/phone-number.ts'
import { words } from '../i18n/words.ts'
import { useKept } from '../settings/collections.ts'
import { Select } from '../settings/fields.tsx'
import { settingsWords } from '../settings/words/settings-words.ts'
import { type ContactAsked, contactAsked } from '../state/contact-asked.ts'
import { ContactForm } from './contact-form.tsx'
import { contacts } from './kept-contacts.ts'
import { contactWords } from './words/contact-words.ts'
import '../components/shortcuts-dialog.css'

/** Gives a caller a name, adds the number to somebody who has one, or changes the contact that he is. */
export function ContactDialog() {
  const asked = contactAsked.value
  return asked && <Dialog key={`${asked.number} ${asked.contact?.id}`} asked={asked} />
}

function Dialog({ asked }: { readonly asked: ContactAsked }) {
  const t = contactWords.value
  const dialog = useRef<HTMLDialogElement>(null)
  const known = useKept(contacts)
  /** To whom the number is added; empty: somebody new. */
  const chosen = useSignal('')
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const close = () => dialog.current?.close()
  const id = asked.contact?.id ?? chosen.value
  const contact = known?.find((each) => each.id === id)
  return (
    <dialog
      ref={dialog}
      class="dialog contact-dialog"
      aria-labelledby="contact-heading"
      onClose={() => {
        contactAsked.value = null
      }}
    >
      <div class="dialog-top">
        <h2 id="contact-heading" class="dialog-heading">
          {asked.contact ? words.value.messages.editContact : words.value.messages.addCaller}
        </h2>
        <button type="button" class="icon-button" aria-label={words.value.keys.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {known === null && <Waiting text={settingsWords.value.loading} />}
      {known !== null && (
        <>
          {!asked.contact && known.length > 0 && (
            <Select
              label={t.addTo(formatNumber(asked.number))}
              value={chosen.value}
              options={[
                { value: '', name: t.somebodyNew },
                ...known.map((each) => ({ value: each.id, name: each.name })),
              ]}
              onChoose={(value) => {
                chosen.value = value
              }}
            />
          )}
          <ContactForm
            key={id}
            place={`contact-dialog/${id}`}
            contact={contact}
            name={asked.name}
            {...(asked.contact ? {} : { number: asked.number })}
            onDone={close}
          />
        </>
      )}
    </dialog>
  )
}
