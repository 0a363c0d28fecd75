import { expect, it } from 'vitest'
import { barsPath, peaksOf } from './peaks.ts'

it('takes the greatest amplitude of each stretch, the loudest being 1', () => {
  const samples = Float32Array.from([0.1, -0.2, 0.5, 0.25, 0, 0])
  expect([...peaksOf(samples, 3)].map((peak) => peak.toFixed(2))).toEqual(['0.40', '1.00', '0.00'])
})

it('leaves silence flat instead of blowing its noise up', () => {
  expect([...peaksOf(new Float32Array(800).fill(0.001), 4)]).toEqual([0, 0, 0, 0])
})

it('draws nothing of nothing', () => {
  expect([...peaksOf(new Float32Array(), 3)]).toEqual([0, 0, 0])
  expect(barsPath(new Float32Array(), 56, 5, 2)).toBe('')
})

it('draws a dot for silence and a full bar for the loudest', () => {
  expect(barsPath(Float32Array.from([0, 1]), 50, 10, 2)).toBe('M5 24v2M15 5v40')
})
