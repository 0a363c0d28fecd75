import type { Weekday } from '../../../../src/api/contract.ts'
import { place } from '../../i18n/words.ts'
import { MomentField } from '../moment-field.tsx'
import { goesPastMidnight, weekdays } from './entries.ts'
import { scheduleWords } from './words/schedule-words.ts'
import './schedule.css'

interface Hours {
  readonly days: readonly Weekday[]
  /** HH:MM */
  readonly from: string
  readonly to: string
}

interface WeekFieldsProps {
  readonly hours: Hours
  readonly disabled?: boolean
  readonly onChange: (change: { days?: Weekday[]; from?: string; to?: string }) => void
}

/** Hours of some days of each week. */
export function WeekFields({ hours, disabled = false, onChange }: WeekFieldsProps) {
  const t = scheduleWords.value
  return (
    <>
      <fieldset class="field" disabled={disabled}>
        <legend class="field-label">{t.days}</legend>
        <div class="schedule-days">
          {weekdays.map((day, at) => (
            <label key={day} class="schedule-day">
              <input
                type="checkbox"
                checked={hours.days.includes(day)}
                aria-label={dayName(at, 'long')}
                onChange={({ currentTarget: { checked } }) =>
                  onChange({
                    days: weekdays.filter((name) => (name === day ? checked : hours.days.includes(name))),
                  })
                }
              />
              <span aria-hidden="true">{dayName(at, 'short')}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="schedule-span">
        <MomentField
          type="time"
          label={t.from}
          value={hours.from}
          disabled={disabled}
          onInput={(from) => onChange({ from })}
        />
        <MomentField
          type="time"
          label={t.to}
          hint={goesPastMidnight(hours) ? t.nextDay : undefined}
          value={hours.to}
          disabled={disabled}
          onInput={(to) => onChange({ to })}
        />
      </div>
    </>
  )
}

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1)
const dayName = (at: number, weekday: 'short' | 'long') =>
  new Intl.DateTimeFormat(place.value.language, { weekday, timeZone: 'UTC' }).format(MONDAY + at * 86_400_000)
