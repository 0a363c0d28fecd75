import type { Action } from '../../../src/rules/rule.ts'
import { is, isNot } from '../rule-calls.ts'
import { MUM, night, type Row, TOM, who } from './row.ts'

const PRESS_5: Action = { kind: 'take', gate: { kind: 'key', digit: '5' } }
const SAY_NAME: Action = { kind: 'take', gate: { kind: 'name' } }

export const gates: readonly Row[] = [
  [
    'Strangers have to press 5',
    [is(who('stranger')), isNot(who('internal'))],
    PRESS_5,
    [{}, { caller: { number: null } }],
    [{ contact: TOM }, { internal: true }],
  ],
  [
    'Who withholds the number has to say a name',
    [is(who('anonymous'))],
    SAY_NAME,
    [{ caller: { number: null } }],
    [{}, { contact: MUM }],
  ],
  [
    'At night strangers say their name, and only the phone in the hall rings',
    [night(), is(who('stranger'))],
    { ...SAY_NAME, phones: ['hall'], ringSeconds: 30 },
    [{ at: 'sun 23:00' }],
    [{ at: 'sun 12:00' }, { at: 'sun 23:00', contact: TOM }],
  ],
  [
    'Suspected spam has to press 7, and is greeted at once then',
    [is({ kind: 'suspected' })],
    { kind: 'take', gate: { kind: 'key', digit: '7' }, ringSeconds: 0 },
    [{ caller: { spamHints: ['name'] } }],
    [{}],
  ],
  [
    'The third call of a stranger in ten minutes needs no key any more',
    [is(who('stranger')), isNot({ kind: 'calls', atLeast: 3, minutes: 10 })],
    PRESS_5,
    [{}, { earlier: [1] }],
    [{ earlier: [1, 2] }, { contact: TOM }],
  ],
]
