import { describe, expect, it } from 'vitest'
import { chooseLine } from './choose-line.ts'

const home = { name: 'home', number: '+49 30 1234567' }
const office = { name: 'office', number: '004930999' }
const attic = { name: 'attic', number: null }

describe('which line a call is for', () => {
  it('is the one with the name that was dialled, in any case of letters', () => {
    expect(chooseLine([home, office], 'Office')).toBe(office)
  })

  it('is the one with the number that was dialled, however the provider writes it', () => {
    for (const user of ['+49301234567', '0049301234567', '49301234567']) {
      expect(chooseLine([home, office, attic], user)).toBe(home)
    }
  })

  it('is the only one of its trunk, whatever was dialled', () => {
    expect(chooseLine([attic], 'anything')).toBe(attic)
    expect(chooseLine([attic], undefined)).toBe(attic)
  })

  it('is none where several could be meant, or none is reached', () => {
    expect(chooseLine([home, office], 'cellar')).toBeUndefined()
    expect(chooseLine([home, attic], undefined)).toBeUndefined()
    expect(chooseLine([], 'home')).toBeUndefined()
  })
})
