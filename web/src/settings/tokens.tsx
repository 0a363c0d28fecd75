import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { NewToken } from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Waiting } from '../components/waiting.tsx'
import { AskFirst } from './ask-first.tsx'
import { tokens, useKept } from './collections.ts'
import { CopyButton } from './copy-button.tsx'
import { formatDate } from './dates.ts'
import { TextInput } from './fields.tsx'
import { Form } from './form.tsx'
import { Section } from './section.tsx'
import { useDraft } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'
import './phone-credentials.css'

/** The token that was made just now: shown until it was copied, and kept nowhere. */
const fresh = signal<NewToken | null>(null)

/** The tokens of scripts. */
export function Tokens() {
  const t = settingsWords.value
  const rows = useKept(tokens)
  return (
    <Section title={t.sections.tokens} lead={t.tokens.lead}>
      {fresh.value ? <Secret token={fresh.value} /> : <NewTokenForm />}
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

function Secret({ token }: { readonly token: NewToken }) {
  const t = settingsWords.value.tokens
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <section ref={box} class="credentials" aria-label={t.secret} tabIndex={-1}>
      <h2 class="credentials-title">{token.name}</h2>
      <p class="credentials-hint">{t.secretHint}</p>
      <dl>
        <div class="credentials-row">
          <dt>{t.secret}</dt>
          <dd class="number" data-field="password">
            {token.secret}
          </dd>
          <dd class="credentials-copy">
            <CopyButton what={t.secret} text={token.secret} />
          </dd>
        </div>
      </dl>
      <div class="credentials-foot">
        <span />
        <button
          type="button"
          class="button"
          onClick={() => {
            fresh.value = null
          }}
        >
          {t.done}
        </button>
      </div>
    </section>
  )
}
