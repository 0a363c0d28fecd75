import type { Action } from './rule.ts'

/**
 * Whether a caller could notice that a rule is about him: by a gate, by how long it rings, by the greeting, or by being refused. Which
 * phones ring, what they show and where the message goes is behind the one-way glass.
 */
export function isNoticeable(action: Action): boolean {
  if (action.kind === 'refuse') return true
  const { gate, ringSeconds, greeting } = action
  return gate !== undefined || ringSeconds !== undefined || greeting !== undefined
}
