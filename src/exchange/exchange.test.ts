import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MailboxFixture, openMailboxFixture } from '../../test/helpers/mailbox-fixture.ts'
import { readWav } from '../media/wav/read-wav.ts'
import { writeWav } from '../media/wav/write-wav.ts'
import { systemClock } from '../shared/clock.ts'
import type { Numbering } from '../shared/telephone-number.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'
import type { Message } from '../store/model.ts'
import { importMessages } from './import-messages.ts'
import { readAsteriskSpool } from './read-asterisk-spool.ts'
import { readExport } from './read-export.ts'
import { readFreeSwitchStorage } from './read-freeswitch-storage.ts'
import { writeExport } from './write-export.ts'
import { writeMbox } from './write-mbox.ts'

const SPOKEN = Int16Array.from({ length: 16_000 }, (_, i) => Math.round(8000 * Math.sin(i / 3)))

/** Of a line that does not say where it is. */
const NO_COUNTRY: Numbering = { country: null, areaCode: null }

let at: MailboxFixture
let target: { mailboxId: string; lineId: string }
beforeEach(async () => {
  at = await openMailboxFixture()
  const [home] = await at.store.mailboxes.list()
  target = { mailboxId: home?.id ?? '', lineId: 'line' }
})
afterEach(() => at.close())

