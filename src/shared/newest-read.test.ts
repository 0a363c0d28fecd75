import { describe, expect, it } from 'vitest'
import { newestRead } from './newest-read.ts'

/** A read that the test ends, each of its turns by itself. */
function openReads() {
  const turns: PromiseWithResolvers<string>[] = []
  const taken: string[] = []
  const read = newestRead(
    () => {
      const turn = Promise.withResolvers<string>()
      turns.push(turn)
      return turn.promise
    },
    (value) => void taken.push(value),
  )
  return { read, turns, taken }
}

describe('the newest read', () => {
  it('is not undone by one that began before it and is slower', async () => {
    const { read, turns, taken } = openReads()
    const both = [read(), read()]
    turns[1]?.resolve('new')
    await both[1]
    turns[0]?.resolve('old')
    await both[0]
    expect(taken).toEqual(['new'])
  })

  it('that fails does not take away what an earlier one comes to', async () => {
    const { read, turns, taken } = openReads()
    const both = [read(), read()]
    turns[1]?.reject(new Error('locked'))
    await expect(both[1]).rejects.toThrow('locked')
    turns[0]?.resolve('old')
    await both[0]
    expect(taken).toEqual(['old'])
  })
})
