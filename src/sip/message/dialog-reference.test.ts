import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatJoin, formatReplaces, parseDialogReference } from './dialog-reference.ts'

it.each([
  [
    '425928@bobster.example.org;to-tag=7743;from-tag=6472',
    { callId: '425928@bobster.example.org', toTag: '7743', fromTag: '6472', earlyOnly: false },
  ],
  [
    '98732@sip.example.com ;from-tag=r33th4x0r ; TO-TAG = ff87ff ;early-only;x="a;to-tag=1"',
    { callId: '98732@sip.example.com', toTag: 'ff87ff', fromTag: 'r33th4x0r', earlyOnly: true },
  ],
  [
    '12adf2f34456gs5;to-tag=12345;from-tag=0',
    { callId: '12adf2f34456gs5', toTag: '12345', fromTag: '0', earlyOnly: false },
  ],
])('RFC 3891 §6.1: reads %s', (text, reference) => {
  expect(parseDialogReference(text)).toEqual(reference)
})

it.each([
  '',
  'call',
  ';to-tag=1;from-tag=2',
  'call;to-tag=1',
  'call;from-tag=1',
  'call;to-tag;from-tag=2',
  'call;to-tag=1;from-tag=2;to-tag=3',
  'call;to-tag=1;from-tag=2;From-Tag =2',
  'call;to-tag=1;from-tag=2, other;to-tag=1;from-tag=2',
  'one call;to-tag=1;from-tag=2',
  'call;to-tag=1;from-tag=2;',
])('RFC 3891 §6.1: refuses "%s"', (text) => {
  expect(parseDialogReference(text)).toBeUndefined()
})

it('writes what it reads', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9.!%*_+`'~-]{1,20}$/)
  const reference = fc.record({ callId: token, toTag: token, fromTag: token, earlyOnly: fc.boolean() })
  fc.assert(
    fc.property(reference, (written) => {
      expect(parseDialogReference(formatReplaces(written))).toEqual(written)
      expect(parseDialogReference(formatJoin(written))).toEqual({ ...written, earlyOnly: false })
    }),
  )
})

it('never throws, whatever it is given', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseDialogReference(text)))
})
