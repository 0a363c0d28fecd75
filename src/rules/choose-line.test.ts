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

  it('is the only one whose number ends so, dialled or set without country and area', () => {
    for (const user of ['0301234567', '1234567', '030-123 45 67']) {
      expect(chooseLine([home, office, attic], user)).toBe(home)
    }
    const national = { name: 'national', number: '030 1234567' }
    expect(chooseLine([national, office], '+49301234567')).toBe(national)
    expect(chooseLine([home, national], '1234567')).toBeUndefined()
    // Too little of a number: an extension, perhaps.
    expect(chooseLine([home, office], '4567')).toBeUndefined()
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
