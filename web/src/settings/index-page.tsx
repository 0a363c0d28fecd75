import { useEffect, useRef } from 'preact/hooks'
import type { IconName } from '../components/icon.tsx'
import { contactCount } from '../contacts/found-contacts.ts'
import { contactSources } from '../contacts/sources/kept.ts'
import { sourceWords } from '../contacts/sources/words.ts'
import { contactWords } from '../contacts/words/contact-words.ts'
import { place } from '../i18n/words.ts'
import { rules } from '../rules/kept-rules.ts'
import { ruleWords } from '../rules/words/rule-words.ts'
import { type Section as Name, settingsHash } from '../state/parse-route.ts'
import { session } from '../state/session.ts'
import {
  about,
  blocked,
  greetings,
  isOwner,
  lines,
  mailboxes,
  mailSettings,
  phones,
  push,
  storage,
  tokens,
  transcription,
  useKept,
  users,
} from './collections.ts'
import { doctorWords } from './doctor/words/doctor-words.ts'
import { numberLists } from './lists/kept.ts'
import { listWords } from './lists/words/list-words.ts'
import { ownersSections } from './owners-sections.ts'
import { formatBytes } from './room.ts'
import { LinkRow } from './section.tsx'
import { storageWords } from './storage/words/storage-words.ts'
import { mqtt, targets } from './telling/kept.ts'
import { tellingWords } from './telling/words/telling-words.ts'
import { transcriptionWords } from './transcription/words/transcription-words.ts'
import { settingsWords } from './words/settings-words.ts'
import './section.css'

const groups = [
  {
    id: 'machine',
    sections: [
      'lines',
      'phones',
      'mailboxes',
      'greetings',
      'rules',
      'storage',
      'mail',
      'transcription',
      'telling',
    ],
  },
  { id: 'people', sections: ['account', 'people', 'tokens'] },
  {
    id: 'watch',
    sections: ['contacts', 'addressbooks', 'device', 'blocked', 'lists', 'audit', 'doctor', 'about'],
  },
] as const

const icons: Readonly<Record<Name, IconName>> = {
  lines: 'taken',
  phones: 'phone',
  mailboxes: 'message',
  greetings: 'microphone',
  rules: 'select',
  storage: 'download',
  mail: 'mail',
  transcription: 'message',
  telling: 'bell',
  account: 'key',
  people: 'menu',
  tokens: 'key',
  contacts: 'contacts',
  addressbooks: 'contacts',
  blocked: 'blocked',
  lists: 'blocked',
  audit: 'eye',
  device: 'bell',
  doctor: 'check',
  about: 'about',
}

/** All that can be set, with what is set now in a few words. */
export function Index() {
  const t = settingsWords.value
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const shown = groups
    .map(({ id, sections }) => ({
      name: t.groups[id],
      sections: sections.filter((section) => isOwner() || !ownersSections.has(section)),
    }))
    .filter(({ sections }) => sections.length > 0)
  return (
    <div class="section">
      <h1 ref={heading} class="section-title" tabIndex={-1}>
        {t.title}
      </h1>
      {shown.map(({ name, sections }) => (
        <section key={name} class="section-group" aria-label={name}>
          <h2 class="panel-heading">{name}</h2>
          <ul class="panel">
            {sections.map((section) => (
              <Entry key={section} section={section} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Entry({ section }: { readonly section: Name }) {
  const detail = details[section]()
  return (
    <LinkRow
      href={settingsHash(section)}
      icon={icons[section]}
      name={settingsWords.value.sections[section]}
      detail={detail ?? ' '}
    />
  )
}

/** What is set now, in a few words; each reads what it tells of. Hooks: each entry calls always the same. */
const details: Readonly<Record<Name, () => string | undefined>> = {
  lines: function useLines() {
    return count(useKept(lines), settingsWords.value.lines.count)
  },
  phones: function usePhones() {
    const all = useKept(phones)
    const connected = all?.filter(({ devices }) => devices.length > 0).length ?? 0
    return all ? settingsWords.value.phones.count(all.length, connected) : undefined
  },
  mailboxes: function useMailboxes() {
    return count(useKept(mailboxes), settingsWords.value.mailboxes.count)
  },
  greetings: function useGreetings() {
    return count(useKept(greetings), settingsWords.value.greetings.count)
  },
  rules: function useRules() {
    const t = ruleWords.value
    const known = useKept(rules)
    return known ? (known.rules.length > 0 ? t.count(known.rules.length) : t.summaryNone) : undefined
  },
  storage: function useStorage() {
    const known = useKept(storage)
    if (!known?.recordings || !known.disk) return undefined
    const bytes = (count: number) => formatBytes(count, place.value.language)
    return storageWords.value.summary(bytes(known.recordings.bytes), bytes(known.disk.freeBytes))
  },
  account: () => session.value?.user?.name,
  mail: function useMail() {
    const known = useKept(mailSettings)
    return known ? settingsWords.value.mail.summary(known.account?.from ?? null) : undefined
  },
  transcription: function useTranscription() {
    const known = useKept(transcription)
    return known ? transcriptionWords.value.summaries[known.by] : undefined
  },
  telling: function useTelling() {
    const [all, broker] = [useKept(targets), useKept(mqtt)]
    return all && broker ? tellingWords.value.summary(all.length, broker.broker !== null) : undefined
  },
  people: function usePeople() {
    return count(useKept(users), settingsWords.value.people.count)
  },
  tokens: function useTokens() {
    return count(useKept(tokens), settingsWords.value.tokens.count)
  },
  contacts: function useContacts() {
    const known = useKept(contactCount)
    return known === null ? undefined : contactWords.value.count(known)
  },
  addressbooks: function useAddressBooks() {
    return count(useKept(contactSources), sourceWords.value.summary)
  },
  blocked: function useBlocked() {
    return count(useKept(blocked), settingsWords.value.blocked.count)
  },
  lists: function useLists() {
    const [t, known] = [listWords.value, useKept(numberLists)]
    return known ? (known.length > 0 ? t.count(known.length) : t.summaryNone) : undefined
  },
  audit: () => settingsWords.value.audit.summary,
  device: function useDevice() {
    const { device } = settingsWords.value
    const known = useKept(push)
    return known ? (known.subscribed ? device.summaryOn : device.summaryOff) : undefined
  },
  doctor: () => doctorWords.value.summary,
  about: function useAbout() {
    const known = useKept(about)
    return known ? settingsWords.value.about.summary(known.version) : undefined
  },
}

const count = (rows: readonly unknown[] | null, say: (count: number) => string) =>
  rows ? say(rows.length) : undefined
