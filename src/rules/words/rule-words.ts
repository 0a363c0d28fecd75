import type { Action, Condition } from '../rule.ts'

/** What things are called that a rule names by id; undefined: they are gone. */
export interface Names {
  line(id: string): string | undefined
  phone(id: string): string | undefined
  greeting(id: string): string | undefined
  contact(id: string): string | undefined
  list(id: string): string | undefined
}

/** Says a rule as its owner would, in one language. One file each, beside this one. */
export interface RuleWords {
  /** All of a rule: `If … and …: …`. */
  rule(rule: { readonly when: readonly Condition[]; readonly action: Action }, names: Names): string
  /** One condition, as a sentence without its stop: `the number is withheld`. */
  condition(condition: Condition, names: Names): string
  /** What is done, as a sentence without its stop. */
  action(action: Action, names: Names): string
}
