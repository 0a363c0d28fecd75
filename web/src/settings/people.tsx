import type { User } from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { Waiting } from '../components/waiting.tsx'
import { settingsHash } from '../state/parse-route.ts'
import { replaceRoute } from '../state/route.ts'
import { session } from '../state/session.ts'
import { useKept, users } from './collections.ts'
import { formatDate } from './dates.ts'
import { Select, TextInput } from './fields.tsx'
import { Form } from './form.tsx'
import { Gone } from './gone.tsx'
import { OwnPassword, SHORTEST_PASSWORD } from './own-password.tsx'
import { RemoveEntry } from './remove-entry.tsx'
import { AddLink, LinkRow, Section } from './section.tsx'
import { useDraft } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'

const isMe = ({ id }: User) => id === session.value?.user?.id

/** Everybody who may log in. */
export function People() {
  const t = settingsWords.value
  const rows = useKept(users)
  return (
    <Section
      title={t.sections.people}
      lead={t.people.lead}
      act={<AddLink section="people" text={t.people.add} />}
    >
      {rows === null ? (
        <Waiting text={t.loading} />
      ) : (
        <ul class="panel">
          {rows.map((user) => (
            <LinkRow
              key={user.id}
              href={settingsHash('people', user.id)}
              icon="menu"
              name={isMe(user) ? `${user.name} (${t.people.you})` : user.name}
              detail={t.people.since(formatDate(user.createdAt))}
              state={t.people.roles[user.role]}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

/** One person, or a new one. */
export function PersonPage({ id }: { readonly id: string }) {
  const t = settingsWords.value
  const rows = useKept(users)
  if (id === 'new')
    return (
      <Section title={t.people.new} from="people">
        <NewPerson />
      </Section>
    )
  if (rows === null) return <Waiting text={t.loading} />
  const user = rows.find((row) => row.id === id)
  if (!user) return <Gone section="people" />
  return (
    <Section
      title={user.name}
      from="people"
      lead={`${t.people.roles[user.role]}. ${t.people.roleHints[user.role]}`}
    >
      {isMe(user) ? <p class="section-lead">{t.people.ownRole}</p> : <Role user={user} />}
      {isMe(user) ? <OwnPassword /> : <NewPassword user={user} />}
      <div class="apart">
        <RemoveEntry
          question={t.people.removeAsk(user.name)}
          remove={() => api.removeUser(user.id)}
          list={users}
          section="people"
          removed={t.people.removed(user.name)}
        />
      </div>
    </Section>
  )
}

function NewPerson() {
  const t = settingsWords.value.people
  const { fields, changed, set, drop } = useDraft<{
    readonly name: string
    readonly password: string
    readonly role: User['role']
  }>('people/new', { name: '', password: '', role: 'member' })
  const save = async () => {
    const { name } = await api.addUser({ ...fields, name: fields.name.trim() })
    drop()
    await users.read()
    replaceRoute(settingsHash('people'))
    return t.added(name)
  }
  return (
    <Form dirty={changed.length > 0} save={save} discard={drop} submit={t.add}>
      <div class="plate">
        <TextInput
          label={t.name}
          value={fields.name}
          required
          maxLength={64}
          onInput={(name) => set({ name })}
        />
        <TextInput
          label={t.password}
          hint={t.passwordHint}
          type="password"
          value={fields.password}
          required
          autocomplete="new-password"
          minLength={SHORTEST_PASSWORD}
          maxLength={200}
          onInput={(password) => set({ password })}
        />
        <RoleSelect role={fields.role} onChoose={(role) => set({ role })} />
      </div>
    </Form>
  )
}

/** What somebody else may do. Nobody takes it from oneself by a slip: another owner does. */
function Role({ user }: { readonly user: User }) {
  const t = settingsWords.value.people
  const { fields, changed, set, drop } = useDraft(`people/${user.id}/role`, { role: user.role })
  const save = async () => {
    await api.changeUser(user.id, fields)
    drop()
    await users.read()
    return t.roleSet[fields.role](user.name)
  }
  return (
    <Form dirty={changed.length > 0} save={save} discard={drop} submit={t.setRole}>
      <div class="plate">
        <RoleSelect role={fields.role} onChoose={(role) => set({ role })} />
      </div>
    </Form>
  )
}

interface RoleSelectProps {
  readonly role: User['role']
  readonly onChoose: (role: User['role']) => void
}

function RoleSelect({ role, onChoose }: RoleSelectProps) {
  const t = settingsWords.value.people
  return (
    <Select
      label={t.role}
      hint={t.roleHints[role]}
      value={role}
      options={(['member', 'owner'] as const).map((value) => ({ value, name: t.roles[value] }))}
      onChoose={onChoose}
    />
  )
}

function NewPassword({ user }: { readonly user: User }) {
  const t = settingsWords.value.people
  const { fields, changed, set, drop } = useDraft(`people/${user.id}`, { password: '' })
  const save = async () => {
    await api.changeUser(user.id, { password: fields.password })
    drop()
    return t.passwordSet(user.name)
  }
  return (
    <Form dirty={changed.length > 0} save={save} discard={drop} submit={t.setPassword}>
      <div class="plate">
        <TextInput
          label={t.newPassword}
          hint={`${t.passwordHint} ${t.newPasswordHint}`}
          type="password"
          value={fields.password}
          required
          autocomplete="new-password"
          minLength={SHORTEST_PASSWORD}
          maxLength={200}
          onInput={(password) => set({ password })}
        />
      </div>
    </Form>
  )
}
