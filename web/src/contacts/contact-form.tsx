import type { Contact } from '../../../src/api/contract.ts'
import * as api from '../api/contacts.ts'
import { formatNumber } from '../format/phone-number.ts'
import { Switch, TextInput } from '../settings/fields.tsx'
import { Form } from '../settings/form.tsx'
import { useDraft } from '../settings/use-draft.ts'
import { NumbersField } from './numbers-field.tsx'
import { contactWords } from './words/contact-words.ts'
import './contacts.css'

interface ContactFields {
  readonly name: string
  readonly numbers: readonly string[]
  readonly note: string
  readonly favourite: boolean
}

interface ContactFormProps {
  /** The place of the draft, as in `useDraft`. */
  readonly place: string
  /** The one to be changed; a new one unless given. */
  readonly contact?: Contact | undefined
  /** What is put into the fields that the contact does not have yet. */
  readonly name?: string
  readonly number?: string
  /** It is saved as this, or not wanted. */
  readonly onDone: (saved?: Contact) => void
}

/** A name, its numbers and a note. */
export function ContactForm({ place, contact, name = '', number, onDone }: ContactFormProps) {
  const t = contactWords.value
  const kept: ContactFields = contact ?? { name, numbers: [], note: '', favourite: false }
  const isSynced = contact?.source != null
  const more = number !== undefined && !kept.numbers.includes(number) ? [number] : []
  const numbers = [...kept.numbers, ...more]
  const saved: ContactFields = {
    name: kept.name,
    numbers: numbers.length > 0 ? numbers : [''],
    note: kept.note,
    favourite: kept.favourite,
  }
  const { fields, changed, set, drop } = useDraft<ContactFields>(place, saved)

  const save = async () => {
    const input = {
      name: fields.name.trim(),
      numbers: fields.numbers.map((each) => each.trim()).filter((each) => each !== ''),
      note: fields.note.trim(),
      favourite: fields.favourite,
    }
    const { note, favourite } = input
    const change = isSynced ? { note, favourite } : input
    const done = contact ? await api.changeContact(contact.id, change) : await api.addContact(input)
    drop()
    onDone(done)
    return contact ? t.changed(done.name) : t.added(done.name)
  }

  return (
    <Form
      dirty={changed.length > 0 || more.length > 0}
      save={save}
      discard={() => {
        drop()
        if (number !== undefined) onDone()
      }}
      {...(contact ? {} : { submit: t.add })}
    >
      <div class="plate">
        <TextInput
          label={t.name}
          value={fields.name}
          required
          maxLength={100}
          disabled={isSynced}
          onInput={(value) => set({ name: value })}
        />
        {isSynced ? (
          <p class="number">{kept.numbers.map(formatNumber).join(', ')}</p>
        ) : (
          <NumbersField numbers={fields.numbers} onChange={(value) => set({ numbers: value })} />
        )}
        <TextInput
          label={t.note}
          hint={t.noteHint}
          value={fields.note}
          maxLength={2000}
          onInput={(value) => set({ note: value })}
        />
        <Switch
          label={t.favourite}
          hint={t.favouriteHint}
          checked={fields.favourite}
          onChange={(favourite) => set({ favourite })}
        />
      </div>
    </Form>
  )
}
