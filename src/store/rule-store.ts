import type { Rule } from './model.ts'

export interface RuleStore {
  /** In the order in which they are asked. */
  list(): Promise<readonly Rule[]>
  get(key: string): Promise<Rule | undefined>
  /** Behind all others. Rejects with AP_NAME_TAKEN, here and below. */
  add(rule: Omit<Rule, 'id'>): Promise<Rule>
  /** Rejects with AP_NOT_FOUND, here and below. */
  set(key: string, change: Partial<Omit<Rule, 'id'>>): Promise<Rule>
  /** @param place from 0; past the end: behind all others */
  move(key: string, place: number): Promise<void>
  remove(key: string): Promise<Rule>
}
