import fc from 'fast-check'
import { type Action, ATTESTED, type Condition, REFUSALS, type Rule, WHO } from '../../src/rules/rule.ts'
import { WEEKDAYS } from '../../src/shared/local-time.ts'

/** Numbers that callers and rules have in common, so that they meet. */
export const NUMBERS = ['+49301234567', '030 7654321', '0900123', '+43123456', '611', 'alice'] as const

const some = <Value>(...values: readonly Value[]) => fc.subarray([...values], { minLength: 1 })
const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':'))
type Fields<Kind> = Omit<Extract<Condition, { readonly kind: Kind }>, 'kind' | 'not'>
const of = <Kind extends Condition['kind']>(
  kind: Kind,
  fields: { [Key in keyof Fields<Kind>]: fc.Arbitrary<Fields<Kind>[Key]> },
) =>
  fc.record({ kind: fc.constant(kind), not: fc.boolean(), ...fields }) as unknown as fc.Arbitrary<Condition>

/** Any condition of any kind, about things that there are in the house, and some that there are not. */
const condition: fc.Arbitrary<Condition> = fc.oneof(
  of('who', { are: some(...WHO) }),
  of('people', { contacts: some('mum', 'gone') }),
  of('number', { like: some(...NUMBERS, '030*', '+43*', '*', '??1') }),
  of('name', { has: some('alice', 'spam') }),
  of('diverted', { from: fc.constantFrom([], [NUMBERS[0]], ['030*']) }),
  of('attestation', { is: some(...ATTESTED) }),
  of('suspected', {}),
  of('listed', { lists: fc.constantFrom([], ['list-spam'], ['gone']) }),
  of('line', { lines: some('line', 'gone') }),
  of('hours', {
    spans: fc.array(fc.record({ days: some(...WEEKDAYS), from: time, to: time }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  of('dates', {
    spans: fc.constantFrom([{ from: '2026-01-01', to: '2026-06-30' }], [{ from: '12-20', to: '01-10' }]),
  }),
  of('holiday', { region: fc.constantFrom('DE', 'DE-BY') }),
  of('calls', { atLeast: fc.integer({ min: 1, max: 4 }), minutes: fc.constantFrom(1, 10, 60) }),
  of('messages', {
    state: fc.constantFrom('new' as const, 'junk' as const),
    atLeast: fc.integer({ min: 1, max: 3 }),
  }),
)

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('refuse' as const), as: fc.constantFrom(...REFUSALS) }),
  fc.record(
    {
      kind: fc.constant('take' as const),
      phones: fc.subarray(['phone-desk', 'phone-sofa', 'gone']),
      gate: fc.constantFrom({ kind: 'key' as const, digit: '5' }, { kind: 'name' as const }),
      ringSeconds: fc.constantFrom(0, 1, 7, 25),
      greeting: fc.constantFrom(null, 'gone'),
      junk: fc.boolean(),
      label: fc.constantFrom('Work:', 'Ö'),
    },
    { requiredKeys: ['kind'] },
  ),
)

/** Any rules, in any order; their names are their places. */
export const anyRules: fc.Arbitrary<readonly Rule[]> = fc
  .array(
    fc.record({
      enabled: fc.boolean().map((off) => !off),
      when: fc.array(condition, { maxLength: 3 }),
      action,
    }),
    { maxLength: 6 },
  )
  .map((rules) => rules.map((rule, place) => ({ ...rule, id: `rule-${place}`, name: `Rule ${place}` })))
