import { useId } from 'preact/hooks'
import type { Greeting } from '../../../../src/api/contract.ts'
import { Icon } from '../../components/icon.tsx'
import { place } from '../../i18n/words.ts'
import { Select } from '../fields.tsx'
import { MomentField } from '../moment-field.tsx'
import type { Entry } from './entries.ts'
import { WeekFields } from './week-fields.tsx'
import { scheduleWords } from './words/schedule-words.ts'

interface EntryFieldsProps {
  /** From 1, as it is counted on the page. */
  readonly at: number
  readonly entry: Entry
  readonly sounds: readonly Greeting[]
  /** Numbers of the entries above it that may fit at the same time. */
  readonly hiddenBy: readonly number[]
  /** YYYY-MM-DD, in the schedule's time zone. */
  readonly today: string
  readonly disabled: boolean
  readonly onChange: (change: Partial<Entry>) => void
  readonly onUp: () => void
  readonly onRemove: () => void
}

/** One time with a greeting of its own: which days, from when to when, and what is heard. */
export function EntryFields(props: EntryFieldsProps) {
  const { at, entry, sounds, hiddenBy, today, disabled, onChange, onUp, onRemove } = props
  const t = scheduleWords.value
  const id = useId()
  const over = entry.kind === 'dates' && entry.lastDay !== '' && entry.lastDay < today
  return (
    <li class="plate schedule-entry" aria-labelledby={id}>
      <div class="schedule-top">
        <h3 id={id} class="schedule-name">
          <span class="schedule-place">{t.place(at)}</span> {t.kinds[entry.kind]}
        </h3>
        {!disabled && (
          <span class="schedule-acts">
            {at > 1 && (
              <button type="button" class="icon-button schedule-up" aria-label={t.up(at)} onClick={onUp}>
                <Icon name="on" />
              </button>
            )}
            <button type="button" class="icon-button" aria-label={t.remove(at)} onClick={onRemove}>
              <Icon name="close" />
            </button>
          </span>
        )}
      </div>
      {entry.kind === 'week' ? (
        <WeekFields hours={entry} disabled={disabled} onChange={onChange} />
      ) : (
        <div class="schedule-span">
          <MomentField
            type="date"
            label={t.firstDay}
            value={entry.firstDay}
            disabled={disabled}
            onInput={(firstDay) =>
              onChange({ firstDay, ...(entry.lastDay < firstDay ? { lastDay: firstDay } : {}) })
            }
          />
          <MomentField
            type="date"
            label={t.lastDay}
            value={entry.lastDay}
            min={entry.firstDay}
            disabled={disabled}
            onInput={(lastDay) => onChange({ lastDay })}
          />
        </div>
      )}
      <Select
        label={t.greeting}
        value={entry.greeting ?? ''}
        options={greetingOptions(sounds, entry.greeting)}
        disabled={disabled}
        onChoose={(greeting) => onChange({ greeting: greeting === '' ? null : greeting })}
      />
      {hiddenBy.length > 0 && <p class="field-hint field-calm">{t.hidden(listPlaces(hiddenBy))}</p>}
      {over && <p class="field-hint field-calm">{t.over}</p>}
    </li>
  )
}

/** All greetings, and the one that was chosen though it is gone. */
export function greetingOptions(sounds: readonly Greeting[], chosen: string | null) {
  const t = scheduleWords.value
  const gone = chosen !== null && !sounds.some(({ id }) => id === chosen)
  return [
    ...(gone ? [{ value: chosen, name: t.gone }] : []),
    { value: '', name: t.shipped },
    ...sounds.map(({ id, name }) => ({ value: id, name })),
  ]
}

const listPlaces = (places: readonly number[]) =>
  new Intl.ListFormat(place.value.language, { type: 'disjunction' }).format(
    places.map((at) => scheduleWords.value.place(at)),
  )
