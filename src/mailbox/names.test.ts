import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MailboxFixture, openMailboxFixture } from '../../test/helpers/mailbox-fixture.ts'
import { until } from '../../test/helpers/until.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'
import { changeHistoryRetention } from './history-retention.ts'

let at: MailboxFixture
beforeEach(async () => {
  at = await openMailboxFixture()
})
afterEach(() => at.close())

const GATE = { kind: 'name', went: 'passed', name: null } as const

/** A take of a name, with its file and the row of its call. */
async function nameOf(id: string, soundMs = 800, went: 'passed' | null = 'passed') {
  const take = at.take(id, { hearing: { soundMs } })
  const named = { ...take, meta: { ...take.meta, kind: 'name' } }
  at.journal.save()
  await at.store.calls.add(callRow(`call-${id}`, { gate: { ...GATE, went } }))
  return named
}

describe('a name that was said at a gate', () => {
  it('is kept with its call, is no message, and can be played', async () => {
    const take = await nameOf('said')
    const name = await at.mailboxes.keepName(take)
    await at.mailboxes.settle()
    expect(name).toMatchObject({ takeId: 'said', durationMs: take.durationMs, words: null })
    expect(await at.store.calls.get('call-said')).toMatchObject({ gate: { name } })
    expect(at.journal.takes.size).toBe(0)
    expect(await at.mailboxes.nameFile('call-said')).toMatch(/said\.wav$/)
    expect((await at.mailboxes.list({ limit: 9 })).rows).toEqual([])
    await expect(at.mailboxes.keep(take)).rejects.toThrow()
  })

  it('is told to be missing where there is none', async () => {
    await at.store.calls.add(callRow('none'))
    await expect(at.mailboxes.nameFile('none')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
    await expect(at.mailboxes.nameFile('gone')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
  })

  it('is discarded where its call is gone', async () => {
    const lost = at.take('lost')
    at.journal.save()
    expect(await at.mailboxes.keepName({ ...lost, meta: { ...lost.meta, kind: 'name' } })).toBeUndefined()
    await at.mailboxes.settle()
    expect(at.files()).toEqual([])
    expect(at.journal.takes.size).toBe(0)
  })

  it('goes with its call when the caller is forgotten, sound and all, many calls or few', async () => {
    const caller = { number: callRow('x').callerNumber ?? '', e164: null }
    const end = { answeredAt: null, endedAt: 5, outcome: 'abandoned', messageId: null } as const
    await at.mailboxes.keepName(await nameOf('said'))
    await at.mailboxes.keepName(await nameOf('now'))
    await at.store.calls.end('call-said', end)
    for (let each = 0; each < 500; each += 1) {
      await at.store.calls.add(callRow(`c${each}`))
      await at.store.calls.end(`c${each}`, end)
    }
    const forgotten = at.mailboxes.forgetCalls([caller])
    // Between two lots of them it waits, however long the database takes until then.
    await until(() => at.clock.pending > 0)
    at.clock.advance(0)
    expect(await forgotten).toBe(501)
    await at.mailboxes.settle()
    expect(at.files()).toEqual(['now.wav'])
    expect((await at.store.calls.list({ limit: 9 })).rows.map(({ id }) => id)).toEqual(['call-now'])
  })

  it('goes with its call when the house keeps calls no longer, though most recordings are names', async () => {
    const end = { answeredAt: null, endedAt: 5, outcome: 'abandoned', messageId: null } as const
    for (let each = 10; each < 25; each += 1) {
      await at.mailboxes.keepName(await nameOf(`n${each}`))
      await at.store.calls.end(`call-n${each}`, end)
    }
    await at.mailboxes.keepName(await nameOf('now'))
    at.clock.advance(31 * 24 * 3600_000)
    await changeHistoryRetention(at.store, { keepCallsDays: 30 })
    const forgotten = at.mailboxes.forgetHistory()
    // Between two lots of them it waits, however long the database takes until then.
    await until(() => at.clock.pending > 0)
    at.clock.advance(0)
    expect(await forgotten).toBe(15)
    await at.mailboxes.settle()
    expect(at.files()).toEqual(['now.wav'])
  })

  it('is found again after a crash, where somebody had spoken', async () => {
    const takes = [await nameOf('said'), await nameOf('silent', 0)]
    expect(await at.mailboxes.adoptRecovered(takes)).toEqual({ messages: [], unkept: 0 })
    await at.mailboxes.settle()
    expect(at.files()).toEqual(['said.wav'])
    expect(await at.store.calls.get('call-said')).toMatchObject({
      outcome: 'interrupted',
      gate: { name: { takeId: 'said' } },
    })
    expect(await at.store.calls.get('call-silent')).toMatchObject({ gate: { name: null } })
  })

  it('and had not opened the gate is found again in junk', async () => {
    const takes = [await nameOf('said', 800, null), await nameOf('silent', 0, null)]
    const { messages, unkept } = await at.mailboxes.adoptRecovered(takes)
    expect([messages, unkept]).toMatchObject([[{ id: 'said', state: 'junk' }], 0])
    await at.mailboxes.settle()
    expect(at.files()).toEqual(['said.wav'])
    expect(await at.store.calls.get('call-said')).toMatchObject({
      outcome: 'message',
      messageId: 'said',
      gate: { name: null },
    })
  })
})
