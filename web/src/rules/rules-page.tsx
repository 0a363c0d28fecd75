import type { ReadyMadeRule, Rule } from '../../../src/api/contract.ts'
import * as api from '../api/rules.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Icon } from '../components/icon.tsx'
import { Waiting } from '../components/waiting.tsx'
import { isOwner, useKept } from '../settings/collections.ts'
import { AddLink, Section } from '../settings/section.tsx'
import { settingsWords } from '../settings/words/settings-words.ts'
import { settingsHash } from '../state/parse-route.ts'
import { reportFailure } from '../state/report-failure.ts'
import { showToast } from '../state/toasts.ts'
import { rules, said } from './kept-rules.ts'
import { RulePreview } from './rule-preview.tsx'
import { ruleWords } from './words/rule-words.ts'
import './rules.css'

/** What becomes of which calls: the rules in their order, some to take over, and what would happen. */
export function RulesPage() {
  const t = ruleWords.value
  const list = useKept(rules)
  return (
    <Section title={t.title} lead={t.lead} act={isOwner() && <AddLink section="rules" text={t.add} />}>
      {list === null && <Waiting text={settingsWords.value.loading} />}
      {list?.rules.length === 0 && <EmptyState title={t.none} text={t.noneHelp} />}
      {list !== null && list.rules.length > 0 && (
        <ol class="panel rule-list">
          {list.rules.map((rule, at) => (
            <RuleRow key={rule.id} rule={rule} at={at} count={list.rules.length} />
          ))}
        </ol>
      )}
      <RulePreview />
      {list !== null && isOwner() && <ReadyMade offered={list.readyMade} taken={list.rules} />}
    </Section>
  )
}

interface RuleRowProps {
  readonly rule: Rule
  readonly at: number
  readonly count: number
}

function RuleRow({ rule, at, count }: RuleRowProps) {
  const t = ruleWords.value
  const move = (place: number) =>
    void api
      .moveRule(rule.id, place)
      .then(() => rules.read())
      .catch(reportFailure)
  return (
    <li class="panel-item panel-row rule-row">
      <a class="panel-text" href={settingsHash('rules', rule.id)}>
        <span class="panel-name">
          {at + 1}. {rule.name}
          {!rule.enabled && <span class="rule-off"> ({t.off})</span>}
        </span>
        <span class="panel-detail">{said(rule.says)}</span>
        {rule.noticeable && <span class="rule-noticeable">{t.noticeable}</span>}
      </a>
      {isOwner() && (
        <span class="rule-moves">
          <button
            type="button"
            class="icon-button rule-up"
            aria-label={t.up(rule.name)}
            disabled={at === 0}
            onClick={() => move(at - 1)}
          >
            <Icon name="on" />
          </button>
          <button
            type="button"
            class="icon-button rule-down"
            aria-label={t.down(rule.name)}
            disabled={at === count - 1}
            onClick={() => move(at + 1)}
          >
            <Icon name="on" />
          </button>
        </span>
      )}
    </li>
  )
}

interface ReadyMadeProps {
  readonly offered: readonly ReadyMadeRule[]
  readonly taken: readonly Rule[]
}

function ReadyMade({ offered, taken }: ReadyMadeProps) {
  const t = ruleWords.value
  const left = offered.filter(({ name }) => !taken.some((rule) => rule.name === said(name)))
  if (left.length === 0) return null
  const take = ({ name, when, action, first }: ReadyMadeRule) =>
    void api
      .addRule({ name: said(name), when, action, ...(first && { place: 0 }) })
      .then((added) => {
        showToast({ text: t.added(added.name), tone: 'done' })
        return rules.read()
      })
      .catch(reportFailure)
  return (
    <section class="section" aria-label={t.readyMade}>
      <h2 class="panel-heading">{t.readyMade}</h2>
      <ul class="panel">
        {left.map((rule) => (
          <li key={rule.key} class="panel-item panel-row rule-row">
            <span class="panel-text">
              <span class="panel-name">{said(rule.name)}</span>
              <span class="panel-detail">{said(rule.says)}</span>
              {rule.noticeable && <span class="rule-noticeable">{t.noticeable}</span>}
            </span>
            <button
              type="button"
              class="button"
              aria-label={t.takeName(said(rule.name))}
              onClick={() => take(rule)}
            >
              {t.take}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
