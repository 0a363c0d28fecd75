import { expect, it } from 'vitest'
import { readDialled } from './dialled.ts'

it('dials numbers however they are written', () => {
  expect(readDialled(' +49 (30) 1234-56 ')).toBe('+4930123456')
  expect(readDialled('030/12 34.56')).toBe('030123456')
  expect(readDialled('+49 (0)30 123456')).toBe('+4930123456')
  expect(readDialled('(0)30 123456')).toBe('030123456')
})

it('dials codes and the names of phones', () => {
  expect(readDialled('*8')).toBe('*8')
  expect(readDialled('kitchen')).toBe('kitchen')
  expect(readDialled('page-Ada')).toBe('page-Ada')
})

it('dials nothing else', () => {
  for (const text of ['', ' ', '1', '++49', 'two words', 'a@b', '30~x', '1'.repeat(21)])
    expect(readDialled(text), text).toBeNull()
})
