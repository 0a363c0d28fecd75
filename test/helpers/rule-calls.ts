import type { CallFacts } from '../../src/rules/call-facts.ts'
import type { CallerFacts } from '../../src/rules/caller-facts.ts'
import type { Action, Condition, Rule, Wanted } from '../../src/rules/rule.ts'
import { localTime, WEEKDAYS } from '../../src/shared/local-time.ts'

/** A call for rules to judge: said is what matters of it, the rest is a stranger's on a Friday noon. */
export interface CallParts {
  readonly from?: string | null
  readonly e164?: string
  readonly name?: string
  readonly caller?: Partial<CallerFacts>
  /** `fri 12:00`, of the week of 2026-11-23, or `2026-12-24 12:00`. */
  readonly at?: string
  readonly line?: string
  readonly contact?: { readonly id: string; readonly favourite: boolean }
  readonly blocked?: boolean
  readonly internal?: boolean
  /** Minutes ago, of the earlier calls of this caller. */
  readonly earlier?: readonly number[]
  readonly messages?: { readonly new?: number; readonly junk?: number }
  /** Ids of block lists. */
  readonly lists?: readonly string[]
  readonly holidays?: Readonly<Record<string, string>>
}

export function callOf(parts: CallParts = {}): CallFacts {
  const number = parts.from === undefined ? '+4930123456' : parts.from
  return {
    caller: {
      number,
      e164: parts.e164 ?? (number?.startsWith('+') ? number : null),
      name: parts.name ?? null,
      withheldBy: number === null ? 'caller' : null,
      source: number === null ? null : 'from',
      divertedFrom: [],
      attestation: null,
      spamHints: [],
      ...parts.caller,
    },
    lineId: parts.line ?? 'home',
    numbering: { country: 'DE', areaCode: null },
    contact: parts.contact ?? null,
    blocked: parts.blocked ?? false,
    internal: parts.internal ?? false,
    time: localTime(instantOf(parts.at ?? 'fri 12:00'), 'UTC'),
    calls: (minutes) => 1 + (parts.earlier ?? []).filter((ago) => ago < minutes).length,
    messages: (state) => parts.messages?.[state] ?? 0,
    listedOn: () => parts.lists ?? [],
    holiday: (region) => parts.holidays?.[region],
  }
}

function instantOf(at: string): number {
  const [day = '', time = ''] = at.split(' ')
  const weekday = (WEEKDAYS as readonly string[]).indexOf(day)
  const date = weekday < 0 ? day : new Date(Date.UTC(2026, 10, 23 + weekday)).toISOString().slice(0, 10)
  return Date.parse(`${date}T${time}Z`)
}

export const is = (wanted: Wanted): Condition => ({ ...wanted, not: false })
export const isNot = (wanted: Wanted): Condition => ({ ...wanted, not: true })

export const ruleOf = (
  name: string,
  when: readonly Condition[],
  action: Action = { kind: 'take' },
  enabled = true,
): Rule => ({ id: name, name, enabled, when, action })
