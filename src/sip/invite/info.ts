import type { Effect, Fact } from './fact.ts'

/** An INFO is taken in any state that has a dialog (RFC 6086 §4.2.2); what it means is the user's affair. */
export function takeInfo({ ask, body }: Extract<Fact, { kind: 'info' }>): readonly Effect[] {
  return [
    { kind: 'respond', ask, status: 200 },
    { kind: 'report', report: body ? { kind: 'info', body } : { kind: 'info' } },
  ]
}
