import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fields, type House, KINDS } from './house.ts'
import { type Change, plan } from './plan.ts'
import { sayChange } from './words.ts'

const house = (things: { readonly [Kind in keyof House]?: Record<string, Fields> } = {}): House =>
  Object.fromEntries(
    KINDS.map((kind) => [kind, new Map(Object.entries(things[kind] ?? {}))]),
  ) as unknown as House

const account = { registrar: 'sip:a.example', user: 'me', password: 'old' }
const line = (fields: Fields) => house({ lines: { home: { ringSeconds: 18, account: null, ...fields } } })
const table: readonly (readonly [string, House, House, readonly string[]])[] = [
  ['nothing', house(), house(), []],
  ['the same', line({}), line({}), []],
  ['a new line', house(), line({}), ['+ line home']],
  ['a line that goes', line({}), house(), ['- line home']],
  ['a field', line({}), line({ ringSeconds: 25 }), ['~ line home: ringSeconds 18 → 25']],
  [
    'fields within',
    line({ account }),
    line({ account: { ...account, user: 'you', password: 'new' } }),
    ['~ line home: account.password is another, account.user me → you'],
  ],
  [
    'a whole account, without its password',
    line({}),
    line({ account }),
    ['~ line home: account none → {"registrar":"sip:a.example","user":"me"}'],
  ],
  [
    'a PIN that comes, and one that goes',
    house({ mailboxes: { a: { pin: null }, b: { pin: 'hash' } } }),
    house({ mailboxes: { a: { pin: 'hash' }, b: { pin: null } } }),
    ['~ mailbox a: pin is set', '~ mailbox b: pin is taken away'],
  ],
  [
    'rules in another order, one of them new',
    house({ rules: { One: {}, Two: {} } }),
    house({ rules: { New: {}, Two: {}, One: {} } }),
    ['+ rule "New"', '~ order of rules: "Two", "One"'],
  ],
]

describe('what has to be done', () => {
  it.each(table)('%s', (_, present, wanted, words) => {
    expect(plan(present, wanted).map(sayChange)).toEqual(words)
  })

  const anyFields = fc.dictionary(
    fc.constantFrom('ringSeconds', 'trunk', 'account', 'name'),
    fc.oneof(
      fc.nat(3),
      fc.constant(null),
      fc.array(fc.record({ from: fc.nat(2), to: fc.nat(2) }, { noNullPrototype: true }), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(2), { noNullPrototype: true }),
    ),
  )
  const anyHouse: fc.Arbitrary<House> = fc
    .record(
      Object.fromEntries(
        KINDS.map((kind) => [kind, fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), anyFields))]),
      ),
    )
    .map(
      (things) => Object.fromEntries(KINDS.map((kind) => [kind, new Map(things[kind])])) as unknown as House,
    )

  it('makes one house of another, and nothing of the same, in whatever order keys stand', () => {
    fc.assert(
      fc.property(anyHouse, anyHouse, (present, wanted) => {
        expect(plan(present, turned(present))).toEqual([])
        expect(plan(done(present, wanted, plan(present, wanted)), wanted)).toEqual([])
        expect(plan(present, turned(wanted))).toEqual(plan(present, wanted))
      }),
    )
  })
})

/** The same with all keys the other way round, within things too. */
const turned = (one: House): House =>
  Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      new Map([...one[kind]].map(([name, fields]) => [name, turn(fields) as Fields])),
    ]),
  ) as unknown as House

function turn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turn)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]) => [key, turn(one)] as const)
  return Object.fromEntries(entries.reverse())
}

/** A house after these changes, and no others. */
function done(present: House, wanted: House, changes: readonly Change[]): House {
  const after = Object.fromEntries(KINDS.map((kind) => [kind, new Map(present[kind])])) as unknown as Record<
    keyof House,
    Map<string, Fields>
  >
  for (const change of changes) {
    if (change.act === 'order') continue
    if (change.act === 'remove') after[change.kind].delete(change.name)
    else after[change.kind].set(change.name, wanted[change.kind].get(change.name) ?? {})
  }
  const isInOrder = changes.every(({ act }) => act !== 'order' && act !== 'add')
  const names = isInOrder ? [...after.rules.keys()] : [...wanted.rules.keys()]
  return { ...after, rules: new Map(names.map((name) => [name, after.rules.get(name) ?? {}])) }
}
