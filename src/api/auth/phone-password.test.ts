import { expect, it } from 'vitest'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { makePhonePassword } from './phone-password.ts'

it('makes passwords that can be read out, each its own', () => {
  const random = seededRandom(5)
  const made = Array.from({ length: 500 }, () => makePhonePassword(random))
  for (const password of made) expect(password).toMatch(/^[2-9a-hj-km-np-z]{4}(-[2-9a-hj-km-np-z]{4}){3}$/)
  expect(new Set(made).size).toBe(500)
  expect(new Set(made.join('').replaceAll('-', '')).size).toBe(31)
})
