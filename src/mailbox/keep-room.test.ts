import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MailboxFixture, openMailboxFixture } from '../../test/helpers/mailbox-fixture.ts'
import { silentLog } from '../shared/log.ts'
import { keepRoom, makeRoom } from './keep-room.ts'

let at: MailboxFixture
beforeEach(async () => {
  at = await openMailboxFixture()
})
afterEach(() => at.close())

async function putIn(...ids: string[]): Promise<void> {
  for (const id of ids) {
    await at.mailboxes.keep(at.take(id))
    at.journal.save()
    at.clock.advance(1000)
  }
}
const stateOf = async (id: string) => (await at.store.messages.get(id))?.state ?? 'gone'
const tools = () => ({ store: at.store, mailboxes: at.mailboxes, clock: at.clock })

it('parts with junk first, then with the trash, and never with what is new or heard', async () => {
  await putIn('new', 'heard', 'junk', 'trashed')
  await at.mailboxes.markHeard('heard')
  await at.mailboxes.markJunk('junk')
  await at.mailboxes.trash('trashed')
  const states = () => Promise.all(['new', 'heard', 'junk', 'trashed'].map(stateOf))
  expect(await makeRoom(tools())).toBe(1)
  expect(await states()).toEqual(['new', 'heard', 'gone', 'trash'])
  at.clock.advance(1000)
  expect(await makeRoom(tools())).toBe(1)
  expect(await states()).toEqual(['new', 'heard', 'gone', 'gone'])
  expect(await makeRoom(tools())).toBe(0)
  expect(await states()).toEqual(['new', 'heard', 'gone', 'gone'])
  await at.mailboxes.settle()
  expect(at.files()).toEqual(['heard.wav', 'new.wav'])
  const { rows } = await at.store.audit.list({ limit: 9 })
  expect(rows.map(({ who, act, messageId, detail }) => `${who} ${act} ${messageId}: ${detail}`)).toEqual([
    'machine purged trashed: trash: the disk was full',
    'machine purged junk: junk: the disk was full',
  ])
})

it('takes the oldest, twenty at a time', async () => {
  const ids = Array.from({ length: 25 }, (_, i) => `j${String(i).padStart(2, '0')}`)
  await putIn(...ids)
  for (const id of ids.toReversed()) await at.mailboxes.markJunk(id)
  expect(await makeRoom(tools())).toBe(20)
  expect(await Promise.all(['j00', 'j19', 'j20', 'j24'].map(stateOf))).toEqual([
    'gone',
    'gone',
    'junk',
    'junk',
  ])
})

it('goes on for as long as there is no room, and no longer', async () => {
  const ids = Array.from({ length: 45 }, (_, i) => `j${i}`)
  await putIn(...ids)
  for (const id of ids) await at.mailboxes.markJunk(id)
  using room = keepRoom({ ...tools(), log: silentLog })
  const left = async () => (await at.store.messages.counts()).reduce((sum, { count }) => sum + count, 0)
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20))
  room.wanted(true)
  room.wanted(true)
  await settled()
  expect(await left()).toBe(25)
  at.clock.advance(4000)
  await settled()
  expect(await left()).toBe(5)
  room.wanted(false)
  at.clock.advance(60_000)
  await settled()
  expect(await left()).toBe(5)
})
