import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MailboxFixture, openMailboxFixture } from '../../test/helpers/mailbox-fixture.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'
import type { AfterPickUp } from '../store/model.ts'
import { countRetired } from './retire-messages.ts'

const DAY = 86_400_000

let at: MailboxFixture
beforeEach(async () => {
  at = await openMailboxFixture()
})
afterEach(() => at.close())

const kept = async (id: string) => {
  await at.mailboxes.keep(at.take(id))
  at.journal.save()
  await at.mailboxes.settle()
}
/** What breathes by timers while the clock stands still. */
async function whileTimePasses<Result>(work: Promise<Result>): Promise<Result> {
  const settled = work.then(() => true)
  const turn = () => new Promise<false>((next) => setImmediate(next, false))
  while (!(await Promise.race([settled, turn()]))) at.clock.advance(1)
  return work
}
const retired = () => whileTimePasses(at.mailboxes.retire())

describe('a take', () => {
  it('becomes a message at once, and leaves the journal once its row is durable', async () => {
    const kept = await at.mailboxes.keep(at.take('a'))
    expect(kept).toMatchObject({ kind: 'message', message: { id: 'a', state: 'new', cutOff: false } })
    await at.mailboxes.settle()
    expect([...at.journal.takes]).toEqual([])
    expect((await at.mailboxes.list({ limit: 5 })).rows).toHaveLength(1)
  })

  it('in which nothing was said leaves no row, no file and no take', async () => {
    expect(await at.mailboxes.keep(at.take('a', { hearing: { soundMs: 0 } }))).toEqual({
      kind: 'nothing-said',
    })
    expect(at.journal.takes.size).toBe(1)
    at.journal.save()
    await at.mailboxes.settle()
    expect([...at.journal.takes, ...at.files()]).toEqual([])
    expect((await at.mailboxes.list({ limit: 5 })).rows).toEqual([])
  })

  it('that a machine left is junk, with the reason, and a conversation or what was picked up never is', async () => {
    const fax = (id: string, meta = {}) => {
      const take = at.take(id, { hearing: { soundMs: 900, fax: true } })
      return { ...take, meta: { ...take.meta, machinesToJunk: true, ...meta } }
    }
    const silent = (id: string) => ({ ...fax(id), durationMs: 9000, hearing: { soundMs: 0 } })
    const junk = { state: 'junk', heardAt: null }
    expect(await at.mailboxes.keep(fax('a'))).toMatchObject({ message: { ...junk, junkReason: 'fax' } })
    expect(await at.mailboxes.keep(silent('b'))).toMatchObject({
      message: { ...junk, junkReason: 'silence' },
    })
    const heard = { state: 'heard', junkReason: null }
    expect(await at.mailboxes.keep(fax('c'), 'keep')).toMatchObject({ message: heard })
    expect(await at.mailboxes.keep(fax('d', { kind: 'conversation' }))).toMatchObject({ message: heard })
    expect(await at.mailboxes.keep(silent('e'), 'keep')).toEqual({ kind: 'nothing-said' })
    const plain = fax('f', { machinesToJunk: false })
    expect(await at.mailboxes.keep(plain)).toMatchObject({ message: { state: 'new', junkReason: null } })
    // A rule said so of its call.
    const ruled = fax('g', { junk: true, machinesToJunk: false })
    expect(await at.mailboxes.keep(ruled)).toMatchObject({ message: { ...junk, junkReason: null } })
    at.journal.save()
  })

  it('kept a second time changes nothing, not even what was heard since', async () => {
    const take = at.take('a')
    await at.mailboxes.keep(take)
    await at.mailboxes.markHeard('a')
    expect(await at.mailboxes.keep({ ...take, cutOff: 'crash' })).toMatchObject({
      message: { state: 'heard', cutOff: false },
    })
  })

  it('goes to another mailbox when its own was removed during the call', async () => {
    const take = at.take('a')
    const settings = {
      greetingId: null,
      longestSeconds: 60,
      shortestSeconds: 1,
      silenceSeconds: 0,
      afterPickUp: 'keep',
    } as const
    const heir = await at.store.mailboxes.add({ name: 'heir', ...settings })
    await at.store.mailboxes.remove('home')
    expect(await at.mailboxes.keep(take)).toMatchObject({ message: { id: 'a', mailboxId: heir.id } })
  })

  it('that was picked up is kept as heard, asked about, or discarded, as its mailbox wants', async () => {
    const keep = (id: string, how: AfterPickUp) => at.mailboxes.keep(at.take(id), how)
    expect(await keep('a', 'keep')).toMatchObject({ message: { state: 'heard', pickedUp: 'kept' } })
    expect(await keep('b', 'ask')).toMatchObject({ message: { state: 'heard', pickedUp: 'asked' } })
    expect(await keep('c', 'discard')).toEqual({ kind: 'discarded' })
    at.journal.save()
    await at.mailboxes.settle()
    expect([...at.journal.takes.keys(), ...at.files()]).toEqual(['a.wav', 'b.wav'])
    expect(await at.mailboxes.keepPickedUp('b')).toMatchObject({ pickedUp: 'kept' })
    await expect(at.mailboxes.keepPickedUp('c')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
    expect(await at.store.messages.counts()).toMatchObject([{ state: 'heard', count: 2 }])
  })

  it('of a conversation is one from the start, even when a crash cut it off', async () => {
    const talk = at.take('a')
    const meta = { ...talk.meta, kind: 'conversation' }
    at.journal.save()
    const { messages } = await at.mailboxes.adoptRecovered([{ ...talk, meta, cutOff: 'crash' }])
    expect(messages).toMatchObject([{ kind: 'conversation', pickedUp: 'kept', state: 'heard' }])
  })

  it('without the meta of a message is refused', async () => {
    await expect(at.mailboxes.keep(at.take('a', { meta: { callId: 7 } }))).rejects.toThrow('no meta')
  })
})

describe('the machine stops or the disk fails', () => {
  const broken = () => Promise.reject(new AnswerphoneError('AP_STORE_FULL', { file: 'x' }))

  it('before the row: the journal has the take, and keeps it', async () => {
    const mailboxes = at.over({ ...at.store, messages: { ...at.store.messages, add: broken } })
    await expect(mailboxes.keep(at.take('a'))).rejects.toMatchObject({ code: 'AP_STORE_FULL' })
    await mailboxes.settle()
    expect([...at.journal.takes.keys()]).toEqual(['a'])
  })

  it('between the row and its way to the disk: the journal has the take until a later one gets there', async () => {
    let works = false
    const flush = () => (works ? at.store.flush() : broken())
    const mailboxes = at.over({ ...at.store, flush })
    await mailboxes.keep(at.take('a'))
    await mailboxes.settle()
    expect([...at.journal.takes.keys()]).toEqual(['a'])
    works = true
    await mailboxes.keep(at.take('b'))
    await mailboxes.settle()
    expect([...at.journal.takes.keys()]).toEqual([])
  })

  it('and what the journal had becomes messages, and their calls end', async () => {
    const takes = ['a', 'b', 'c'].map((id) => at.take(id, { cutOff: 'crash' }))
    const open = {
      lineId: 'l',
      callerNumber: null,
      callerName: null,
      answeredAt: null,
      endedAt: null,
      callerE164: null,
      attestation: null,
      said: [],
    }
    for (const id of ['call-a', 'call-d'])
      await at.store.calls.add({ ...open, id, arrivedAt: 1, outcome: null, messageId: null })
    const silent = at.take('s', { cutOff: 'crash', hearing: { soundMs: 0 } })

    at.journal.save()
    const adopted = await at.mailboxes.adoptRecovered([silent, ...takes])
    await at.mailboxes.settle()
    expect(adopted.unkept).toBe(0)
    expect(adopted.messages.map(({ id, cutOff }) => [id, cutOff])).toEqual([
      ['a', true],
      ['b', true],
      ['c', true],
    ])
    expect(await at.store.calls.get('call-a')).toMatchObject({ outcome: 'message', messageId: 'a' })
    expect(await at.store.calls.get('call-d')).toMatchObject({ outcome: 'interrupted' })
    expect([...at.journal.takes.keys()]).toEqual([])
  })
})

describe('the audio of a message', () => {
  it('is there once it is saved, for which one waits a little', async () => {
    await at.mailboxes.keep(at.take('a', { file: '2026/01/a.wav' }))
    const early = at.mailboxes.audioFile('a').catch((error: AnswerphoneError) => error.code)
    await at.clock.advanceAsync(0)
    await new Promise((turn) => setImmediate(turn))
    await at.clock.advanceAsync(5000)
    expect(await early).toBe('AP_RECORDING_NOT_READY')
    at.journal.record(at.take('a', { file: '2026/01/a.wav' }))
    at.journal.save()
    expect(await at.mailboxes.audioFile('a')).toBe(join(at.folder, 'recordings/2026/01/a.wav'))
    expect(at.clock.pending).toBe(0)
  })

  it('is missing when somebody took it away, and never outside the folder', async () => {
    await at.mailboxes.keep(at.take('a'))
    await at.mailboxes.keep(at.take('b', { file: '../answerphone.db' }))
    at.journal.record(at.take('a'))
    at.journal.record({ ...at.take('b'), file: 'b.wav' })
    at.journal.save()
    rmSync(join(at.folder, 'recordings/a.wav'))
    for (const id of ['a', 'b'])
      await expect(at.mailboxes.audioFile(id)).rejects.toMatchObject({ code: 'AP_RECORDING_MISSING' })
    await expect(at.mailboxes.audioFile('c')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
  })
})

describe('the trash', () => {
  it('is purged by hand: row and file, and only from the trash', async () => {
    at.take('a')
    at.journal.save()
    await kept('a')
    await expect(at.mailboxes.purge('a')).rejects.toMatchObject({ code: 'AP_MESSAGE_NOT_IN_TRASH' })
    await at.mailboxes.trash('a')
    await at.mailboxes.purge('a')
    await at.mailboxes.settle()
    expect(at.files()).toEqual([])
    await expect(at.mailboxes.get('a')).rejects.toMatchObject({ code: 'AP_NOT_FOUND' })
  })

  it('waits for the file of a message that is purged before it is saved', async () => {
    await at.mailboxes.keep(at.take('a'))
    await at.mailboxes.trash('a')
    await at.mailboxes.purge('a')
    at.journal.record(at.take('a'))
    at.journal.save()
    await at.mailboxes.settle()
    expect(at.files()).toEqual([])
  })

  it('is emptied after 30 days', async () => {
    for (const id of ['a', 'b']) {
      at.take(id)
      at.journal.save()
      await kept(id)
    }
    await at.mailboxes.trash('a')
    at.clock.advance(30 * DAY)
    await at.mailboxes.trash('b')
    expect(await retired()).toEqual({ trashed: 0, purged: 0 })
    at.clock.advance(1)
    expect(await retired()).toEqual({ trashed: 0, purged: 1 })
    await at.mailboxes.settle()
    expect(at.files()).toEqual(['b.wav'])
    expect(await at.mailboxes.restore('b')).toMatchObject({ state: 'new' })
  })
})

describe('old messages', () => {
  const putIn = async (...ids: string[]) => {
    for (const id of ids) {
      at.take(id)
      at.journal.save()
      await kept(id)
    }
  }
  const stateOf = async (id: string) => (await at.store.messages.get(id))?.state ?? 'gone'

  it('stay for good, heard or not, where nobody said otherwise', async () => {
    await putIn('a', 'b')
    await at.mailboxes.markHeard('a')
    at.clock.advance(3000 * DAY)
    expect(await retired()).toEqual({ trashed: 0, purged: 0 })
  })

  it('go to the trash so many days after they were heard, unheard ones never, and out of it in time', async () => {
    await at.store.mailboxes.set('home', { keepHeardDays: 90, keepTrashDays: 7 })
    await putIn('a', 'b', 'unheard')
    await at.mailboxes.markHeard('a')
    at.clock.advance(50 * DAY)
    await at.mailboxes.markHeard('b')
    at.clock.advance(40 * DAY + 1)
    expect(await retired()).toEqual({ trashed: 1, purged: 0 })
    expect(await Promise.all(['a', 'b', 'unheard'].map(stateOf))).toEqual(['trash', 'heard', 'new'])
    at.clock.advance(7 * DAY + 1)
    expect(await retired()).toEqual({ trashed: 0, purged: 1 })
    await at.mailboxes.settle()
    expect(at.files()).toEqual(['b.wav', 'unheard.wav'])
    const { rows } = await at.store.audit.list({ limit: 9 })
    expect(rows.map(({ who, act, messageId, detail }) => `${who} ${act} ${messageId} ${detail}`)).toEqual([
      'machine purged a after 7 days',
      'machine deleted a after 90 days',
    ])
  })

  it('go from junk to the trash after 30 days, heard or not, or as the mailbox says', async () => {
    await putIn('a', 'b', 'good')
    for (const id of ['a', 'b']) await at.mailboxes.markJunk(id)
    at.clock.advance(30 * DAY)
    expect(await retired()).toEqual({ trashed: 0, purged: 0 })
    await at.store.mailboxes.set('home', { keepJunkDays: null })
    at.clock.advance(1)
    expect(await retired()).toEqual({ trashed: 0, purged: 0 })
    await at.mailboxes.markNotJunk('b')
    await at.store.mailboxes.set('home', { keepJunkDays: 30 })
    expect(await retired()).toEqual({ trashed: 1, purged: 0 })
    expect(await Promise.all(['a', 'b', 'good'].map(stateOf))).toEqual(['trash', 'new', 'new'])
    expect(await at.mailboxes.restore('a')).toMatchObject({ state: 'junk' })
  })

  it('that are restored stay as long again', async () => {
    await at.store.mailboxes.set('home', { keepHeardDays: 90 })
    await putIn('a')
    await at.mailboxes.markHeard('a')
    at.clock.advance(91 * DAY)
    await retired()
    await at.mailboxes.restore('a')
    expect(await retired()).toEqual({ trashed: 0, purged: 0 })
    at.clock.advance(90 * DAY + 1)
    expect(await retired()).toEqual({ trashed: 1, purged: 0 })
  })

  it('go unheard where that was asked for, each mailbox for itself', async () => {
    await at.store.mailboxes.set('home', { keepNewDays: 30 })
    const { id: mailboxId, ...rest } = await at.store.mailboxes.set('home', {})
    const other = await at.store.mailboxes.add({ ...rest, name: 'other', keepNewDays: null })
    await putIn('a')
    const [row] = (await at.mailboxes.list({ limit: 1 })).rows
    if (row) await at.store.messages.add({ ...row, id: 'b', mailboxId: other.id })
    at.clock.advance(31 * DAY)
    expect(await countRetired(at.store, mailboxId, rest, at.clock.now())).toEqual({ trashed: 1, purged: 0 })
    expect(await retired()).toEqual({ trashed: 1, purged: 0 })
    expect(await Promise.all(['a', 'b'].map(stateOf))).toEqual(['trash', 'new'])
  })

  it('stay as long in a mailbox into which they are forwarded as if they had been left there then', async () => {
    const { id: _home, ...rest } = await at.store.mailboxes.set('home', {})
    const other = await at.store.mailboxes.add({ ...rest, name: 'other', keepNewDays: 30 })
    await putIn('a')
    at.clock.advance(60 * DAY)
    await at.mailboxes.copy('a', { id: 'b', mailboxId: other.id, by: 'user:ada', note: '' })
    expect(await retired()).toEqual({ trashed: 0, purged: 0 })
    at.clock.advance(30 * DAY + 1)
    expect(await retired()).toEqual({ trashed: 1, purged: 0 })
    expect(await Promise.all(['a', 'b'].map(stateOf))).toEqual(['new', 'trash'])
  })
})

describe('the room that recordings take', () => {
  it('is counted, and counted again when that was a minute ago', async () => {
    const write = (name: string, bytes: number) =>
      writeFileSync(join(at.folder, 'recordings', name), Buffer.alloc(bytes))
    write('a.wav', 1000)
    expect(await at.mailboxes.size()).toMatchObject({ bytes: 1000, files: 1 })
    write('b.wav', 500)
    expect(await at.mailboxes.size()).toMatchObject({ bytes: 1000, files: 1 })
    at.clock.advance(60_000)
    expect(await at.mailboxes.size()).toMatchObject({ bytes: 1500, files: 2 })
  })
})

describe('the sweep', () => {
  const sweep = () => whileTimePasses(at.mailboxes.sweep())
  const file = (name: string, ageMs: number) => {
    const path = join(at.folder, 'recordings', name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, '')
    const when = new Date(at.clock.now() - ageMs)
    utimesSync(path, when, when)
  }

  it('removes files without a row after a day, and names rows without a file', async () => {
    await at.mailboxes.keep(at.take('a', { file: 'sub/a.wav', startedAt: at.clock.now() - 2 * DAY }))
    await at.mailboxes.keep(at.take('lost', { startedAt: at.clock.now() - 2 * DAY }))
    await at.mailboxes.keep(at.take('young'))
    file('sub/a.wav', 2 * DAY)
    await at.store.calls.add(callRow('named', { gate: { kind: 'name', went: 'passed', name: null } }))
    await at.store.calls.nameSaid('named', { takeId: 'n', file: 'name.wav', durationMs: 9, words: null })
    file('name.wav', 2 * DAY)
    file('stray.wav', 2 * DAY)
    file('new-stray.wav', DAY / 2)
    file('notes.txt', 2 * DAY)
    expect(await sweep()).toEqual({ strayFiles: 1, missingAudio: ['lost'] })
    expect(at.files()).toEqual(['name.wav', 'new-stray.wav', 'sub/a.wav'])
  })

  it('touches nothing when the folder is another database’s', async () => {
    for (let n = 0; n < 11; n++) file(`${n}.wav`, 2 * DAY)
    expect(await sweep()).toEqual({ strayFiles: 0, missingAudio: [] })
    expect(at.files()).toHaveLength(11)
  })
})
