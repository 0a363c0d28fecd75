import { expect, it } from 'vitest'
import { splitAddresses } from './split-addresses.ts'

it('takes addresses as people write them', () => {
  expect(splitAddresses(' a@example.org, b@example.org;c@example.org\nd@example.org,')).toEqual([
    'a@example.org',
    'b@example.org',
    'c@example.org',
    'd@example.org',
  ])
  expect(splitAddresses('  ')).toEqual([])
})
