import { signal } from '@preact/signals'
import type { NewTarget, TargetEvent, TargetInput } from '../../../../src/api/contract.ts'
import { addTarget } from '../../api/telling.ts'
import { language } from '../../i18n/words.ts'
import { Checks, Select, Switch, TextInput } from '../fields.tsx'
import { Form } from '../form.tsx'
import { SecretOnce } from '../secret-once.tsx'
import { useDraft } from '../use-draft.ts'
import { targets } from './kept.ts'
import { tellingWords } from './words/telling-words.ts'

/** The webhook that was made just now: its secret is shown until it was copied, and kept nowhere. */
const fresh = signal<NewTarget | null>(null)

/** As it stands in the fields. */
interface Fields {
  readonly kind: 'webhook' | 'ntfy'
  readonly name: string
  readonly url: string
  readonly token: string
  readonly events: readonly TargetEvent[]
  readonly priority: '1' | '2' | '3' | '4' | '5'
  readonly attach: boolean
}

const EMPTY: Fields = {
  ...{ kind: 'webhook', name: '', url: '', token: '', priority: '3', attach: false },
  events: [
    ...(['message-new', 'line-lost', 'line-back', 'pin-locked'] as const),
    ...(['mailbox-filling', 'mailbox-full', 'storage-filling', 'storage-full'] as const),
  ],
}

function inputOf({ kind, name, url, token, events, priority, attach }: Fields): TargetInput {
  const common = { kind, name: name.trim(), url: url.trim(), events: [...events] }
  if (kind === 'webhook') return common
  const ntfy = { priority: Number(priority), attach, language: language.value }
  return { ...common, ntfy, ...(token.trim() !== '' && { secret: token.trim() }) }
}

/** Adds a webhook or a topic, and shows the secret of the one that was made. */
export function TargetForm() {
  const t = tellingWords.value
  const { fields, changed, set, drop } = useDraft<Fields>('telling/new', EMPTY)
  if (fresh.value?.secret) {
    const { name, secret } = fresh.value
    const forget = () => {
      fresh.value = null
    }
    return <SecretOnce name={name} secret={secret} words={t} onDone={forget} />
  }
  const events = Object.keys(t.eventNames) as TargetEvent[]
  const save = async () => {
    const made = await addTarget(inputOf(fields))
    drop()
    fresh.value = made
    await targets.read()
    return t.added(made.name)
  }
  return (
    <Form dirty={changed.length > 0} save={save} discard={drop} submit={t.add}>
      <div class="plate">
        <div class="plate-pair">
          <Select
            label={t.kind}
            value={fields.kind}
            options={(['webhook', 'ntfy'] as const).map((value) => ({ value, name: t.kinds[value] }))}
            onChoose={(kind) => set({ kind })}
          />
          <TextInput
            label={t.name}
            hint={t.nameHint}
            value={fields.name}
            required
            code
            maxLength={64}
            onInput={(name) => set({ name })}
          />
        </div>
        <TextInput
          label={t.url}
          value={fields.url}
          required
          code
          maxLength={1000}
          placeholder={
            fields.kind === 'webhook' ? 'http://homeassistant.local:8123/api/webhook/…' : 'https://ntfy.sh/…'
          }
          onInput={(url) => set({ url })}
        />
        <Checks
          label={t.events}
          options={events.map((event) => t.eventNames[event])}
          chosen={fields.events.map((event) => t.eventNames[event])}
          onChange={(chosen) =>
            set({ events: events.filter((event) => chosen.includes(t.eventNames[event])) })
          }
        />
        {fields.kind === 'ntfy' && (
          <>
            <div class="plate-pair">
              <TextInput
                label={t.token}
                hint={t.tokenHint}
                type="password"
                value={fields.token}
                maxLength={500}
                onInput={(token) => set({ token })}
              />
              <Select
                label={t.priority}
                value={fields.priority}
                options={(['1', '2', '3', '4', '5'] as const).map((value) => ({
                  value,
                  name: t.priorities[value],
                }))}
                onChoose={(priority) => set({ priority })}
              />
            </div>
            <Switch
              label={t.attach}
              hint={t.attachHint}
              checked={fields.attach}
              onChange={(attach) => set({ attach })}
            />
          </>
        )}
      </div>
    </Form>
  )
}
