import { expect, it } from 'vitest'
import { numberOfLink } from './tel-link.ts'

it('takes the number out of a tel: link (RFC 3966 §3)', () => {
  expect(numberOfLink('tel:+49-30-1234567')).toBe('+49-30-1234567')
  expect(numberOfLink('TEL:030.123;phone-context=+49;ext=5')).toBe('030.123')
  expect(numberOfLink('+4930123')).toBe('+4930123')
})

it('makes of anything else a text that can be looked at', () => {
  expect(numberOfLink('tel:')).toBe('')
  expect(numberOfLink(`tel:\n${'1'.repeat(99)}`)).toBe('1'.repeat(64))
})
