import type { RuleCondition } from '../../../src/api/contract.ts'
import { Icon } from '../components/icon.tsx'
import { WeekFields } from '../settings/schedule/week-fields.tsx'
import { ruleWords } from './words/rule-words.ts'

type Span = Extract<RuleCondition, { kind: 'hours' }>['spans'][number]

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
        <WeekFields
          key={at}
          hours={span}
          onChange={(change) => onChange(spans.with(at, { ...span, ...change }))}
        />
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
