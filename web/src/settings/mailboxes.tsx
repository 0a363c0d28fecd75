import type {
  Greeting,
  Mailbox,
  MailboxChange,
  MailboxInput,
  Quota,
  Retention,
} from '../../../src/api/contract.ts'
import * as api from '../api/settings.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Waiting } from '../components/waiting.tsx'
import { splitAddresses } from '../format/split-addresses.ts'
import { language, languages } from '../i18n/words.ts'
import { settingsHash } from '../state/parse-route.ts'
import { replaceRoute } from '../state/route.ts'
import { greetings, isOwner, mailboxes, useKept } from './collections.ts'
import { Select, Switch, TextInput } from './fields.tsx'
import { Gone } from './gone.tsx'
import { OwnersForm } from './owners-form.tsx'
import { RemoveEntry } from './remove-entry.tsx'
import { tellHeard } from './schedule/heard-now.tsx'
import { scheduleWords } from './schedule/words/schedule-words.ts'
import { AddLink, LinkRow, Section } from './section.tsx'
import { spanOptions } from './span-options.ts'
import { isUnsaved, useDraft } from './use-draft.ts'
import { settingsWords } from './words/settings-words.ts'

/** All mailboxes. */
export function Mailboxes() {
  const t = settingsWords.value
  const rows = useKept(mailboxes)
  return (
    <Section
      title={t.sections.mailboxes}
      lead={t.mailboxes.lead}
      act={isOwner() && <AddLink section="mailboxes" text={t.mailboxes.add} />}
    >
      {rows === null && <Waiting text={t.loading} />}
      {rows?.length === 0 && <EmptyState title={t.mailboxes.none} text={t.mailboxes.noneHelp} />}
      {rows !== null && rows.length > 0 && (
        <ul class="panel">
          {rows.map(({ id, name, newMessages, heardMessages }) => (
            <LinkRow
              key={id}
              href={settingsHash('mailboxes', id)}
              icon="message"
              name={name}
              detail={t.mailboxes.holds(newMessages, heardMessages)}
              state={isUnsaved(`mailboxes/${id}`) ? t.unsaved : undefined}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

/** One mailbox, or a new one. */
export function MailboxPage({ id }: { readonly id: string }) {
  const t = settingsWords.value
  const rows = useKept(mailboxes)
  const sounds = useKept(greetings)
  if (rows === null || sounds === null) return <Waiting text={t.loading} />
  const box = rows.find((row) => row.id === id)
  if (!box && id !== 'new') return <Gone section="mailboxes" />
  return (
    <Section title={box?.name ?? t.mailboxes.new} from="mailboxes">
      <MailboxForm {...(box ? { box } : {})} sounds={sounds} />
      {box && (
        <ul class="panel">
          <LinkRow
            href={settingsHash('greetings', box.id)}
            icon="microphone"
            name={scheduleWords.value.heading}
            detail={tellHeard(box, sounds)}
          />
        </ul>
      )}
      {box && isOwner() && (
        <div class="apart">
          <RemoveEntry
            question={t.mailboxes.removeAsk(box.name)}
            remove={() => api.removeMailbox(box.id)}
            list={mailboxes}
            section="mailboxes"
            removed={t.mailboxes.removed(box.name)}
          />
        </div>
      )}
    </Section>
  )
}

/** The addresses as they are written: with commas or spaces between. */
type Fields = Readonly<Pick<Mailbox, Exclude<keyof MailboxInput, keyof Elsewhere | 'mailTo'>>> & {
  readonly mailTo: string
  /** A new one; empty: as it is; null: there is to be none. */
  readonly pin: string | null
}
/** What has pages of its own. */
type Elsewhere = Retention & Quota & Pick<Mailbox, 'schedule' | 'timeZone'>

const fieldsOf = (box: Mailbox | undefined): Fields => ({
  name: box?.name ?? '',
  greeting: box?.greeting ?? null,
  language: box?.language ?? mailboxes.value.value?.[0]?.language ?? language.value,
  longestSeconds: box?.longestSeconds ?? 180,
  shortestSeconds: box?.shortestSeconds ?? 1,
  silenceSeconds: box?.silenceSeconds ?? 0,
  afterPickUp: box?.afterPickUp ?? 'keep',
  machinesToJunk: box?.machinesToJunk ?? true,
  mailTo: box?.mailTo.join(', ') ?? '',
  pin: '',
})

const inputOf = <Some extends Partial<Fields>>({ mailTo, pin, ...rest }: Some) => ({
  ...rest,
  ...(pin === undefined || pin === '' ? {} : { pin }),
  ...(mailTo === undefined ? {} : { mailTo: splitAddresses(mailTo) }),
})

interface MailboxFormProps {
  readonly box?: Mailbox
  readonly sounds: readonly Greeting[]
}

function MailboxForm({ box, sounds }: MailboxFormProps) {
  const t = settingsWords.value
  const w = t.mailboxes
  const { fields, changed, set, drop } = useDraft<Fields>(`mailboxes/${box?.id ?? 'new'}`, fieldsOf(box))
  const disabled = !isOwner()

  const save = async () => {
    if (!box) {
      const { name } = await api.addMailbox({ ...inputOf(fields), name: fields.name.trim() })
      drop()
      await mailboxes.read()
      replaceRoute(settingsHash('mailboxes'))
      return w.added(name)
    }
    const written: Partial<Fields> = Object.fromEntries(changed.map((field) => [field, fields[field]]))
    const change: MailboxChange = inputOf(written)
    const { name } = await api.changeMailbox(box.id, change)
    await mailboxes.read()
    drop()
    return t.saved(name, changed.map((field) => w.fields[field]).join(', '))
  }

  const span = (
    field: 'longestSeconds' | 'shortestSeconds' | 'silenceSeconds',
    label: string,
    hint: string,
    seconds: readonly number[],
    zero: string,
  ) => (
    <Select
      label={label}
      hint={hint}
      value={String(fields[field])}
      options={spanOptions(seconds, fields[field], { seconds: w.seconds, minutes: w.minutes, zero })}
      disabled={disabled}
      onChoose={(value) => set({ [field]: Number(value) })}
    />
  )

  return (
    <OwnersForm dirty={changed.length > 0} save={save} discard={drop} {...(box ? {} : { submit: w.add })}>
      <div class="plate">
        <TextInput
          label={w.name}
          hint={w.nameHint}
          value={fields.name}
          required
          maxLength={64}
          code
          disabled={disabled}
          onInput={(name) => set({ name })}
        />
        <Select
          label={w.greeting}
          hint={w.greetingHint}
          value={fields.greeting ?? ''}
          options={[{ value: '', name: w.shipped }, ...sounds.map(({ id, name }) => ({ value: id, name }))]}
          disabled={disabled}
          onChoose={(id) => set({ greeting: id === '' ? null : id })}
        />
        <Select
          label={w.language}
          hint={w.languageHint}
          value={fields.language}
          options={languages.map(({ id, name }) => ({ value: id, name }))}
          disabled={disabled}
          onChoose={(spoken) => set({ language: spoken })}
        />
      </div>
      <div class="plate">
        <div class="plate-pair">
          {span('longestSeconds', w.longest, w.longestHint, [30, 60, 120, 180, 300, 600, 1800, 3600], '')}
          {span('shortestSeconds', w.shortest, w.shortestHint, [0, 1, 2, 3, 5, 10], w.shortestNone)}
          {span('silenceSeconds', w.silence, w.silenceHint, [0, 5, 10, 20, 30, 60], w.silenceNever)}
          <Select
            label={w.after}
            hint={w.afterHint}
            value={fields.afterPickUp}
            options={(['keep', 'ask', 'discard'] as const).map((value) => ({
              value,
              name: w.afterPickUp[value],
            }))}
            disabled={disabled}
            onChoose={(afterPickUp) => set({ afterPickUp })}
          />
        </div>
        <Switch
          label={w.machines}
          hint={w.machinesHint}
          checked={fields.machinesToJunk}
          disabled={disabled}
          onChange={(machinesToJunk) => set({ machinesToJunk })}
        />
      </div>
      <div class="plate">
        <TextInput
          label={t.mail.everyTo}
          hint={t.mail.everyToHint}
          value={fields.mailTo}
          placeholder="ruth@example.org, max@example.org"
          code
          disabled={disabled}
          onInput={(mailTo) => set({ mailTo })}
        />
      </div>
      {box && (
        <div class="plate">
          <TextInput
            label={box.hasPin ? w.pinNew : w.pin}
            hint={w.pinHint}
            value={fields.pin ?? ''}
            maxLength={12}
            code
            disabled={disabled || fields.pin === null}
            onInput={(pin) => set({ pin })}
          />
          {box.hasPin && (
            <Switch
              label={w.pinDrop}
              checked={fields.pin === null}
              disabled={disabled}
              onChange={(drop) => set({ pin: drop ? null : '' })}
            />
          )}
        </div>
      )}
    </OwnersForm>
  )
}
