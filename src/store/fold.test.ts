import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fold, needleOf, searchText } from './fold.ts'

it.each([
  ['Jürgen GROSS', 'jurgen gross'],
  ['+49 (30) 123-45.6', '+4930123456'],
  ['On 24.12. at 7 o’clock', 'on 2412. at 7 o’clock'],
  ['', ''],
])('%j is searched as %j', (text, folded) => expect(fold(text)).toBe(folded))

it.each([
  ['030 123', '30123'],
  ['0049 30 123', '4930123'],
  ['+49 30', '4930'],
  ['(030) ', '030'],
  ['24.12.', '2412'],
  ['000', '000'],
  [' Ada ', 'ada'],
  ['   ', ''],
])('%j is looked for as %j', (query, needle) => expect(needleOf(query)).toBe(needle))

it('what is looked for is in any text that has it as it was written', () => {
  const unit = fc.constantFrom('a', 'Ü', '0', '1', '+', ' ', '-', '.', '(')
  const text = fc.string({ unit, maxLength: 12 })
  fc.assert(
    fc.property(text, text, text, (before, part, after) => {
      fc.pre(/[a-zü\d]/i.test(part))
      expect(searchText('x', null, before + part + after)).toContain(needleOf(part))
    }),
    { numRuns: 1000 },
  )
})
