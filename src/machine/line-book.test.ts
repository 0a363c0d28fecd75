import { describe, expect, it } from 'vitest'
import type { Action } from '../rules/rule.ts'
import type { Clips } from './clips.ts'
import { openLineBook } from './line-book.ts'

const line = { id: 'line', name: 'home', trunk: ['192.0.2.0/24'], mailboxId: 'box', ringSeconds: 18 }

/** Opens the book of a house with one line, of this number, and these rules. */
function openBook(house: {
  readonly number?: () => string
  readonly rules?: () => Action[]
  readonly clips: Partial<Clips>
}) {
  const { number = () => '1', rules = () => [], clips } = house
  const listing = (rows: () => unknown[]) => ({ list: async () => rows() }) as never
  return openLineBook(
    {
      lines: listing(() => [{ ...line, number: number() }]),
      mailboxes: listing(() => [
        { id: 'box', greetingId: null, schedule: [], timeZone: null, language: 'de' },
      ]),
      greetings: listing(() => []),
      rules: listing(() => rules().map((action) => ({ action }))),
    },
    {
      shipped: async () => 'greeting',
      greetingFor: async () => 'greeting',
      atGates: async () => {},
      ...clips,
    },
    () => false,
  )
}

describe('the line book', () => {
  it('does not fall back to older lines when their greeting takes long to load', async () => {
    let number = '1'
    let greetingFor = async () => 'greeting'
    const book = await openBook({ number: () => number, clips: { shipped: () => greetingFor() } })
    const asked = Promise.withResolvers<void>()
    const slow = Promise.withResolvers<string>()
    greetingFor = () => {
      asked.resolve()
      return slow.promise
    }
    const older = book.reload()
    await asked.promise
    number = '2'
    greetingFor = async () => 'greeting'
    await book.reload()
    slow.resolve('greeting')
    await older
    expect(book.find({ transport: 'udp', address: '192.0.2.1' }, 'home')?.line.number).toBe('2')
  })

  it('makes ready what is heard at gates once a rule has one, not before', async () => {
    const prepared: string[] = []
    let action: Action = { kind: 'take' }
    const book = await openBook({
      rules: () => [action],
      clips: { atGates: async (language) => void prepared.push(language) },
    })
    expect(prepared).toEqual([])
    action = { kind: 'take', gate: { kind: 'name' } }
    await book.reload()
    expect(prepared).toEqual(['de'])
  })
})
