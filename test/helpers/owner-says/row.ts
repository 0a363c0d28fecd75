import type { Action, Condition } from '../../../src/rules/rule.ts'
import { WEEKDAYS } from '../../../src/shared/local-time.ts'
import { type CallParts, is } from '../rule-calls.ts'

export const WEEKDAYS_5 = WEEKDAYS.slice(0, 5)
export const SILENT: Action = { kind: 'take', phones: [] }
export const AT_ONCE: Action = { kind: 'take', ringSeconds: 0 }
export const JUNK: Action = { kind: 'take', phones: [], junk: true }
export const BUSY: Action = { kind: 'refuse', as: 'busy' }
export const NO_SUCH: Action = { kind: 'refuse', as: 'unobtainable' }
export const DECLINE: Action = { kind: 'refuse', as: 'declined' }
export const onlyAt = (...phones: string[]): Action => ({ kind: 'take', phones })
export const greeted = (greeting: string): Action => ({ kind: 'take', greeting })
export const label = (text: string): Action => ({ kind: 'take', label: text })

export const night = (from = '22:00', to = '07:00') =>
  is({ kind: 'hours', spans: [{ days: WEEKDAYS, from, to }] })
export const office = { kind: 'hours', spans: [{ days: WEEKDAYS_5, from: '09:00', to: '17:00' }] } as const
export const who = (
  ...are: ('favourite' | 'contact' | 'stranger' | 'anonymous' | 'internal' | 'blocked')[]
) => ({ kind: 'who', are }) as const
export const number = (...like: string[]) => ({ kind: 'number', like }) as const
export const signed = (
  verdict: 'passed' | 'failed' | 'none',
  level: 'A' | 'B' | 'C' | null = null,
): CallParts => ({
  caller: { attestation: { verdict, level, by: 'signature' } },
})
export const from = (...numbers: string[]): CallParts => ({
  caller: { divertedFrom: numbers.map((number) => ({ number, e164: null, reason: null })) },
})
export const MUM = { id: 'mum', favourite: true }
export const TOM = { id: 'tom', favourite: false }

/** What the owner says; the rule that says it; calls that it is about; calls that it is not about. */
export type Row = readonly [
  says: string,
  when: readonly Condition[],
  then: Action,
  about: readonly CallParts[],
  notAbout: readonly CallParts[],
]
