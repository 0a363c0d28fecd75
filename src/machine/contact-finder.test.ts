import { describe, expect, it } from 'vitest'
import { contactFinder } from './contact-finder.ts'

const contact = (name: string, ...numbers: string[]) => ({ id: `id-${name}`, name, note: '', numbers })

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
