import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MailboxFixture, openMailboxFixture } from '../../test/helpers/mailbox-fixture.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'

let at: MailboxFixture
beforeEach(async () => {
  at = await openMailboxFixture()
})
afterEach(() => at.close())

/** Mailboxes whose database has no room for the messages of these takes. */
function withoutRoomFor(...ids: string[]) {
  const { messages } = at.store
  const add: typeof messages.add = (message) =>
    ids.includes(message.id)
      ? Promise.reject(new AnswerphoneError('AP_STORE_FULL', { file: 'x' }))
      : messages.add(message)
  return at.over({ ...at.store, messages: { ...messages, add } })
}

/** A take that a crash cut off, with its file, and the row of its call, which did not end. */
async function cutOff(id: string) {
  const take = at.take(id, { cutOff: 'crash' })
  at.journal.save()
  await at.store.calls.add(callRow(`call-${id}`))
  return take
}
const ids = (messages: readonly { id: string }[]) => messages.map(({ id }) => id)

describe('a take that comes again with every start, while another can not be kept', () => {
  it('changes nothing: not what was heard, and what was purged stays away, with its file', async () => {
    const takes = [await cutOff('heard'), await cutOff('purged'), await cutOff('stuck')]
    const { messages, unkept } = await withoutRoomFor('stuck').adoptRecovered(takes)
    expect([ids(messages), unkept]).toEqual([['heard', 'purged'], 1])
    await at.mailboxes.markHeard('heard')
    await at.mailboxes.trash('purged')
    await at.mailboxes.purge('purged')
    await at.mailboxes.settle()

    for (const take of takes) at.journal.record(take)
    at.journal.save() // recovery makes the files that are missing
    expect(at.files()).toEqual(['heard.wav', 'purged.wav', 'stuck.wav'])
    const again = await at.mailboxes.adoptRecovered(takes)
    await at.mailboxes.settle()
    expect([ids(again.messages), again.unkept]).toEqual([['heard', 'stuck'], 0])
    expect(await at.mailboxes.get('heard')).toMatchObject({ state: 'heard' })
    expect(at.files()).toEqual(['heard.wav', 'stuck.wav'])
  })

  it('and is kept at last is named by its call, so that it may be purged for good, too', async () => {
    const take = await cutOff('late')
    expect(await withoutRoomFor('late').adoptRecovered([take])).toMatchObject({ unkept: 1 })
    const ended = await at.store.calls.get('call-late')
    expect(ended).toMatchObject({ outcome: 'interrupted', messageId: null })
    await at.mailboxes.adoptRecovered([take])
    expect(await at.store.calls.get('call-late')).toEqual({ ...ended, outcome: 'message', messageId: 'late' })
    await at.mailboxes.trash('late')
    await at.mailboxes.purge('late')
    expect(await at.mailboxes.adoptRecovered([take])).toEqual({ messages: [], unkept: 0 })
  })
})

describe('a take that tells of no call', () => {
  it('is set aside, where the sweep leaves it, and holds up no journal', async () => {
    const foreign = at.take('foreign', { meta: { callId: 7 } })
    for (let start = 0; start < 2; start++) {
      at.journal.save()
      expect(await at.mailboxes.adoptRecovered([foreign])).toEqual({ messages: [], unkept: 0 })
      expect(at.files()).toEqual([])
    }
    at.clock.advance(10 * 86_400_000)
    const sweeping = at.mailboxes.sweep()
    await at.clock.advanceAsync(0)
    expect(await sweeping).toMatchObject({ strayFiles: 0 })
    expect(existsSync(join(at.folder, 'recordings/foreign.wav.unknown'))).toBe(true)
  })
})
