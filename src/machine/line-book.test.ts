import { describe, expect, it } from 'vitest'
import { openLineBook } from './line-book.ts'

describe('the line book', () => {
  it('does not fall back to older lines when their greeting takes long to load', async () => {
    let number = '1'
    let greetingFor = async () => 'greeting'
    const line = { id: 'line', name: 'home', trunk: ['192.0.2.0/24'], mailboxId: 'box', ringSeconds: 18 }
    const listing = (rows: () => unknown[]) => ({ list: async () => rows() }) as never
    const book = await openLineBook(
      {
        lines: listing(() => [{ ...line, number }]),
        mailboxes: listing(() => [{ id: 'box', greetingId: null, schedule: [], timeZone: null }]),
        greetings: listing(() => []),
        rules: listing(() => []),
      },
      { shipped: () => greetingFor(), greetingFor: () => greetingFor() },
      () => false,
    )
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
})
