import type { Greeting, Mailbox, MailboxChange, ScheduleEntry } from '../../../../src/api/contract.ts'
import * as api from '../../api/settings.ts'
import { Icon } from '../../components/icon.tsx'
import { Waiting } from '../../components/waiting.tsx'
import { greetings, isOwner, mailboxes, useKept } from '../collections.ts'
import { Select } from '../fields.tsx'
import { Gone } from '../gone.tsx'
import { OwnersForm } from '../owners-form.tsx'
import { Section } from '../section.tsx'
import { useDraft } from '../use-draft.ts'
import { settingsWords } from '../words/settings-words.ts'
import { type Entry, newDates, newHours, overlap } from './entries.ts'
import { EntryFields, greetingOptions } from './entry-fields.tsx'
import { HeardNow, tellHeard } from './heard-now.tsx'
import { scheduleWords } from './words/schedule-words.ts'
import './schedule.css'

/** What is heard now may be another in a minute. */
const READ_EVERY_MS = 30_000

/** When callers to a mailbox hear which greeting. */
export function SchedulePage({ id }: { readonly id: string }) {
  const boxes = useKept(mailboxes, READ_EVERY_MS)
  const sounds = useKept(greetings)
  if (boxes === null || sounds === null) return <Waiting text={settingsWords.value.loading} />
  const box = boxes.find((row) => row.id === id)
  if (!box) return <Gone section="greetings" />
  return (
    <Section title={scheduleWords.value.title(box.name)} from="greetings">
      <HeardNow box={box} sounds={sounds} />
      <ScheduleForm box={box} sounds={sounds} />
    </Section>
  )
}

interface Fields {
  readonly greeting: string | null
  readonly entries: readonly Entry[]
  /** Empty: the machine's. */
  readonly timeZone: string
}

interface ScheduleFormProps {
  readonly box: Mailbox
  readonly sounds: readonly Greeting[]
}

function ScheduleForm({ box, sounds }: ScheduleFormProps) {
  const t = scheduleWords.value
  const { fields, changed, set, drop } = useDraft<Fields>(`schedule/${box.id}`, {
    greeting: box.greeting,
    entries: box.schedule.map(entryOf),
    timeZone: box.timeZone ?? '',
  })
  const { entries } = fields
  const disabled = !isOwner()
  const put = (next: readonly Entry[]) => set({ entries: next })
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: box.heard.timeZone }).format(Date.now())
  const [first] = sounds

  const save = async () => {
    const saved = await api.changeMailbox(box.id, changeOf(fields, changed))
    await mailboxes.read()
    drop()
    return `${t.saved(saved.name)} ${tellHeard(saved, sounds)}`
  }

  return (
    <OwnersForm dirty={changed.length > 0} save={save} discard={drop}>
      {entries.length > 1 && <p class="section-foot">{t.order}</p>}
      {entries.length === 0 && <p class="section-foot">{t.none}</p>}
      <ol class="schedule">
        {entries.map((entry, at) => (
          <EntryFields
            key={at}
            at={at + 1}
            entry={entry}
            sounds={sounds}
            hiddenBy={entries.flatMap((other, place) =>
              place < at && overlap(other, entry) ? [place + 1] : [],
            )}
            today={today}
            disabled={disabled}
            onChange={(change) => put(entries.with(at, { ...entry, ...change }))}
            onUp={() => put(entries.toSpliced(at - 1, 2, entry, ...entries.slice(at - 1, at)))}
            onRemove={() => put(entries.toSpliced(at, 1))}
          />
        ))}
      </ol>
      {!disabled && (
        <div class="schedule-add">
          <button type="button" class="button" onClick={() => put([...entries, newHours(first?.id ?? null)])}>
            <Icon name="plus" />
            {t.addHours}
          </button>
          {/* Above all hours, which hold on a holiday, too. */}
          <button
            type="button"
            class="button"
            onClick={() => put([newDates(first?.id ?? null, today), ...entries])}
          >
            <Icon name="plus" />
            {t.addDates}
          </button>
        </div>
      )}
      <div class="plate">
        <div class="plate-pair">
          <Select
            label={t.standard}
            hint={t.standardHint}
            value={fields.greeting ?? ''}
            options={greetingOptions(sounds, fields.greeting)}
            disabled={disabled}
            onChoose={(id) => set({ greeting: id === '' ? null : id })}
          />
          <Select
            label={t.zone}
            hint={zoneHint(box)}
            value={fields.timeZone}
            options={zoneOptions(fields.timeZone)}
            disabled={disabled}
            onChoose={(timeZone) => set({ timeZone })}
          />
        </div>
      </div>
    </OwnersForm>
  )
}

function entryOf(entry: ScheduleEntry): Entry {
  const { greeting } = entry
  if (entry.kind === 'week')
    return { ...newHours(greeting), days: entry.days, from: entry.from, to: entry.to }
  return { ...newDates(greeting, entry.from), lastDay: entry.to }
}

function changeOf(fields: Fields, changed: readonly (keyof Fields)[]): MailboxChange {
  const all: Required<Pick<MailboxChange, 'greeting' | 'schedule' | 'timeZone'>> = {
    greeting: fields.greeting,
    timeZone: fields.timeZone === '' ? null : fields.timeZone,
    schedule: fields.entries.map(({ kind, days, from, to, firstDay, lastDay, greeting }) =>
      kind === 'week'
        ? { kind, days: [...days], from, to, greeting }
        : { kind, from: firstDay, to: lastDay, greeting },
    ),
  }
  return {
    ...(changed.includes('greeting') && { greeting: all.greeting }),
    ...(changed.includes('timeZone') && { timeZone: all.timeZone }),
    ...(changed.includes('entries') && { schedule: all.schedule }),
  }
}

const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone

function zoneHint({ heard: { timeZone } }: Mailbox): string {
  const t = scheduleWords.value
  return timeZone === ownZone() ? t.zoneHint(timeZone) : t.zoneOther(timeZone, ownZone())
}

function zoneOptions(chosen: string) {
  const known = new Set([ownZone(), ...Intl.supportedValuesOf('timeZone')])
  if (chosen !== '') known.add(chosen)
  return [
    { value: '', name: scheduleWords.value.zoneMachine },
    ...[...known].map((zone) => ({ value: zone, name: zone })),
  ]
}
