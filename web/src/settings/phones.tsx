import type { Phone } from '../../../src/api/contract.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Waiting } from '../components/waiting.tsx'
import { place } from '../i18n/words.ts'
import { settingsHash } from '../state/parse-route.ts'
import { isOwner, phones, useKept } from './collections.ts'
import { AddLink, LinkRow, Section } from './section.tsx'
import { isUnsaved } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'

/** Phones come and go by themselves. */
export const PHONES_EVERY_MS = 5_000

/** All phones, and which of them are connected. */
export function Phones() {
  const t = settingsWords.value
  const rows = useKept(phones, PHONES_EVERY_MS)
  return (
    <Section
      title={t.sections.phones}
      lead={t.phones.lead}
      act={isOwner() && <AddLink section="phones" text={t.phones.add} />}
    >
      {rows === null && <Waiting text={t.loading} />}
      {rows?.length === 0 && <EmptyState title={t.phones.none} text={t.phones.noneHelp} />}
      {rows !== null && rows.length > 0 && (
        <ul class="panel">
          {rows.map((phone) => (
            <LinkRow
              key={phone.id}
              href={settingsHash('phones', phone.id)}
              icon="phone"
              name={phone.name}
              detail={describePhone(phone)}
              state={<PhoneState phone={phone} />}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

function describePhone({ mailboxes, speaker }: Phone): string {
  const t = settingsWords.value.phones
  const names = new Intl.ListFormat(place.value.language).format(mailboxes)
  const rings = mailboxes.length === 0 ? t.ringsForNone : t.ringsFor(names)
  return speaker ? `${rings}, ${t.speakerOn}` : rings
}

function PhoneState({ phone }: { readonly phone: Phone }) {
  const t = settingsWords.value
  if (isUnsaved(`phones/${phone.id}`)) return <>{t.unsaved}</>
  const { devices, hasRegistered } = phone
  return (
    <>
      <span class={devices.length > 0 ? 'light light-on' : 'light'} aria-hidden="true" />
      {devices.length > 0
        ? t.phones.registered(devices.length)
        : hasRegistered
          ? t.phones.notNow
          : t.phones.never}
    </>
  )
}
