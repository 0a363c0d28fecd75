import type { RuleAction } from '../../../src/api/contract.ts'
import { greetings, phones, useKept } from '../settings/collections.ts'
import { Select, Switch, TextInput } from '../settings/fields.tsx'
import { ChosenNames } from './chosen-names.tsx'
import { Count } from './condition-fields.tsx'
import type { Take } from './rule-draft.ts'
import { ruleWords } from './words/rule-words.ts'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

interface ActionFieldsProps {
  readonly action: RuleAction
  readonly onChange: (action: RuleAction) => void
}

/** What is done with the call. */
export function ActionFields({ action, onChange }: ActionFieldsProps) {
  const t = ruleWords.value
  return (
    <div class="plate">
      <Select
        label={t.act}
        value={action.kind === 'refuse' ? action.as : 'take'}
        options={(['take', 'busy', 'unobtainable', 'declined'] as const).map((value) => ({
          value,
          name: t.acts[value],
        }))}
        onChoose={(chosen) => onChange(chosen === 'take' ? { kind: 'take' } : { kind: 'refuse', as: chosen })}
      />
      {action.kind === 'take' && <TakeFields take={action} onChange={onChange} />}
    </div>
  )
}

function TakeFields({ take, onChange }: { readonly take: Take; readonly onChange: (take: Take) => void }) {
  const t = ruleWords.value
  const all = useKept(phones) ?? []
  const sounds = useKept(greetings) ?? []
  const { phones: chosen, gate, ringSeconds, greeting, ...others } = take
  const rest = { ...others, ...(gate && { gate }) }
  const ringing = chosen === undefined ? 'all' : chosen.length === 0 ? 'none' : 'some'
  const answering = ringSeconds === undefined ? 'line' : ringSeconds === 0 ? 'once' : 'after'
  const keptPhones = chosen === undefined ? {} : { phones: chosen }
  const keptRing = ringSeconds === undefined ? {} : { ringSeconds }
  const keptGreeting = greeting === undefined ? {} : { greeting }
  return (
    <>
      <Select
        label={t.phones}
        hint={t.phonesHint}
        value={ringing}
        options={(['all', 'none', 'some'] as const)
          .filter((value) => value !== 'some' || all.length > 0)
          .map((value) => ({ value, name: t.phoneChoices[value] }))}
        onChoose={(value) =>
          onChange({
            ...rest,
            ...keptRing,
            ...keptGreeting,
            ...(value === 'none' && { phones: [] }),
            ...(value === 'some' && { phones: all.slice(0, 1).map(({ id }) => id) }),
          })
        }
      />
      {ringing === 'some' && (
        <ChosenNames
          label={t.somePhones}
          options={all}
          chosen={chosen ?? []}
          onChange={(ids) => onChange({ ...take, phones: ids })}
        />
      )}
      <div class="plate-pair">
        <Select
          label={t.gate}
          hint={t.answersHint}
          value={gate?.kind ?? 'none'}
          options={(['none', 'key', 'name'] as const).map((value) => ({ value, name: t.gateChoices[value] }))}
          onChoose={(value) =>
            onChange({
              ...others,
              ...keptPhones,
              ...keptRing,
              ...keptGreeting,
              ...(value === 'key' && { gate: { kind: value, digit: '5' } }),
              ...(value === 'name' && { gate: { kind: value } }),
            })
          }
        />
        {gate?.kind === 'key' && (
          <Select
            label={t.gateKey}
            value={gate.digit}
            options={DIGITS.map((digit) => ({ value: digit, name: digit }))}
            onChoose={(digit) => onChange({ ...take, gate: { kind: 'key', digit } })}
          />
        )}
      </div>
      {gate && <p class="field-hint field-calm">{t.gateHint}</p>}
      <div class="plate-pair">
        <Select
          label={gate ? t.greets : t.answers}
          hint={t.answersHint}
          value={answering}
          options={(['line', 'once', 'after'] as const).map((value) => ({
            value,
            name: t.answerChoices[value],
          }))}
          onChoose={(value) =>
            onChange({
              ...rest,
              ...keptPhones,
              ...keptGreeting,
              ...(value === 'once' && { ringSeconds: 0 }),
              ...(value === 'after' && { ringSeconds: 30 }),
            })
          }
        />
        {answering === 'after' && (
          <Count
            label={t.seconds}
            value={ringSeconds ?? 0}
            onInput={(seconds) => onChange({ ...take, ringSeconds: Math.max(1, seconds) })}
          />
        )}
      </div>
      <Select
        label={t.greeting}
        hint={t.answersHint}
        value={greeting === undefined ? 'own' : (greeting ?? 'shipped')}
        options={[
          { value: 'own', name: t.greetingOwn },
          { value: 'shipped', name: t.greetingShipped },
          ...sounds.map(({ id, name }) => ({ value: id, name })),
        ]}
        onChoose={(value) =>
          onChange({
            ...rest,
            ...keptPhones,
            ...keptRing,
            ...(value !== 'own' && { greeting: value === 'shipped' ? null : value }),
          })
        }
      />
      <TextInput
        label={t.label}
        hint={t.labelHint}
        value={take.label ?? ''}
        maxLength={30}
        onInput={(label) => onChange({ ...take, label })}
      />
      <Switch
        label={t.junk}
        hint={t.junkHint}
        checked={take.junk === true}
        onChange={(junk) => onChange({ ...take, junk })}
      />
    </>
  )
}