/** Writes files below the test's folder; returns the path of `name` there. */
function lay(name: string, files: Record<string, string | Uint8Array>): string {
  const root = join(at.folder, name)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

const take = (found: Parameters<typeof importMessages>[0], numbering = NO_COUNTRY) =>
  importMessages(
    found,
    { ...target, numbering },
    {
      store: at.store,
      folder: join(at.folder, 'recordings'),
      // The hour of the fixture; what makes way for other work does so truly.
      clock: { ...systemClock, now: at.clock.now },
    },
  )
const listed = async () => (await at.mailboxes.list({ limit: 50, states: ['new', 'heard'] })).rows
const soundOf = ({ file }: Message) => readWav(readFileSync(join(at.folder, 'recordings', file)))

/** As app_voicemail writes it. */
const facts = (callerid: string, origtime: number) => `;
; Message Information file
;
[message]
origmailbox=1234
context=from-trunk
macrocontext=
exten=s-NOANSWER
rdnis=unknown
priority=2
callerchan=PJSIP/trunk-0000001f
callerid=${callerid}
origdate=Wed Jul 15 03:31:50 PM UTC 2009
origtime=${origtime}
category=
msg_id=1247671910-00000000
flag=
duration=2
`

describe("Asterisk's spool", () => {
  const wav = writeWav(SPOKEN, 8000)
  const box = {
    'default/1234/INBOX/msg0000.txt': facts('"Ruth Example" <+49301234567>', 1_247_671_910),
    'default/1234/INBOX/msg0000.wav': wav,
    'default/1234/INBOX/msg0001.txt': facts('Unknown', 1_247_671_990),
    'default/1234/INBOX/msg0001.ulaw': new Uint8Array(8000).fill(0x20),
    'default/1234/Old/msg0000.txt': facts('0301234567', 1_247_600_000),
    'default/1234/Old/msg0000.wav': wav,
    'default/1234/Family/msg0000.txt': facts('"Mum" <030>', 1_247_500_000),
    'default/1234/Family/msg0000.wav': wav,
    'default/1234/Deleted/msg0000.txt': facts('"Spam" <1>', 1_247_400_000),
    'default/1234/Deleted/msg0000.wav': wav,
    'default/1234/busy.wav': wav,
  }

  it('becomes messages with who, when and whether they were heard, found below whatever folder is named', async () => {
    const root = lay('spool', box)
    for (const folder of ['.', 'default', 'default/1234']) {
      const { messages, deleted } = await readAsteriskSpool(join(root, folder))
      expect([messages.length, deleted]).toEqual([4, 1])
    }
    const { added, failed } = await take((await readAsteriskSpool(root)).messages)
    expect(failed).toEqual([])
    expect(
      added.map(({ callerName, callerNumber, state, note }) => [callerName, callerNumber, state, note]),
    ).toEqual([
      ['Mum', '030', 'heard', 'Family'],
      [null, '0301234567', 'heard', ''],
      ['Ruth Example', '+49301234567', 'new', ''],
      [null, null, 'new', ''],
    ])
    expect(added[2]).toMatchObject({ receivedAt: 1_247_671_910_000, durationMs: 2000 })
    const ruth = added[2] as Message
    expect(soundOf(ruth)).toEqual({ samples: SPOKEN, sampleRate: 8000 })
    expect(await at.store.calls.get(ruth.callId)).toMatchObject({ outcome: 'message', messageId: ruth.id })
    expect((await listed()).map(({ id }) => id)).toEqual(added.map(({ id }) => id).reverse())
  })

  it('taken in twice is here once, whatever was done with it since', async () => {
    const { messages } = await readAsteriskSpool(lay('spool', box))
    const { added } = await take(messages)
    await at.mailboxes.trash(added[0]?.id ?? '')
    expect(await take(messages)).toMatchObject({ added: [], known: 4 })
    expect(await listed()).toHaveLength(3)
  })

  it('is kept as long as what was left on the day of its import, heard or not', async () => {
    await take((await readAsteriskSpool(lay('spool', box))).messages)
    const aged = (state: 'new' | 'heard', before: number) =>
      at.store.messages.countAgedBefore(target.mailboxId, state, before)
    const today = at.clock.now()
    expect([await aged('new', today), await aged('heard', today)]).toEqual([0, 0])
    expect([await aged('new', today + 1), await aged('heard', today + 1)]).toEqual([2, 2])
  })

  it('has its numbers understood as the line does by which they are said to have come', async () => {
    const numbering = { country: 'DE', areaCode: null }
    const { added } = await take((await readAsteriskSpool(lay('spool', box))).messages, numbering)
    expect(added.map(({ callerE164 }) => callerE164)).toEqual([null, '+49301234567', '+49301234567', null])
  })

  it('with a recording that is missing or no sound says so, and brings the others', async () => {
    const root = lay('spool', {
      ...box,
      'default/1234/INBOX/msg0002.txt': facts('"Eve" <2>', 1_247_672_000),
      'default/1234/INBOX/msg0003.wav': 'no sound at all',
    })
    const { added, failed } = await take((await readAsteriskSpool(root)).messages)
    expect(added).toHaveLength(4)
    expect(failed.map(({ name }) => name).sort()).toEqual(['INBOX/msg0002', 'INBOX/msg0003'])
    expect(failed.find(({ name }) => name.endsWith('3'))?.why).toContain('it is not a WAV file')
  })

  it('of several mailboxes is taken in one by one', async () => {
    const root = lay('spool', { ...box, 'default/99/INBOX/msg0000.txt': facts('1', 1) })
    await expect(readAsteriskSpool(root)).rejects.toMatchObject({ code: 'AP_IMPORT_SEVERAL' })
    await expect(readAsteriskSpool(lay('empty', { x: '' }))).rejects.toMatchObject({
      code: 'AP_IMPORT_NOTHING',
    })
    await expect(readAsteriskSpool(join(root, 'none'))).rejects.toMatchObject({ code: 'AP_FILE_UNUSABLE' })
  })
})

describe("FreeSWITCH's storage", () => {
  /** A database as mod_voicemail makes it, with recordings at a path that is not where they are now. */
  function layStorage(): { database: string; storage: string } {
    const storage = lay('storage', {
      'default/example.com/1000/msg_a.wav': writeWav(SPOKEN, 16_000),
      'default/example.com/1000/msg_b.wav': writeWav(SPOKEN, 44_100),
    })
    const database = join(at.folder, 'voicemail_default.db')
    const sqlite = new Sqlite(database)
    sqlite.exec(`create table voicemail_msgs (created_epoch INTEGER, read_epoch INTEGER, username VARCHAR(255),
      domain VARCHAR(255), uuid VARCHAR(255), cid_name VARCHAR(255), cid_number VARCHAR(255), in_folder VARCHAR(255),
      file_path VARCHAR(255), message_len INTEGER, flags VARCHAR(255), read_flags VARCHAR(255), forwarded_by VARCHAR(255))`)
    const add = sqlite.prepare('insert into voicemail_msgs values (?,?,?,?,?,?,?,?,?,?,?,?,?)')
    const path = (name: string) =>
      `/var/lib/freeswitch/storage/voicemail/default/example.com/1000/msg_${name}.wav`
    add.run(1_700_000_000, 0, '1000', 'example.com', 'a', 'Ruth', '+4930', 'inbox', path('a'), 1, '', '', '')
    add.run(
      1_700_000_100,
      1_700_000_500,
      '1000',
      'example.com',
      'b',
      '+4931',
      '+4931',
      'inbox',
      path('b'),
      1,
      'save',
      '',
      '',
    )
    add.run(1_700_000_200, 5, '1000', 'example.com', 'c', 'x', '1', 'inbox', path('c'), 1, 'delete', '', '')
    add.run(1_700_000_300, 0, '1001', 'example.com', 'd', 'x', '1', 'inbox', path('d'), 1, '', '', '')
    sqlite.close()
    return { database, storage }
  }

  it('becomes messages, with the recordings from where they are now', async () => {
    const place = { ...layStorage(), box: '1000@example.com' }
    const { messages, deleted } = await readFreeSwitchStorage(place)
    expect(deleted).toBe(1)
    const { added, failed } = await take(messages)
    expect(failed).toEqual([])
    expect(added).toMatchObject([
      {
        callerName: 'Ruth',
        callerNumber: '+4930',
        state: 'new',
        receivedAt: 1_700_000_000_000,
        durationMs: 1000,
      },
      { callerName: null, callerNumber: '+4931', state: 'heard', heardAt: 1_700_000_500_000 },
    ])
    // What is finer than wideband becomes wideband.
    expect(soundOf(added[1] as Message).sampleRate).toBe(16_000)
  })

  it('of several mailboxes names them', async () => {
    await expect(readFreeSwitchStorage(layStorage())).rejects.toThrow('1000@example.com, 1001@example.com')
    await expect(readFreeSwitchStorage({ database: lay('x', { y: 'no database' }) })).rejects.toMatchObject({
      code: 'AP_FILE_UNUSABLE',
    })
  })
})

describe('an export of ours', () => {
  const show = (message: Message) => ({
    ...message,
    receivedAt: new Date(message.receivedAt).toISOString(),
    heardAt: message.heardAt === null ? null : new Date(message.heardAt).toISOString(),
  })
  const keep = async (id: string) => {
    await at.mailboxes.keep(at.take(id))
    at.journal.save()
    await at.mailboxes.settle()
    // The fake journal's files hold no sound.
    writeFileSync(join(at.folder, 'recordings', (await at.mailboxes.get(id)).file), writeWav(SPOKEN, 8000))
    return at.mailboxes.get(id)
  }

  it('comes back elsewhere as it was: who, when, heard or not, the note, and each sample', async () => {
    await keep('a')
    await keep('b')
    await at.mailboxes.markHeard('b')
    await at.mailboxes.setNote('b', 'call back "today"')
    const before = [await at.mailboxes.get('a'), await at.mailboxes.get('b')]
    const folder = join(at.folder, 'export')
    for (let time = 0; time < 2; time++) await writeExport(before, { folder, format: 'wav', show }, at)
    expect(readdirSync(folder)).toHaveLength(4)
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0)

    expect(await take((await readExport(folder)).messages)).toMatchObject({ added: [], known: 2 })
    for (const { id } of before) {
      await at.mailboxes.trash(id)
      await at.mailboxes.purge(id)
    }
    await at.mailboxes.settle()
    const { added, failed } = await take((await readExport(folder)).messages)
    expect(failed).toEqual([])
    const rest = ({ durationMs: _length, file: _file, lineId: _line, ...message }: Message) => message
    const byId = (one: Message, other: Message) => one.id.localeCompare(other.id)
    expect([...added].sort(byId).map(rest)).toEqual(before.map(rest))
    expect(soundOf(added[0] as Message).samples).toEqual(SPOKEN)
  })

  it('knows its numbers in E.164 as the line did on which they called, where older exports leave that open', async () => {
    const shown = { ...show(await keep('a')), callerNumber: '030 1234567', callerE164: '+49301234567' }
    const { callerE164: _since, ...older } = shown
    const folder = lay('export', {
      'a.json': JSON.stringify({ ...shown, id: 'b', file: 'a.wav' }),
      'b.json': JSON.stringify({ ...older, id: 'c', file: 'a.wav' }),
      'a.wav': writeWav(SPOKEN, 8000),
    })
    const e164 = async (numbering: Numbering) => {
      const { added } = await take((await readExport(folder)).messages, numbering)
      for (const { id } of added) await at.store.messages.purge(id)
      return added.map(({ callerE164 }) => callerE164)
    }
    expect(await e164(NO_COUNTRY)).toEqual(['+49301234567', null])
    expect(await e164({ country: 'FR', areaCode: null })).toEqual(['+49301234567', '+33301234567'])
    expect(await e164({ country: 'DE', areaCode: null })).toEqual(['+49301234567', '+49301234567'])
  })

  describe('with a name that was said', () => {
    const NAME = Int16Array.from({ length: 8000 }, (_, i) => Math.round(6000 * Math.sin(i / 5)))

    /** A message whose caller has said a name, exported; `spoil` comes before. */
    async function exported(spoil = (_file: string) => {}) {
      const message = await keep('a')
      const { takeId, file } = at.take('n', { file: '2026/11/n.wav' })
      at.journal.save()
      const name = { takeId, file, durationMs: 1000, words: 'Michael Miller' }
      await at.store.calls.add(callRow('call-a', { gate: { kind: 'name', went: 'passed', name } }))
      const root = lay('recordings', { [name.file]: writeWav(NAME, 8000) })
      spoil(join(root, name.file))
      const folder = join(at.folder, 'export')
      await writeExport([message], { folder, format: 'wav', show }, at)
      return folder
    }

    /** As a machine that has nothing yet would. */
    async function takeElsewhere(folder: string) {
      const other = await openMailboxFixture()
      try {
        const [home] = await other.store.mailboxes.list()
        const recordings = join(other.folder, 'recordings')
        const { messages } = await readExport(folder)
        const place = { mailboxId: home?.id ?? '', lineId: 'line', numbering: NO_COUNTRY }
        await importMessages(messages, place, { store: other.store, folder: recordings, clock: systemClock })
        const gate = (await other.store.calls.get('call-a'))?.gate
        const file = gate?.name?.file
        const sound = file ? readWav(readFileSync(join(recordings, file))).samples : null
        return { gate, sound, messages: (await other.mailboxes.list({ limit: 9 })).rows.length }
      } finally {
        await other.close()
      }
    }

    it('has it beside the message, and brings it back with its call, each sample and word', async () => {
      const folder = await exported()
      expect(readdirSync(folder).filter((file) => file.endsWith(' name.wav'))).toHaveLength(1)
      expect(await takeElsewhere(folder)).toMatchObject({
        gate: { kind: 'name', went: 'passed', name: { durationMs: 1000, words: 'Michael Miller' } },
        sound: NAME,
        messages: 1,
      })
    })

    it('gives the message all the same where the name is gone, here or there', async () => {
      const gone = { gate: { kind: 'name', went: 'passed', name: null }, sound: null, messages: 1 }
      const folder = await exported()
      for (const file of readdirSync(folder)) if (file.endsWith(' name.wav')) rmSync(join(folder, file))
      expect(await takeElsewhere(folder)).toEqual(gone)
    })

    it('is written where the file of the name is missing', async () => {
      const folder = await exported((file) => rmSync(file))
      expect(readdirSync(folder)).toHaveLength(2)
      expect((await takeElsewhere(folder)).messages).toBe(1)
    })
  })

  it('is taken in but for what can not be read of it, which is named', async () => {
    const folder = join(at.folder, 'export')
    await writeExport([await keep('a')], { folder, format: 'wav', show }, at)
    writeFileSync(join(folder, 'other.json'), '{bad')
    const { messages, unreadable } = await readExport(folder)
    expect(messages).toHaveLength(1)
    expect(unreadable).toEqual([{ name: 'other.json', why: expect.stringContaining('no message') }])
  })

  it('that was tampered with can name no file of elsewhere', async () => {
    const facts = { ...show(await keep('a')), id: '../../etc/x', file: '../../secret.wav' }
    const folder = lay('export', { 'a.json': JSON.stringify(facts) })
    await expect(readExport(folder)).rejects.toMatchObject({ code: 'AP_FILE_UNUSABLE' })
    const gate = { kind: 'name', went: null, name: { file: '../../secret.wav', words: null } }
    const other = lay('other', { 'a.json': JSON.stringify({ ...facts, id: 'a2', gate }) })
    const [found] = (await readExport(other)).messages
    expect(found?.sounds).toEqual([join(other, 'secret.wav')])
    expect(found?.gate?.name?.sound).toBe(join(other, 'secret.wav'))
  })

  it('as mails is a file that mail programs take in, with each line that would end a mail quoted', async () => {
    await keep('a')
    await at.mailboxes.setNote('a', 'From here on\nFrom there')
    const file = join(at.folder, 'export.mbox')
    const tools = { store: at.store, mailboxes: at.mailboxes, nameOf: () => 'Ruth' }
    await writeMbox([await at.mailboxes.get('a')], { file, format: 'wav', language: 'en' }, tools)
    const text = readFileSync(file, 'latin1')
    expect(text).toMatch(/^From answerphone@localhost \w{3} \w{3} \d\d \d\d:\d\d:\d\d \d{4}\n/)
    expect(text.match(/^From /gm)).toHaveLength(1)
    expect(text).toContain('Subject: Message from Ruth')
    expect(text).toContain('Content-Type: audio/wav')
    expect(text).not.toContain('\r')
    expect(text.endsWith('\n\n')).toBe(true)
  })
})
