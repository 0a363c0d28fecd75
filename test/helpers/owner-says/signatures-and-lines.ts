import { is, isNot } from '../rule-calls.ts'
import { BUSY, JUNK, label, NO_SUCH, onlyAt, type Row, SILENT, signed, TOM, who } from './row.ts'

export const signaturesAndLines: readonly Row[] = [
  [
    'Calls whose signature is wrong go to junk.',
    [is({ kind: 'attestation', is: ['wrong'] })],
    JUNK,
    [signed('failed')],
    [signed('passed', 'A'), signed('none'), {}],
  ],
  [
    'Only signed calls ring.',
    [isNot({ kind: 'attestation', is: ['valid'] })],
    SILENT,
    [{}, signed('none'), signed('failed')],
    [signed('passed', 'C'), signed('passed')],
  ],
  [
    'Whom the provider does not know is shown as “unverified”.',
    [is({ kind: 'attestation', is: ['C', 'none'] })],
    label('Unverified'),
    [signed('passed', 'C'), {}],
    [signed('passed', 'A'), signed('failed')],
  ],
  [
    'Strangers ring only with full attestation.',
    [is(who('stranger')), isNot({ kind: 'attestation', is: ['A'] })],
    SILENT,
    [{}, signed('passed', 'B')],
    [signed('passed', 'A'), { contact: TOM }],
  ],
  [
    'What the network takes for spam goes to junk.',
    [is({ kind: 'suspected' })],
    JUNK,
    [{ caller: { spamHints: ['name'] } }, { caller: { spamHints: ['call-info'] } }],
    [{}],
  ],
  [
    'Suspected calls go to junk unless I know the caller.',
    [is({ kind: 'suspected' }), isNot(who('contact'))],
    JUNK,
    [{ caller: { spamHints: ['name'] } }],
    [{ caller: { spamHints: ['name'] }, contact: TOM }],
  ],
  [
    'Calls for the office line ring in the office.',
    [is({ kind: 'line', lines: ['office'] })],
    onlyAt('office'),
    [{ line: 'office' }],
    [{}],
  ],
  [
    'The fax line is busy for people.',
    [is({ kind: 'line', lines: ['fax'] })],
    BUSY,
    [{ line: 'fax' }],
    [{ line: 'home' }],
  ],
  [
    'The old numbers do not exist any more.',
    [is({ kind: 'line', lines: ['old', 'older'] })],
    NO_SUCH,
    [{ line: 'old' }, { line: 'older' }],
    [{}],
  ],
  [
    'On all lines but home the machine answers after five seconds.',
    [isNot({ kind: 'line', lines: ['home'] })],
    { kind: 'take', ringSeconds: 5 },
    [{ line: 'office' }],
    [{}],
  ],
]
