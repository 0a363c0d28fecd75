import { isAboutBlocked } from './about-blocked.ts'
import type { CallFacts } from './call-facts.ts'
import { holds } from './holds.ts'
import type { Action, Rule } from './rule.ts'

/** What is to be done with a call, and what says so. */
export interface Decision {
  readonly by: DecidedBy
  readonly action: Action
}

export type DecidedBy =
  | { readonly kind: 'rule'; readonly id: string; readonly name: string }
  /** The caller is blocked, and no rule is about that. */
  | { readonly kind: 'blocked' }
  /** No rule holds: the line's own settings do. */
  | { readonly kind: 'line' }

/** What holds without any rule. */
export const UNRULED: Decision = { by: { kind: 'line' }, action: { kind: 'take' } }

/** The rule that decided, as it is written down with the call. */
export interface DecidingRule {
  readonly id: string
  /** As it was called then. */
  readonly name: string
}

export function decidingRule(by: DecidedBy): DecidingRule | null {
  if (by.kind === 'rule') return { id: by.id, name: by.name }
  return by.kind === 'blocked' ? { id: 'blocked', name: 'blocked' } : null
}

/** Decides a call: the first rule that applies, alone. */
export function decide(rules: readonly Rule[], facts: CallFacts): Decision {
  const rule = rules.find((rule) => applies(rule, facts))
  if (rule) return { by: { kind: 'rule', id: rule.id, name: rule.name }, action: rule.action }
  if (facts.blocked) return { by: { kind: 'blocked' }, action: { kind: 'refuse', as: 'declined' } }
  return UNRULED
}

function applies(rule: Rule, facts: CallFacts): boolean {
  return judge(rule, facts).verdict === 'applies'
}

/** How a rule looks at a call, condition by condition: why it applies, or does not. */
export interface Judged {
  /** `off`: it is switched off; `blocked`: the caller is blocked, which this rule is not about. */
  readonly verdict: 'applies' | 'does-not' | 'off' | 'blocked'
  /** Of each condition, whether it holds. */
  readonly holds: readonly boolean[]
}

export function judge(rule: Rule, facts: CallFacts): Judged {
  if (!rule.enabled) return { verdict: 'off', holds: [] }
  if (facts.blocked && !isAboutBlocked(rule)) return { verdict: 'blocked', holds: [] }
  const each = rule.when.map((condition) => holds(condition, facts))
  return { verdict: each.every(Boolean) ? 'applies' : 'does-not', holds: each }
}
