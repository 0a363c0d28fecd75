import { signal } from '@preact/signals'
import type { NewToken } from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Waiting } from '../components/waiting.tsx'
import { AskFirst } from './ask-first.tsx'
import { tokens, useKept } from './collections.ts'
import { formatDate } from './dates.ts'
import { TextInput } from './fields.tsx'
import { Form } from './form.tsx'
import { SecretOnce } from './secret-once.tsx'
import { Section } from './section.tsx'
import { useDraft } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'

/** The token that was made just now: shown until it was copied, and kept nowhere. */
const fresh = signal<NewToken | null>(null)

/** The tokens of scripts. */
export function Tokens() {
  const t = settingsWords.value
  const rows = useKept(tokens)
  return (
    <Section title={t.sections.tokens} lead={t.tokens.lead}>
      {fresh.value ? (
        <SecretOnce
          name={fresh.value.name}
          secret={fresh.value.secret}
          words={t.tokens}
          onDone={() => {
            fresh.value = null
          }}
        />
      ) : (
        <NewTokenForm />
      )}
      {rows === null && <Waiting text={t.loading} />}
      {rows?.length === 0 && !fresh.value && <EmptyState title={t.tokens.none} text={t.tokens.noneHelp} />}
      {rows !== null && rows.length > 0 && (
        <ul class="panel">
          {rows.map(({ id, name, createdAt, lastUsedAt }) => (
            <li key={id} class="panel-item panel-row panel-acts">
              <span class="panel-text">
                <span class="panel-name">{name}</span>
                <span class="panel-detail">
                  {t.people.since(formatDate(createdAt))},{' '}
                  {lastUsedAt === null ? t.tokens.unused : t.tokens.used(formatDate(lastUsedAt))}
                </span>
              </span>
              <AskFirst
                name={t.remove}
                label={t.tokens.removeName(name)}
                question={t.tokens.removeAsk(name)}
                act={async () => {
                  await api.removeToken(id)
                  await tokens.read()
                  return t.tokens.removed(name)
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function NewTokenForm() {
  const t = settingsWords.value.tokens
  const { fields, changed, set, drop } = useDraft('tokens/new', { name: '' })
  const save = async () => {
    const made = await api.addToken(fields.name.trim())
    drop()
    fresh.value = made
    await tokens.read()
    return t.made(made.name)
  }
  return (
    <Form dirty={changed.length > 0} save={save} discard={drop} submit={t.make}>
      <div class="plate">
        <TextInput
          label={t.name}
          value={fields.name}
          required
          maxLength={64}
          placeholder="backup"
          onInput={(name) => set({ name })}
        />
      </div>
    </Form>
  )
}
