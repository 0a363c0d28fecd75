import { useSignal } from '@preact/signals'
import { Dialog } from '../components/dialog.tsx'
import { Waiting } from '../components/waiting.tsx'
import { formatNumber } from '../format/phone-number.ts'
import { words } from '../i18n/words.ts'
import { Select, TextInput } from '../settings/fields.tsx'
import { settingsWords } from '../settings/words/settings-words.ts'
import { contactAsked } from '../state/contact-asked.ts'
import { ContactForm } from './contact-form.tsx'
import { useContact, useContacts } from './found-contacts.ts'
import { contactWords } from './words/contact-words.ts'

/** More are found by typing. */
const MOST_CHOICES = 100

/** Gives a caller a name, adds the number to somebody who has one, or changes the contact that he is. */
export function ContactDialog() {
  const asked = contactAsked.value
  if (asked === null) return null
  const { contact, number, name } = asked
  return (
    <Dialog
      key={`${number} ${contact?.id}`}
      name="contact-dialog"
      heading={contact ? words.value.messages.editContact : words.value.messages.addCaller}
      onClose={() => {
        contactAsked.value = null
      }}
    >
      {(close) =>
        contact ? (
          <Edited id={contact.id} onDone={close} />
        ) : (
          <Added number={number} name={name} onDone={close} />
        )
      }
    </Dialog>
  )
}

function Edited({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { value: contact } = useContact(id)
  if (contact === undefined) return <Waiting text={settingsWords.value.loading} />
  if (contact === null) return <p>{settingsWords.value.gone}</p>
  return <ContactForm place={`contact-dialog/${id}`} contact={contact} onDone={onDone} />
}

interface AddedProps {
  readonly number: string
  readonly name: string
  readonly onDone: () => void
}

/** The number becomes somebody new's, or one that somebody has besides. */
function Added({ number, name, onDone }: AddedProps) {
  const t = contactWords.value
  const typed = useSignal('')
  /** To whom the number is added; empty: somebody new. */
  const chosen = useSignal('')
  const { page } = useContacts(typed.value, MOST_CHOICES)
  if (page === null) return <Waiting text={settingsWords.value.loading} />
  const contact = page.contacts.find(({ id }) => id === chosen.value)
  const id = contact?.id ?? ''
  const areTooMany = page.nextCursor !== null || typed.value !== ''
  return (
    <>
      {areTooMany && (
        <TextInput
          label={t.search}
          value={typed.value}
          maxLength={200}
          onInput={(text) => {
            typed.value = text
          }}
        />
      )}
      {(areTooMany || page.total > 0) && (
        <Select
          label={t.addTo(formatNumber(number))}
          value={id}
          options={[
            { value: '', name: t.somebodyNew },
            ...page.contacts.map((each) => ({ value: each.id, name: each.name })),
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
        name={name}
        number={number}
        onDone={onDone}
      />
    </>
  )
}
