import { useId } from 'preact/hooks'
import type { RuleCondition } from '../../../src/api/contract.ts'
import { Icon } from '../components/icon.tsx'
import { lines, useKept } from '../settings/collections.ts'
import { Select, TextInput } from '../settings/fields.tsx'
import { numberLists } from '../settings/lists/kept.ts'
import { ChosenNames } from './chosen-names.tsx'
import { HoursFields } from './hours-fields.tsx'
import { rules } from './kept-rules.ts'
import { PeopleField } from './people-field.tsx'
import { listOf, written } from './rule-draft.ts'
import { ruleWords } from './words/rule-words.ts'

interface ConditionProps<Condition extends RuleCondition = RuleCondition> {
  readonly condition: Condition
  readonly onChange: (condition: RuleCondition) => void
}

/** One condition: whether it is to hold, and what of. */
export function ConditionFields({
  condition,
  onChange,
  onRemove,
}: ConditionProps & { readonly onRemove: () => void }) {
  const t = ruleWords.value
  const id = useId()
  return (
    <li class="plate rule-condition" aria-labelledby={id}>
      <div class="rule-top">
        <h3 id={id} class="rule-kind">
          {t.kinds[condition.kind]}
        </h3>
        <button
          type="button"
          class="icon-button"
          aria-label={t.removeCondition(t.kinds[condition.kind])}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      </div>
      <Select
        label={t.whether}
        value={condition.not ? 'not' : 'so'}
        options={[
          { value: 'so', name: t.holds },
          { value: 'not', name: t.holdsNot },
        ]}
        onChoose={(chosen) => onChange({ ...condition, not: chosen === 'not' })}
      />
      <Details condition={condition} onChange={onChange} />
    </li>
  )
}

function Details({ condition, onChange }: ConditionProps) {
  const t = ruleWords.value
  switch (condition.kind) {
    case 'who':
      return (
        <ChosenNames
          label={t.whoLabel}
          options={optionsOf(t.who)}
          chosen={condition.are}
          onChange={(are) => onChange({ ...condition, are: are as typeof condition.are })}
        />
      )
    case 'attestation':
      return (
        <ChosenNames
          label={t.signature}
          options={optionsOf(t.signatures)}
          chosen={condition.is}
          onChange={(is) => onChange({ ...condition, is: is as typeof condition.is })}
        />
      )
    case 'people':
      return (
        <PeopleField
          chosen={condition.contacts}
          onChange={(contacts) => onChange({ ...condition, contacts })}
        />
      )
    case 'line':
      return <LinesField condition={condition} onChange={onChange} />
    case 'number':
      return (
        <TextInput
          label={t.numbers}
          hint={t.numbersHint}
          value={written(condition.like)}
          code
          required
          maxLength={2000}
          onInput={(text) => onChange({ ...condition, like: listOf(text) })}
        />
      )
    case 'name':
      return (
        <TextInput
          label={t.texts}
          hint={t.textsHint}
          value={written(condition.has)}
          required
          maxLength={2000}
          onInput={(text) => onChange({ ...condition, has: listOf(text) })}
        />
      )
    case 'diverted':
      return (
        <TextInput
          label={t.from}
          hint={t.fromHint}
          value={written(condition.from)}
          code
          maxLength={2000}
          onInput={(text) => onChange({ ...condition, from: listOf(text) })}
        />
      )
    case 'suspected':
      return null
    case 'listed':
      return <ListsField condition={condition} onChange={onChange} />
    case 'hours':
      return <HoursFields spans={condition.spans} onChange={(spans) => onChange({ ...condition, spans })} />
    case 'dates':
      return <DatesFields condition={condition} onChange={onChange} />
    case 'holiday':
      return <RegionField condition={condition} onChange={onChange} />
    case 'calls':
      return (
        <div class="plate-pair">
          <Count
            label={t.atLeast}
            value={condition.atLeast}
            onInput={(atLeast) => onChange({ ...condition, atLeast })}
          />
          <Count
            label={t.minutes}
            value={condition.minutes}
            onInput={(minutes) => onChange({ ...condition, minutes })}
          />
        </div>
      )
    case 'messages':
      return (
        <div class="plate-pair">
          <Select
            label={t.state}
            value={condition.state}
            options={optionsOf(t.states).map(({ id, name }) => ({ value: id as 'new' | 'junk', name }))}
            onChoose={(state) => onChange({ ...condition, state })}
          />
          <Count
            label={t.messages}
            value={condition.atLeast}
            onInput={(atLeast) => onChange({ ...condition, atLeast })}
          />
        </div>
      )
  }
}

type Of<Kind> = ConditionProps<Extract<RuleCondition, { kind: Kind }>>

function LinesField({ condition, onChange }: Of<'line'>) {
  return (
    <ChosenNames
      label={ruleWords.value.lines}
      options={useKept(lines) ?? []}
      chosen={condition.lines}
      onChange={(chosen) => onChange({ ...condition, lines: chosen })}
    />
  )
}

function ListsField({ condition, onChange }: Of<'listed'>) {
  const t = ruleWords.value
  return (
    <ChosenNames
      label={t.lists}
      hint={t.listsHint}
      options={useKept(numberLists) ?? []}
      chosen={condition.lists}
      onChange={(chosen) => onChange({ ...condition, lists: chosen })}
    />
  )
}

function RegionField({ condition, onChange }: Of<'holiday'>) {
  const regions = rules.value.value?.regions ?? [condition.region]
  return (
    <Select
      label={ruleWords.value.region}
      value={condition.region}
      options={regions.map((region) => ({ value: region, name: region }))}
      onChoose={(region) => onChange({ ...condition, region })}
    />
  )
}

function DatesFields({ condition, onChange }: Of<'dates'>) {
  const t = ruleWords.value
  const { spans } = condition
  return (
    <>
      {spans.map((span, at) => (
        <div key={at} class="plate-pair">
          <TextInput
            label={t.firstDay}
            hint={at === 0 ? t.dayHint : undefined}
            value={span.from}
            code
            required
            onInput={(from) => onChange({ ...condition, spans: spans.with(at, { ...span, from }) })}
          />
          <TextInput
            label={t.lastDay}
            value={span.to}
            code
            required
            onInput={(to) => onChange({ ...condition, spans: spans.with(at, { ...span, to }) })}
          />
        </div>
      ))}
      <button
        type="button"
        class="button button-quiet"
        onClick={() => onChange({ ...condition, spans: [...spans, ...spans.slice(-1)] })}
      >
        <Icon name="plus" />
        {t.moreDays}
      </button>
    </>
  )
}

interface CountProps {
  readonly label: string
  readonly value: number
  readonly onInput: (value: number) => void
}

/** A whole number; while nothing is written it is 0, which the machine refuses with its reason. */
export function Count({ label, value, onInput }: CountProps) {
  return (
    <TextInput
      label={label}
      value={String(value || '')}
      code
      required
      maxLength={6}
      onInput={(text) => onInput(Math.trunc(Number(text)) || 0)}
    />
  )
}

export const optionsOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([id, name]) => ({ id, name }))
