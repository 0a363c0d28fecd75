import { useId } from 'preact/hooks'
import type { RuleCondition } from '../../../src/api/contract.ts'
import { Icon } from '../components/icon.tsx'
import { place } from '../i18n/words.ts'
import { described, Hint } from '../settings/fields.tsx'
import { ruleWords } from './words/rule-words.ts'
import '../settings/schedule/schedule.css'

type Span = Extract<RuleCondition, { kind: 'hours' }>['spans'][number]

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1)
const dayName = (at: number, weekday: 'short' | 'long') =>
  new Intl.DateTimeFormat(place.value.language, { weekday, timeZone: 'UTC' }).format(MONDAY + at * 86_400_000)

interface HoursFieldsProps {
  readonly spans: readonly Span[]
  readonly onChange: (spans: Span[]) => void
}

/** Hours of some days of the week, and more of them. */
export function HoursFields({ spans, onChange }: HoursFieldsProps) {
  const t = ruleWords.value
  return (
    <>
      {spans.map((span, at) => (
        <SpanFields key={at} span={span} onChange={(changed) => onChange(spans.with(at, changed))} />
      ))}
      <button
        type="button"
        class="button button-quiet"
        onClick={() => onChange([...spans, ...spans.slice(-1)])}
      >
        <Icon name="plus" />
        {t.moreHours}
      </button>
    </>
  )
}

function SpanFields({ span, onChange }: { readonly span: Span; readonly onChange: (span: Span) => void }) {
  const t = ruleWords.value
  return (
    <>
      <fieldset class="field">
        <legend class="field-label">{t.days}</legend>
        <div class="schedule-days">
          {WEEK.map((day, at) => (
            <label key={day} class="schedule-day">
              <input
                type="checkbox"
                checked={span.days.includes(day)}
                aria-label={dayName(at, 'long')}
                onChange={({ currentTarget: { checked } }) =>
                  onChange({
                    ...span,
                    days: WEEK.filter((name) => (name === day ? checked : span.days.includes(name))),
                  })
                }
              />
              <span aria-hidden="true">{dayName(at, 'short')}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="schedule-span">
        <Time label={t.begins} value={span.from} onInput={(from) => onChange({ ...span, from })} />
        <Time
          label={t.ends}
          hint={span.to <= span.from ? t.nextDay : undefined}
          value={span.to}
          onInput={(to) => onChange({ ...span, to })}
        />
      </div>
    </>
  )
}

interface TimeProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly value: string
  readonly onInput: (value: string) => void
}

function Time({ label, hint, value, onInput }: TimeProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        type="time"
        class="input-code"
        value={value}
        required
        {...described(id, hint)}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <Hint id={id} text={hint} />
    </div>
  )
}
