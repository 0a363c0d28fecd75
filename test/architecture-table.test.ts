import { expect, it } from 'vitest'
import { architectureWithTable } from './helpers/screening-table.ts'

it('ARCHITECTURE.md shows the screening machine as it is (else: node test/helpers/screening-table.ts)', () => {
  const { is, should } = architectureWithTable()
  expect(is).toBe(should)
})
