import type { Rule } from './rule.ts'

/**
 * Whether a rule is about blocked callers: no other applies to them. Whoever blocks a number means it for good, and a rule
 * for the night must not let it through.
 */
export const isAboutBlocked = ({ when }: Pick<Rule, 'when'>): boolean =>
  when.some((condition) => condition.kind === 'who' && !condition.not && condition.are.includes('blocked'))
