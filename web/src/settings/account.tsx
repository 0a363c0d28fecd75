import { session } from '../state/session.ts'
import { OwnPassword } from './own-password.tsx'
import { Section } from './section.tsx'
import { settingsWords } from './words/settings-words.ts'

/** Who is logged in, and what they may change of themselves. */
export function AccountPage() {
  const t = settingsWords.value
  const user = session.value?.user
  if (!user) return null
  return (
    <Section
      title={t.sections.account}
      lead={`${user.name}. ${t.people.roles[user.role]}: ${t.people.roleHints[user.role]}`}
    >
      <OwnPassword />
    </Section>
  )
}
