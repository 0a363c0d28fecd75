import { expect, it } from 'vitest'
import { neighbourStep } from './welcome.ts'

it('goes from step to step, and is done after the last', () => {
  expect(neighbourStep('line', 1)).toBe('greeting')
  expect(neighbourStep('call', 1)).toBe('done')
  expect(neighbourStep('phone', -1)).toBe('greeting')
  expect(neighbourStep('line', -1)).toBe('line')
})
