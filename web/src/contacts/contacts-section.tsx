import { signal } from '@preact/signals'
import { removeContact } from '../api/contacts.ts'
import { HouseCountry } from '../caller/house-country.tsx'
import { callerWords } from '../caller/words/caller-words.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ReadMore } from '../components/read-more.tsx'
import { Waiting } from '../components/waiting.tsx'
import { formatNumber } from '../format/phone-number.ts'
import { TextInput } from '../settings/fields.tsx'
import { Gone } from '../settings/gone.tsx'
import { RemoveEntry } from '../settings/remove-entry.tsx'
import { AddLink, LinkRow, Section } from '../settings/section.tsx'
import { isUnsaved } from '../settings/use-draft.ts'
import { settingsWords } from '../settings/words/settings-words.ts'
import { callerHash, settingsHash } from '../state/parse-route.ts'
import { replaceRoute } from '../state/route.ts'
import { ContactFiles } from './contact-files.tsx'
import { ContactForm } from './contact-form.tsx'
import { useContact, useContacts } from './found-contacts.ts'
import { contactWords } from './words/contact-words.ts'

const ROWS_AT_A_TIME = 100

const typed = signal('')

/** Whom the owner knows by name. */
export function Contacts() {
  const t = settingsWords.value
  const { page, readMore, readAgain } = useContacts(typed.value, ROWS_AT_A_TIME)
  const isSearched = typed.value.trim() !== ''
  return (
    <Section
      title={t.sections.contacts}
      lead={contactWords.value.lead}
      act={<AddLink section="contacts" text={contactWords.value.add} />}
    >
      {page === null && <Waiting text={t.loading} />}
      {page?.total === 0 && !isSearched && (
        <EmptyState title={contactWords.value.none} text={contactWords.value.noneHelp} />
      )}
      {page !== null && (page.total > 0 || isSearched) && (
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
            {contactWords.value.count(page.total)}
          </p>
          {page.total === 0 && <p class="section-lead">{contactWords.value.noneFound}</p>}
          {page.total > 0 && (
            <ul class="panel contacts-list">
              {page.contacts.map(({ id, name, note, numbers }) => (
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
          {page.nextCursor !== null && <ReadMore read={readMore} />}
        </>
      )}
      {page !== null && page.total > 0 && <HouseCountry />}
      {page !== null && <ContactFiles any={page.total > 0 || isSearched} onTaken={() => void readAgain()} />}
    </Section>
  )
}

/** One contact, or a new one. */
export function ContactPage({ id }: { readonly id: string }) {
  return id === 'new' ? <NewContact /> : <KnownContact id={id} />
}

function NewContact() {
  return (
    <Section title={contactWords.value.add} from="contacts">
      <ContactForm place="contacts/new" onDone={() => replaceRoute(settingsHash('contacts'))} />
    </Section>
  )
}

function KnownContact({ id }: { readonly id: string }) {
  const contact = useContact(id)
  if (contact.value === undefined) return <Waiting text={settingsWords.value.loading} />
  if (contact.value === null) return <Gone section="contacts" />
  const { name, source } = contact.value
  return (
    <Section title={name} from="contacts">
      <a class="button contact-history" href={callerHash(id)}>
        {callerWords.value.more}
      </a>
      {source && <p class="section-lead">{contactWords.value.synced(source.name)}</p>}
      <ContactForm
        place={`contacts/${id}`}
        contact={contact.value}
        onDone={(saved) => {
          if (saved) contact.value = saved
        }}
      />
      {source === null && (
        <div class="apart">
          <RemoveEntry
            question={contactWords.value.removeAsk(name)}
            remove={() => removeContact(id)}
            section="contacts"
            removed={contactWords.value.removed(name)}
          />
        </div>
      )}
    </Section>
  )
}
