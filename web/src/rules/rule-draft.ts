import type { RuleAction, RuleCondition } from '../../../src/api/contract.ts'

export type Kind = RuleCondition['kind']

/** In the order in which they are offered. */
export const kinds: readonly Kind[] = [
  'who',
  'people',
  'number',
  'name',
  'hours',
  'dates',
  'holiday',
  'line',
  'calls',
  'messages',
  'suspected',
  'listed',
  'attestation',
  'diverted',
]

const NIGHT = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  from: '22:00',
  to: '07:00',
} as const

/** A condition as it is when somebody has just added it. */
export function newCondition(kind: Kind, today: string): RuleCondition {
  const fresh: { readonly [Any in Kind]: Omit<Extract<RuleCondition, { kind: Any }>, 'kind' | 'not'> } = {
    who: { are: ['stranger'] },
    people: { contacts: [] },
    number: { like: [''] },
    name: { has: [''] },
    diverted: { from: [] },
    attestation: { is: ['wrong'] },
    suspected: {},
    listed: { lists: [] },
    line: { lines: [] },
    hours: { spans: [{ ...NIGHT, days: [...NIGHT.days] }] },
    dates: { spans: [{ from: today, to: today }] },
    holiday: { region: 'DE' },
    calls: { atLeast: 3, minutes: 10 },
    messages: { state: 'new', atLeast: 20 },
  }
  return { kind, not: false, ...fresh[kind] } as RuleCondition
}

/** As it is written, with commas; what is typed must stay as it is until it is saved. */
export const written = (list: readonly string[]): string => list.join(',')
export const listOf = (text: string): string[] => text.split(',')
const tidy = (list: readonly string[]) => list.map((part) => part.trim()).filter((part) => part !== '')

/** A condition without what only typing leaves. */
export function tidied(condition: RuleCondition): RuleCondition {
  switch (condition.kind) {
    case 'number':
      return { ...condition, like: tidy(condition.like) }
    case 'name':
      return { ...condition, has: tidy(condition.has) }
    case 'diverted':
      return { ...condition, from: tidy(condition.from) }
    default:
      return condition
  }
}

export type Take = Extract<RuleAction, { kind: 'take' }>

/** What is done, without what is as the line does it. */
export function tidiedAction(action: RuleAction): RuleAction {
  if (action.kind === 'refuse') return action
  const { label = '', junk, ...rest } = action
  return { ...rest, ...(junk && { junk }), ...(label.trim() !== '' && { label: label.trim() }) }
}
