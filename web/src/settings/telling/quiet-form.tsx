import type { QuietHours } from '../../../../src/api/contract.ts'
import { setQuiet } from '../../api/telling.ts'
import { Icon } from '../../components/icon.tsx'
import { reportFailure } from '../../state/report-failure.ts'
import { useKept } from '../collections.ts'
import { Checks, TextInput } from '../fields.tsx'
import { Form } from '../form.tsx'
import { useDraft } from '../use-draft.ts'
import { quiet } from './kept.ts'
import { tellingWords } from './words/telling-words.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
type Day = (typeof DAYS)[number]

/** The quiet hours of the house, one span after the other. */
export function QuietForm() {
  const t = tellingWords.value
  const hours = useKept(quiet)?.hours ?? []
  const { fields, changed, set, drop } = useDraft<{ days: readonly Day[]; from: string; to: string }>(
    'telling/quiet',
    { days: DAYS, from: '', to: '' },
  )
  const save = async () => {
    const { days, from, to } = fields
    await setQuiet([...hours, { days: [...days], from: from.trim(), to: to.trim() }])
    drop()
    await quiet.read()
    return t.quietSaved
  }
  return (
    <section class="section" aria-labelledby="quiet-heading">
      <h2 id="quiet-heading" class="panel-heading">
        {t.quiet}
      </h2>
      <p class="panel-detail">{t.quietLead}</p>
      {hours.length > 0 && (
        <ul class="panel">
          {hours.map((span) => (
            <li key={JSON.stringify(span)} class="panel-item panel-row">
              <span class="panel-text">
                <span class="panel-name">
                  {span.from}–{span.to}
                </span>
                <span class="panel-detail">{daysOf(span)}</span>
              </span>
              <button
                type="button"
                class="icon-button"
                aria-label={t.quietRemove(`${span.from}–${span.to}`)}
                title={t.quietRemove(`${span.from}–${span.to}`)}
                onClick={() =>
                  void setQuiet(hours.filter((other) => other !== span)).then(
                    () => quiet.read(),
                    reportFailure,
                  )
                }
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Form dirty={changed.length > 0} save={save} discard={drop} submit={t.quietAdd}>
        <div class="plate">
          <div class="plate-pair">
            {(['from', 'to'] as const).map((field) => (
              <TextInput
                key={field}
                label={t[field]}
                hint={t.timeHint}
                value={fields[field]}
                required
                code
                maxLength={5}
                onInput={(value) => set({ [field]: value })}
              />
            ))}
          </div>
          <Checks
            label={t.days}
            options={DAYS.map((day) => t.dayNames[day])}
            chosen={fields.days.map((day) => t.dayNames[day])}
            onChange={(chosen) => set({ days: DAYS.filter((day) => chosen.includes(t.dayNames[day])) })}
          />
        </div>
      </Form>
    </section>
  )
}

function daysOf({ days }: QuietHours): string {
  const t = tellingWords.value
  return days.length === DAYS.length ? t.everyDay : days.map((day) => t.dayNames[day]).join(', ')
}
