import { describe, expect, it } from 'vitest'
import { contactFinder } from './contact-finder.ts'

const contact = (name: string, ...numbers: string[]) => ({
  id: `id-${name}`,
  name,
  note: '',
  favourite: false,
  numbers,
})

describe('a number, where the house has a country,', () => {
  const contactOf = contactFinder(
    [contact('Ada', '030 1234567'), contact('Max', '+49 89 1111111'), contact('Mia', '+44 89 1111111')],
    'DE',
  )

  it.each([
    // As its line knows it, whatever it writes.
    ['1234567', '+49301234567', 'Ada'],
    ['+49301234567', null, 'Ada'],
    // It is two people's no more.
    ['089 1111111', null, 'Max'],
    ['0891111111', '+44891111111', 'Mia'],
    // It ends alike, and is another.
    ['1234567', '+43301234567', null],
    ['1234567', '+431234567', null],
    ['+301234567', '+301234567', null],
    // Of who knows where.
    ['1234567', null, 'Ada'],
  ])('%s (%s) is %s', (number, e164, name) => {
    expect(contactOf(number, e164)?.name ?? null).toBe(name)
  })
})

describe('a number', () => {
  const contactOf = contactFinder([
    contact('Ada', '+49 30 1234567', '030 1234567', '0171 7654321'),
    contact('Bob', '+1 202 5550100'),
    contact('Eve', '5550100'),
    contact('Max', '+49 89 1111111'),
    contact('Mia', '+44 89 1111111'),
    contact('hall', '620'),
  ])

  it.each([
    ['+49301234567', 'Ada'],
    ['0049301234567', 'Ada'],
    ['0301234567', 'Ada'],
    ['+491717654321', 'Ada'],
    ['0012025550100', 'Bob'],
    ['5550100', 'Eve'],
    ['+4430 5550100', 'Eve'],
    ['089 1111111', null], // it is two people's
    ['620', 'hall'],
    ['1620', null],
    ['+4930999', null],
    [null, null],
  ])('%s is %s', (number, name) => {
    expect(contactOf(number)?.name ?? null).toBe(name)
  })
})
