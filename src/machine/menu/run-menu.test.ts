import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MailboxFixture, openMailboxFixture } from '../../../test/helpers/mailbox-fixture.ts'
import { untilHolds } from '../../../test/helpers/until.ts'
import { createGreetings } from '../../mailbox/greetings.ts'
import { writeWav } from '../../media/wav/write-wav.ts'
import { systemClock } from '../../shared/clock.ts'
import { silentLog } from '../../shared/log.ts'
import { type Menu, runMenu } from './run-menu.ts'

const SOUND = new Int16Array(8000).fill(1000)

let at: MailboxFixture
/** Clips that were played, in order; a message's are called by its id. */
let played: string[]
let loaded: Set<string>
let takes: string[]
let hungUp: boolean
let menu: Menu
let ids: number

/** A session that plays each clip in no time. */
const session = {
  play(clip: string, mark: string) {
    if (!loaded.has(clip) && !['beep', 'hello'].includes(clip)) throw new Error(`no clip ${clip}`)
    played.push(clip.replace(/^menu-(i\d+-|en-)?/, ''))
    queueMicrotask(() => menu.played(mark))
  },
  stopPlaying() {},
  startTake: ({ takeId }: { takeId: string }) => void takes.push(takeId),
  stopTake() {},
}

async function leave(id: string): Promise<void> {
  await at.mailboxes.keep(at.take(id))
  at.journal.save()
  await at.mailboxes.settle()
  writeFileSync(join(at.folder, 'recordings', (await at.mailboxes.get(id)).file), writeWav(SOUND, 8000))
  at.clock.advance(1000)
}

async function open(options: Partial<Parameters<typeof runMenu>[0]> = {}): Promise<void> {
  const [home] = await at.store.mailboxes.list()
  const makeId = () => `i${++ids}`
  menu = runMenu({
    store: at.store,
    mailboxes: at.mailboxes,
    greetings: createGreetings({
      store: at.store.greetings,
      dir: join(at.folder, 'greetings'),
      clock: systemClock,
      makeId,
    }),
    recordingsDir: join(at.folder, 'recordings'),
    media: {
      loadClip: async (name) => void loaded.add(name),
      dropClip: (name) => void loaded.delete(name),
      whenSaved: at.journal.whenSaved,
      releaseTake: at.journal.releaseTake,
    },
    greetingClip: async () => 'hello',
    mailboxIds: [home?.id ?? ''],
    language: 'en',
    session,
    who: 'phone:desk',
    hangUp() {
      hungUp = true
      menu.close()
    },
    makeId,
    clock: at.clock,
    log: silentLog,
    ...options,
  })
}

/** Waits until this was said, and forgets it. */
async function says(...clips: string[]): Promise<void> {
  await untilHolds(() => expect(played.join(' ')).toContain(clips.join(' ')))
  played.length = 0
}

beforeEach(async () => {
  at = await openMailboxFixture()
  played = []
  loaded = new Set()
  takes = []
  hungUp = false
  ids = 0
})
afterEach(async () => {
  menu.close()
  await at.close()
})

describe('the spoken menu', () => {
  it('plays the messages, the oldest first, keeps, deletes and brings back, and says who did', async () => {
    await leave('a')
    await leave('b')
    await open()
    await says('you-have', 'n2', 'new-messages', 'and', 'no', 'saved-messages', 'choose-new')
    menu.digit('1')
    await says('message', 'n1', 'from', 'n4', 'n9', 'n3', 'n0', 'n1')
    await untilHolds(async () => expect(await at.mailboxes.get('a')).toMatchObject({ state: 'heard' }))
    menu.digit('3')
    await says('deleted', 'message', 'n1')
    await untilHolds(async () => expect(await at.mailboxes.get('a')).toMatchObject({ state: 'trash' }))
    at.clock.advance(1)
    menu.digit('4')
    await says('restored')
    await untilHolds(async () => expect(await at.mailboxes.get('a')).toMatchObject({ state: 'heard' }))
    const { rows } = await at.store.audit.list({ limit: 9 })
    // The clock stands still meanwhile. What is heard twice is noted once.
    expect(rows.map(({ who, act, messageId }) => `${who} ${act} ${messageId}`).sort()).toEqual([
      'phone:desk deleted a',
      'phone:desk played a',
      'phone:desk played b',
      'phone:desk restored a',
    ])
    menu.digit('*')
    await says('you-have')
    menu.digit('*')
    await says('goodbye')
    expect(hungUp).toBe(true)
    expect([...loaded].filter((clip) => clip.includes('-a-'))).toEqual([])
  })

  it('records a greeting after the beep, and takes it into use', async () => {
    await open()
    await says('choose-end')
    menu.digit('5')
    await says('choose-recorded-greeting')
    menu.digit('2')
    await says('speak-after-beep', 'beep')
    expect(takes).toHaveLength(1)
    const take = at.take(takes[0] ?? '', { meta: { kind: 'greeting' }, hearing: { soundMs: 4000 } })
    at.journal.save()
    const path = join(at.folder, 'recordings', take.file)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, writeWav(SOUND, 8000))
    menu.digit('#')
    menu.takeEnded(take)
    await says('choose-use')
    menu.digit('1')
    await says('greeting-in-use')
    const [greeting] = await at.store.greetings.list()
    expect(await at.store.mailboxes.get('home')).toMatchObject({ greetingId: greeting?.id })
    expect(greeting).toMatchObject({ durationMs: 1000 })
    const { rows } = await at.store.audit.list({ limit: 9 })
    expect(rows.map(({ who, act, detail }) => ({ who, act, detail }))).toEqual([
      { who: 'phone:desk', act: 'settings-changed', detail: `mailbox home: greeting (${greeting?.name})` },
    ])
    await untilHolds(() => expect([at.files(), at.journal.takes.size]).toEqual([[], 0]))
  })

  it('throws away what was recorded by one who has hung up', async () => {
    await open()
    await says('choose-end')
    menu.digit('5')
    menu.digit('2')
    await says('beep')
    const take = at.take(takes[0] ?? '', { meta: { kind: 'greeting' } })
    menu.close()
    at.journal.save()
    menu.takeEnded(take)
    await untilHolds(() => expect([at.files(), at.journal.takes.size]).toEqual([[], 0]))
    expect(await at.store.greetings.list()).toEqual([])
  })

  it('says its choices again, and goodbye to who says nothing', async () => {
    await open()
    for (const words of ['choose-end', 'choose-end', 'choose-end', 'goodbye']) {
      await says(words)
      await untilHolds(() => at.clock.advance(8000))
    }
    expect(hungUp).toBe(true)
  })

  it('says that it is not possible where a recording is gone', async () => {
    await leave('a')
    await open({
      mailboxes: { ...at.mailboxes, audioFile: () => Promise.reject(new Error('gone')) },
    })
    await says('choose-end')
    menu.digit('1')
    await says('not-possible', 'you-have')
  })
})
