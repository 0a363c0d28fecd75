import type { Rule, RuleAction, RuleCondition, RuleList } from '../../../src/api/contract.ts'
import * as api from '../api/rules.ts'
import { Waiting } from '../components/waiting.tsx'
import { isOwner, useKept } from '../settings/collections.ts'
import { Select, Switch, TextInput } from '../settings/fields.tsx'
import { Gone } from '../settings/gone.tsx'
import { OwnersForm } from '../settings/owners-form.tsx'
import { RemoveEntry } from '../settings/remove-entry.tsx'
import { Section } from '../settings/section.tsx'
import { useDraft } from '../settings/use-draft.ts'
import { settingsWords } from '../settings/words/settings-words.ts'
import { settingsHash } from '../state/parse-route.ts'
import { ActionFields } from './action-fields.tsx'
import { ConditionFields } from './condition-fields.tsx'
import { rules, said } from './kept-rules.ts'
import { type Kind, kinds, newCondition, tidied, tidiedAction } from './rule-draft.ts'
import { RulePreview } from './rule-preview.tsx'
import { ruleWords } from './words/rule-words.ts'
import './rules.css'

/** One rule, with what it would do beside it. */
export function RulePage({ id }: { readonly id: string }) {
  const list = useKept(rules)
  const t = ruleWords.value
  if (list === null) return <Waiting text={settingsWords.value.loading} />
  const rule = list.rules.find((row) => row.id === id)
  if (!rule && id !== 'new') return <Gone section="rules" />
  return (
    <Section title={rule?.name ?? t.add} from="rules" {...(rule && { lead: said(rule.says) })}>
      <RuleForm rule={rule} list={list} />
    </Section>
  )
}

interface Fields {
  readonly name: string
  readonly enabled: boolean
  readonly when: readonly RuleCondition[]
  readonly action: RuleAction
}

interface RuleFormProps {
  readonly rule: Rule | undefined
  readonly list: RuleList
}

function RuleForm({ rule, list }: RuleFormProps) {
  const t = ruleWords.value
  const { name = '', enabled = true, when = [], action = { kind: 'take' as const } } = rule ?? {}
  const { fields, changed, set, drop } = useDraft<Fields>(`rules/${rule?.id ?? 'new'}`, {
    name,
    enabled,
    when,
    action,
  })
  const input = () => ({
    name: fields.name.trim(),
    enabled: fields.enabled,
    when: fields.when.map(tidied),
    action: tidiedAction(fields.action),
  })
  const drafts = () => {
    const here = { ...input(), name: fields.name.trim() || t.add, ...(rule && { id: rule.id }) }
    const kept = list.rules.map(({ says: _, noticeable: __, ...other }) =>
      other.id === rule?.id ? here : other,
    )
    return rule ? kept : [...kept, here]
  }
  const save = async () => {
    const saved = rule ? await api.changeRule(rule.id, input()) : await api.addRule(input())
    drop()
    await rules.read()
    if (!rule) location.hash = settingsHash('rules', saved.id)
    return rule ? t.saved(saved.name) : t.added(saved.name)
  }
  const put = (next: readonly RuleCondition[]) => set({ when: next })
  return (
    <div class="rule-columns">
      <div>
        <OwnersForm
          dirty={changed.length > 0}
          save={save}
          discard={drop}
          {...(rule ? {} : { submit: t.add })}
        >
          <div class="plate">
            <TextInput
              label={t.name}
              hint={t.nameHint}
              value={fields.name}
              required
              maxLength={100}
              onInput={(value) => set({ name: value })}
            />
            <Switch
              label={t.enabled}
              checked={fields.enabled}
              onChange={(value) => set({ enabled: value })}
            />
          </div>
          <h2 class="panel-heading">{t.if}</h2>
          {fields.when.length === 0 && <p class="section-foot">{t.always}</p>}
          <ol class="rule-conditions">
            {fields.when.map((condition, at) => (
              <ConditionFields
                key={`${at} ${condition.kind}`}
                condition={condition}
                onChange={(next) => put(fields.when.with(at, next))}
                onRemove={() => put(fields.when.toSpliced(at, 1))}
              />
            ))}
          </ol>
          <Select<Kind | ''>
            label={t.addCondition}
            value=""
            options={[
              { value: '', name: t.choose },
              ...kinds.map((kind) => ({ value: kind, name: t.kinds[kind] })),
            ]}
            onChoose={(kind) => kind !== '' && put([...fields.when, newCondition(kind, today())])}
          />
          <h2 class="panel-heading">{t.done}</h2>
          <ActionFields action={fields.action} onChange={(next) => set({ action: next })} />
        </OwnersForm>
        {rule && isOwner() && (
          <RemoveEntry
            question={t.removeAsked(rule.name)}
            remove={() => api.removeRule(rule.id).then(drop)}
            list={rules}
            section="rules"
            removed={t.removed(rule.name)}
          />
        )}
      </div>
      <RulePreview drafts={drafts} />
    </div>
  )
}

const today = () => new Intl.DateTimeFormat('en-CA').format(Date.now())
