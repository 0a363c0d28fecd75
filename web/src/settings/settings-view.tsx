import type { ComponentChildren } from 'preact'
import { ContactPage, Contacts } from '../contacts/contacts-section.tsx'
import { SourcePage, SourcesPage } from '../contacts/sources/sources-page.tsx'
import { RulePage } from '../rules/rule-page.tsx'
import { RulesPage } from '../rules/rules-page.tsx'
import type { Section } from '../state/parse-route.ts'
import { route } from '../state/route.ts'
import { AboutPage } from './about.tsx'
import { AccountPage } from './account.tsx'
import { Audit } from './audit.tsx'
import { Blocked } from './blocked.tsx'
import { isOwner } from './collections.ts'
import { DevicePage } from './device.tsx'
import { DoctorPage } from './doctor/doctor-page.tsx'
import { Greetings } from './greetings.tsx'
import { Index } from './index-page.tsx'
import { LinePage, Lines } from './lines.tsx'
import { ListsPage } from './lists/lists-page.tsx'
import { MailPage } from './mail.tsx'
import { Mailboxes, MailboxPage } from './mailboxes.tsx'
import { ownersSections } from './owners-sections.ts'
import { People, PersonPage } from './people.tsx'
import { PhonePage } from './phone-page.tsx'
import { Phones } from './phones.tsx'
import { SchedulePage } from './schedule/schedule-page.tsx'
import { RetentionPage } from './storage/retention-page.tsx'
import { StoragePage } from './storage/storage-page.tsx'
import { TellingPage } from './telling/telling-page.tsx'
import { Tokens } from './tokens.tsx'
import { TranscriptionPage } from './transcription/transcription-page.tsx'

interface Page {
  readonly list: () => ComponentChildren
  /** One thing of the list; where there is none, the list shows all of it. */
  readonly item?: (props: { readonly id: string }) => ComponentChildren
}

const pages: Readonly<Record<Section, Page>> = {
  lines: { list: Lines, item: LinePage },
  phones: { list: Phones, item: PhonePage },
  mailboxes: { list: Mailboxes, item: MailboxPage },
  greetings: { list: Greetings, item: SchedulePage },
  rules: { list: RulesPage, item: RulePage },
  storage: { list: StoragePage, item: RetentionPage },
  account: { list: AccountPage },
  mail: { list: MailPage },
  transcription: { list: TranscriptionPage },
  telling: { list: TellingPage },
  people: { list: People, item: PersonPage },
  tokens: { list: Tokens },
  contacts: { list: Contacts, item: ContactPage },
  addressbooks: { list: SourcesPage, item: SourcePage },
  blocked: { list: Blocked },
  lists: { list: ListsPage },
  audit: { list: Audit },
  device: { list: DevicePage },
  doctor: { list: DoctorPage },
  about: { list: AboutPage },
}

export { WelcomeView } from './welcome-view.tsx'

/** The settings: the list of them, a section, or one thing in it, as the address says. */
export function SettingsView() {
  const at = route.value
  if (at.view !== 'settings') return null
  const { section, item } = at
  if (section === null || (ownersSections.has(section) && !isOwner())) return <Index />
  const { list: List, item: Item } = pages[section]
  return Item && item !== null ? <Item key={item} id={item} /> : <List />
}
