import { is, isNot } from '../rule-calls.ts'
import { BUSY, DECLINE, greeted, JUNK, label, MUM, night, type Row, SILENT, TOM, who } from './row.ts'

export const howOften: readonly Row[] = [
  [
    'The third call within ten minutes rings through.',
    [is({ kind: 'calls', atLeast: 3, minutes: 10 })],
    { kind: 'take' },
    [{ earlier: [1, 9] }, { earlier: [0, 1, 2] }],
    [{ earlier: [1, 11] }, { earlier: [5] }, {}],
  ],
  [
    'Who calls five times in an hour goes to junk.',
    [is({ kind: 'calls', atLeast: 5, minutes: 60 }), is(who('stranger'))],
    JUNK,
    [{ earlier: [1, 2, 3, 59] }],
    [{ earlier: [1, 2, 3, 60] }, { earlier: [1, 2, 3, 4], contact: TOM }],
  ],
  [
    'At night a stranger rings only at the second try.',
    [night(), isNot({ kind: 'calls', atLeast: 2, minutes: 5 })],
    SILENT,
    [{ at: 'mon 03:00' }],
    [{ at: 'mon 03:00', earlier: [2] }],
  ],
  [
    'Machines that dial without end hear that it is busy.',
    [is({ kind: 'calls', atLeast: 10, minutes: 10 })],
    BUSY,
    [{ earlier: [0, 1, 2, 3, 4, 5, 6, 7, 8] }],
    [{ earlier: [1] }],
  ],
  [
    'When there are twenty new messages, callers hear that I am away.',
    [is({ kind: 'messages', state: 'new', atLeast: 20 })],
    greeted('away'),
    [{ messages: { new: 20 } }],
    [{ messages: { new: 19, junk: 50 } }],
  ],
  [
    'When the junk is full, strangers are refused.',
    [is({ kind: 'messages', state: 'junk', atLeast: 100 }), is(who('stranger'))],
    DECLINE,
    [{ messages: { junk: 100 } }],
    [{ messages: { junk: 99 } }, { messages: { junk: 100 }, contact: TOM }],
  ],
  [
    'While there is nothing new, the machine answers late.',
    [isNot({ kind: 'messages', state: 'new', atLeast: 1 })],
    { kind: 'take', ringSeconds: 30 },
    [{}],
    [{ messages: { new: 1 } }],
  ],
  [
    'Every call is shown with the house’s name.',
    [],
    label('Villa'),
    [{}, { from: null }, { contact: MUM }],
    [],
  ],
  [
    'Strangers at night on the office line go to junk, unless they call again.',
    [
      is(who('stranger')),
      night(),
      is({ kind: 'line', lines: ['office'] }),
      isNot({ kind: 'calls', atLeast: 2, minutes: 30 }),
    ],
    JUNK,
    [{ at: 'sun 22:30', line: 'office' }],
    [{ at: 'sun 22:30' }, { at: 'sun 22:30', line: 'office', earlier: [10] }, { line: 'office' }],
  ],
]
