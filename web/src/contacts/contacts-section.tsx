import { signal } from '@preact/signals'
import { removeContact } from '../api/contacts.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Waiting } from '../components/waiting.tsx'
import { formatNumber } from '../format/phone-number.ts'
import { useKept } from '../settings/collections.ts'
import { TextInput } from '../settings/fields.tsx'
import { Gone } from '../settings/gone.tsx'
import { RemoveEntry } from '../settings/remove-entry.tsx'
import { AddLink, LinkRow, Section } from '../settings/section.tsx'
import { isUnsaved } from '../settings/use-draft.ts'
import { settingsWords } from '../settings/words/settings-words.ts'
import { settingsHash } from '../state/parse-route.ts'
import { replaceRoute } from '../state/route.ts'
import { ContactFiles } from './contact-files.tsx'
import { ContactForm } from './contact-form.tsx'
import { findContacts } from './find-contacts.ts'
import { contacts } from './kept-contacts.ts'
import { contactWords } from './words/contact-words.ts'

/** Rows that are shown; the others are found by typing. */
const MOST_ROWS = 100

const typed = signal('')

/** Whom the owner knows by name. */
export function Contacts() {
  const t = settingsWords.value
  const all = useKept(contacts)
  const found = findContacts(all ?? [], typed.value)
  return (
    <Section
      title={t.sections.contacts}
      lead={contactWords.value.lead}
      act={<AddLink section="contacts" text={contactWords.value.add} />}
    >
      {all === null && <Waiting text={t.loading} />}
      {all?.length === 0 && <EmptyState title={contactWords.value.none} text={contactWords.value.noneHelp} />}
      {all !== null && all.length > 0 && (
        <>
          <TextInput
            label={contactWords.value.search}
            value={typed.value}
            maxLength={200}
            onInput={(text) => {
              typed.value = text
            }}
          />
          <p class="unseen" role="status">
            {contactWords.value.count(found.length)}
          </p>
          {found.length === 0 && <p class="section-lead">{contactWords.value.noneFound}</p>}
          {found.length > 0 && (
            <ul class="panel">
              {found.slice(0, MOST_ROWS).map(({ id, name, note, numbers }) => (
                <LinkRow
                  key={id}
                  href={settingsHash('contacts', id)}
                  name={name}
                  detail={[numbers.map(formatNumber).join(', '), note].filter(Boolean).join(' · ')}
                  state={isUnsaved(`contacts/${id}`) ? t.unsaved : undefined}
                />
              ))}
            </ul>
          )}
          {found.length > MOST_ROWS && (
            <p class="section-lead">{contactWords.value.more(found.length - MOST_ROWS)}</p>
          )}
        </>
      )}
      {all !== null && <ContactFiles count={all.length} />}
    </Section>
  )
}

/** One contact, or a new one. */
export function ContactPage({ id }: { readonly id: string }) {
  const t = settingsWords.value
  const all = useKept(contacts)
  if (all === null) return <Waiting text={t.loading} />
  const contact = all.find((each) => each.id === id)
  if (!contact && id !== 'new') return <Gone section="contacts" />
  return (
    <Section title={contact?.name ?? contactWords.value.add} from="contacts">
      <ContactForm
        place={`contacts/${id}`}
        contact={contact}
        onDone={() => {
          if (!contact) replaceRoute(settingsHash('contacts'))
        }}
      />
      {contact && (
        <div class="apart">
          <RemoveEntry
            question={contactWords.value.removeAsk(contact.name)}
            remove={() => removeContact(contact.id)}
            list={contacts}
            section="contacts"
            removed={contactWords.value.removed(contact.name)}
          />
        </div>
      )}
    </Section>
  )
}
