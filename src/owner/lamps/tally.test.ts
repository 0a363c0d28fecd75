import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import type { MessageCounts } from './message-summary.ts'
import { createTally } from './tally.ts'

function desk() {
  const clock = fakeClock()
  const asked: { mailboxId: string; answer: PromiseWithResolvers<MessageCounts> }[] = []
  const counted: string[] = []
  const failures: unknown[] = []
  const tally = createTally({
    clock,
    counts([mailboxId = '']) {
      const answer = Promise.withResolvers<MessageCounts>()
      asked.push({ mailboxId, answer })
      return answer.promise
    },
    onCounted: (mailboxId) => counted.push(mailboxId),
    onFailed: (error) => failures.push(error),
  })
  const answer = async (which: number, unheard: number) => {
    asked[which]?.answer.resolve({ new: unheard, heard: 1 })
    await clock.advanceAsync(0)
  }
  const fail = async (which: number) => {
    asked[which]?.answer.reject(new Error('the database is away'))
    await clock.advanceAsync(0)
  }
  return { clock, tally, asked, counted, failures, answer, fail }
}

describe('a tally', () => {
  it('adds up mailboxes, once it knows each', async () => {
    const { tally, answer, counted } = desk()
    tally.count('a')
    tally.count('b')
    await answer(0, 2)
    expect(tally.of(['a', 'b'])).toBeUndefined()
    await answer(1, 3)
    expect(tally.of(['a', 'b'])).toEqual({ new: 5, heard: 2 })
    expect(tally.of([])).toEqual({ new: 0, heard: 0 })
    expect(counted).toEqual(['a', 'b'])
  })

  it('does not believe a count that was overtaken by a change', async () => {
    const { tally, answer, counted, asked } = desk()
    tally.count('a')
    tally.count('a')
    tally.count('a')
    expect(asked).toHaveLength(1)
    await answer(0, 1)
    expect(counted).toEqual([])
    await answer(1, 2)
    expect(tally.of(['a'])).toEqual({ new: 2, heard: 1 })
    expect(asked).toHaveLength(2)
  })

  it('counts again after a failure, and knows until then what it knew', async () => {
    const { clock, tally, answer, fail, failures, asked } = desk()
    tally.count('a')
    await answer(0, 1)
    tally.count('a')
    await fail(1)
    expect(failures).toHaveLength(1)
    expect(tally.of(['a'])).toEqual({ new: 1, heard: 1 })
    await clock.advanceAsync(1000)
    expect(asked).toHaveLength(3)
    await answer(2, 4)
    expect(tally.of(['a'])).toEqual({ new: 4, heard: 1 })
    expect(clock.pending).toBe(0)
  })

  it('forgets what nobody watches, and sets no timer once closed', async () => {
    const { clock, tally, answer, fail, counted } = desk()
    tally.count('a')
    tally.count('b')
    tally.keep(new Set(['b']))
    await answer(0, 1)
    expect(tally.of(['a'])).toBeUndefined()
    tally.close()
    await fail(1)
    expect(counted).toEqual([])
    expect(clock.pending).toBe(0)
  })
})
