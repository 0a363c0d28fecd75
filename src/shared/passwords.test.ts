import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../test/helpers/seeded-random.ts'
import { createGate } from './gate.ts'
import { createPasswords } from './passwords.ts'

const weak = { ln: 4, r: 1, p: 1 }

describe('passwords', () => {
  it('are kept as scrypt hashes that carry their parameters and a salt of their own', async () => {
    const passwords = createPasswords(seededRandom(), weak)
    const [one, two] = [await passwords.hash('secret word'), await passwords.hash('secret word')]
    expect(one).toMatch(/^\$scrypt\$ln=4,r=1,p=1\$/)
    expect(one).not.toBe(two)
    expect(await passwords.verify('secret word', one)).toBe(true)
    expect(await passwords.verify('secret Word', one)).toBe(false)
    expect(await passwords.verify('secret word', 'gibberish')).toBe(false)
    expect(await passwords.verify('secret word', undefined)).toBe(false)
  })

  it('are the same however an accent was typed', async () => {
    const passwords = createPasswords(seededRandom(), weak)
    expect(await passwords.verify('caf\u0065\u0301 noir', await passwords.hash('caf\u00e9 noir'))).toBe(true)
  })

  it('are hashed anew when the parameters have grown', async () => {
    const old = createPasswords(seededRandom(), weak)
    const today = createPasswords(seededRandom())
    const hash = await old.hash('secret word')
    expect(await today.verify('secret word', hash)).toBe(true)
    expect([old.isOutdated(hash), today.isOutdated(hash)]).toEqual([false, true])
    expect(await today.hash('secret word')).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
  })
})

describe('costly work', () => {
  it('is done a few at a time, in order, and refused when too much waits', async () => {
    const gate = createGate(2, 2)
    const doors = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
    const begun: number[] = []
    const work = doors.map(({ promise }, at) =>
      gate(() => {
        begun.push(at)
        return promise
      }),
    )
    await expect(gate(async () => {})).rejects.toThrow('Too many')
    expect(begun).toEqual([0, 1])
    doors[0]?.resolve()
    await work[0]
    await Promise.resolve()
    expect(begun).toEqual([0, 1, 2])
    for (const { resolve } of doors) resolve()
    await Promise.all(work)
    expect(await gate(async () => 'free again')).toBe('free again')
  })
})
