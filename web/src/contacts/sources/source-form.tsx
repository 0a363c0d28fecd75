import type { ContactSource } from '../../../../src/api/contract.ts'
import { addSource, changeSource } from '../../api/contact-sources.ts'
import { Checks, Select, Switch, TextInput } from '../../settings/fields.tsx'
import { Form } from '../../settings/form.tsx'
import { useDraft } from '../../settings/use-draft.ts'
import { contactSources } from './kept.ts'
import { sourceWords } from './words.ts'

interface Fields {
  readonly name: string
  readonly url: string
  readonly user: string
  readonly password: string
  readonly interval: string
  /** Null: all. */
  readonly books: readonly string[] | null
}

const INTERVALS = [15, 60, 360, 1440]

interface SourceFormProps {
  /** The one to be changed; a new one unless given. */
  readonly source?: ContactSource
  readonly onDone: (saved: ContactSource) => void
}

/** An account at a CardDAV server, and which of its address books are wanted. */
export function SourceForm({ source, onDone }: SourceFormProps) {
  const t = sourceWords.value
  const kept: Fields = {
    ...{ name: source?.name ?? '', url: source?.url ?? '', user: source?.user ?? '', password: '' },
    interval: `${source?.intervalMinutes ?? 60}`,
    books: source?.books ?? null,
  }
  const { fields, changed, set, drop } = useDraft<Fields>(`addressbooks/${source?.id ?? 'new'}`, kept)
  const intervals = [...new Set([...INTERVALS, Number(kept.interval)])].toSorted((a, b) => a - b)
  const names = [...new Set([...(source?.found.map(({ name }) => name) ?? []), ...(kept.books ?? [])])]

  const save = async () => {
    const { password, interval, books } = fields
    const url = fields.url.trim()
    const input = {
      ...{ name: fields.name.trim() || (URL.parse(url)?.hostname ?? url), url, user: fields.user.trim() },
      intervalMinutes: Number(interval),
      books: books && [...books],
    }
    const saved = source
      ? await changeSource(source.id, { ...input, ...(password === '' ? {} : { password }) })
      : await addSource({ ...input, password })
    drop()
    await contactSources.read()
    onDone(saved)
    return source ? t.saved(saved.name) : t.added(saved.name)
  }

  return (
    <Form dirty={changed.length > 0} save={save} discard={drop} {...(source ? {} : { submit: t.add })}>
      <div class="plate">
        <TextInput
          label={t.url}
          hint={t.urlHint}
          value={fields.url}
          code
          required
          maxLength={1000}
          onInput={(url) => set({ url })}
        />
        <div class="plate-pair">
          <TextInput
            label={t.user}
            value={fields.user}
            required
            maxLength={200}
            onInput={(user) => set({ user })}
          />
          <TextInput
            label={t.password}
            hint={source ? t.passwordKept : t.passwordHint}
            type="password"
            value={fields.password}
            required={!source}
            autocomplete="new-password"
            maxLength={500}
            onInput={(password) => set({ password })}
          />
        </div>
        <div class="plate-pair">
          <TextInput label={t.name} value={fields.name} maxLength={100} onInput={(name) => set({ name })} />
          <Select
            label={t.interval}
            value={fields.interval}
            options={intervals.map((minutes) => ({ value: `${minutes}`, name: t.intervals(minutes) }))}
            onChoose={(interval) => set({ interval })}
          />
        </div>
        {names.length > 0 && (
          <>
            <Switch
              label={t.all}
              hint={t.allHint}
              checked={fields.books === null}
              onChange={(all) => set({ books: all ? null : names })}
            />
            {fields.books !== null && (
              <Checks
                label={t.books}
                options={names}
                chosen={fields.books}
                onChange={(books) => set({ books })}
              />
            )}
          </>
        )}
      </div>
    </Form>
  )
}
