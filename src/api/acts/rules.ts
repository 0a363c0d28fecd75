import type { z } from 'zod'
import { HOLIDAY_REGIONS } from '../../rules/holidays/holiday-on.ts'
import { readyMadeRules } from '../../rules/ready-made/all.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { isId } from '../../shared/ids.ts'
import type { Action, Condition, Rule } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { RuleCondition, RuleList, ruleAction, ruleChange, ruleInput } from '../contract.ts'
import { readRuleNames, showReadyMade, showRule } from '../views/rule.ts'
import { type AuditTools, note } from './audit.ts'
import { defined } from './defined.ts'

/** What the API and the command line do to rules, alike. */
export type RuleTools = AuditTools & {
  readonly store: Pick<
    Store,
    'audit' | 'rules' | 'lines' | 'phones' | 'greetings' | 'contacts' | 'numberLists'
  >
}

/** What a call is decided by in a moment must stay little. */
const MOST_RULES = 200

export async function listRules({ store }: Pick<RuleTools, 'store'>): Promise<RuleList> {
  const [rules, names] = await Promise.all([store.rules.list(), readRuleNames(store)])
  return {
    rules: rules.map((rule) => showRule(rule, names)),
    readyMade: readyMadeRules.map((rule) => showReadyMade(rule, names)),
    regions: [...HOLIDAY_REGIONS],
  }
}

export async function needRule({ rules }: Pick<Store, 'rules'>, key: string): Promise<Rule> {
  const rule = await rules.get(key)
  if (!rule) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'rule', id: key })
  return rule
}

export async function addRule(tools: RuleTools, input: z.output<typeof ruleInput>): Promise<Rule> {
  const { place, ...fields } = input
  const { store } = tools
  if ((await store.rules.list()).length >= MOST_RULES)
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: `There are ${MOST_RULES} rules, the most there may be.`,
    })
  const { when = [], action = { kind: 'take' } } = await byId(store, fields)
  const { name, enabled } = fields
  const rule = await store.rules.add({ name, enabled, when, action })
  if (place !== undefined) await store.rules.move(rule.id, place)
  await note(tools, 'rule-added', { detail: rule.name })
  return rule
}

export async function changeRule(
  tools: RuleTools,
  key: string,
  change: z.output<typeof ruleChange>,
): Promise<Rule> {
  const { name, enabled } = change
  const rule = await tools.store.rules.set(key, {
    ...defined({ name, enabled }),
    ...(await byId(tools.store, change)),
  })
  await note(tools, 'rule-changed', { detail: rule.name })
  return rule
}

export async function moveRule(tools: RuleTools, key: string, place: number): Promise<void> {
  const { name } = await needRule(tools.store, key)
  await tools.store.rules.move(key, place)
  await note(tools, 'rule-changed', { detail: name })
}

export async function removeRule(tools: RuleTools, key: string): Promise<Rule> {
  const rule = await tools.store.rules.remove(key)
  await note(tools, 'rule-removed', { detail: rule.name })
  return rule
}

interface Ruled {
  readonly when?: readonly RuleCondition[] | undefined
  readonly action?: z.output<typeof ruleAction> | undefined
}

type Named = 'line' | 'phone' | 'greeting' | 'contact' | 'block list'

/**
 * The same with ids in place of names. An id that names nothing stays: what was removed must not keep a rule from being
 * changed.
 */
export async function byId(
  {
    lines,
    phones,
    greetings,
    contacts,
    numberLists,
  }: Pick<Store, 'lines' | 'phones' | 'greetings' | 'contacts' | 'numberLists'>,
  { when, action }: Ruled,
): Promise<Partial<Pick<Rule, 'when' | 'action'>>> {
  const [line, phone, greeting, contact, list] = await Promise.all([
    lines.list(),
    phones.list(),
    greetings.list(),
    contacts.list(),
    numberLists.list(),
  ])
  const rows = { line, phone, greeting, contact, 'block list': list }
  const idOf = (kind: Named, key: string): string => {
    if (rows[kind].some(({ id }) => id === key)) return key
    const [found, another] = rows[kind].filter(({ name }) => name === key)
    // Two people may have the same name.
    if (another)
      throw new AnswerphoneError('AP_INPUT_INVALID', { what: `"${key}" are several: name one by its id.` })
    if (found) return found.id
    if (isId(key)) return key
    throw new AnswerphoneError('AP_NOT_FOUND', { kind, id: key })
  }
  const condition = (one: RuleCondition): Condition => {
    if (one.kind === 'line') return { ...one, lines: one.lines.map((key) => idOf('line', key)) }
    if (one.kind === 'listed') return { ...one, lists: one.lists.map((key) => idOf('block list', key)) }
    if (one.kind === 'people') return { ...one, contacts: one.contacts.map((key) => idOf('contact', key)) }
    if (one.kind === 'holiday' && !HOLIDAY_REGIONS.includes(one.region))
      throw new AnswerphoneError('AP_INPUT_INVALID', {
        what: `holidays of ${one.region} are not known. Known are: ${HOLIDAY_REGIONS.join(', ')}.`,
      })
    return one
  }
  const done = (one: z.output<typeof ruleAction>): Action => {
    if (one.kind === 'refuse') return one
    const { phones: keys, greeting: wanted, gate, ringSeconds, junk, label } = one
    return {
      kind: 'take',
      ...defined({
        phones: keys?.map((key) => idOf('phone', key)),
        greeting: wanted ? idOf('greeting', wanted) : wanted,
        gate,
        ringSeconds,
        junk,
        label,
      }),
    }
  }
  return { ...(when && { when: when.map(condition) }), ...(action && { action: done(action) }) }
}
