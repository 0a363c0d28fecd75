import { beforeEach, describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { silentLog } from '../../shared/log.ts'
import { createPasswords } from '../../shared/passwords.ts'
import type { LockNews, Mailbox } from '../../store/model.ts'
import type { PinTries } from '../../store/pin-tries.ts'
import { openPinLock } from './pin-lock.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const RIGHT = '246810'
const WRONG = '000000'

let clock: FakeClock
let rows: Map<string, PinTries>
let notes: string[]
let told: LockNews[]
const passwords = createPasswords(seededRandom(), { ln: 4, r: 1, p: 1 })

beforeEach(() => {
  clock = fakeClock()
  rows = new Map()
  notes = []
  told = []
})

/** The machine starts; what it had kept is there. */
async function start(pin: string | null = RIGHT) {
  const pinHash = pin === null ? null : await passwords.hash(pin)
  const open = () =>
    openPinLock({
      store: {
        audit: { add: async ({ who, act, detail }: never) => void notes.push(`${who} ${act} ${detail}`) },
        pinTries: {
          list: async () => [...rows.values()],
          put: async (row: PinTries) => void rows.set(row.mailboxId, row),
          remove: async (id: string) => void rows.delete(id),
        },
      } as never,
      writes: { add: (_what: string, write: () => Promise<unknown>) => write() } as never,
      onLocked: (news) => told.push(news),
      ...{ passwords, clock, random: seededRandom(), log: silentLog },
    })
  let lock = await open()
  const mailbox = { id: 'box', name: 'home', pinHash } as Mailbox
  return {
    judge: (typed: string) => lock.judge(typed, { callId: 'c', number: '+4930', mailbox }),
    async restart() {
      lock = await open()
    },
    async newPin(typed: string) {
      ;(mailbox as { pinHash: string }).pinHash = await passwords.hash(typed)
    },
  }
}

describe('the PIN of a mailbox', () => {
  it('lets in; a wrong one does not, and both are written down', async () => {
    const { judge } = await start()
    expect(await judge(WRONG)).toBe(false)
    expect(await judge(RIGHT)).toBe(true)
    expect(notes).toEqual(['caller:+4930 pin-refused home', 'caller:+4930 let-in home'])
    expect(told).toEqual([])
  })

  it('of a mailbox that has none is never right, and costs nothing', async () => {
    const { judge } = await start(null)
    for (let wrong = 0; wrong < 9; wrong++) expect(await judge(WRONG)).toBe(false)
    expect([notes, told, [...rows]]).toEqual([[], [], []])
  })

  it('counts for nothing after wrong ones, for longer each time, even if it is right', async () => {
    const { judge } = await start()
    for (let wrong = 0; wrong < 3; wrong++) expect(await judge(WRONG)).toBe(false)
    expect(await judge(RIGHT)).toBe(false)
    expect(notes.at(-1)).toBe('caller:+4930 pin-refused home: too soon after wrong ones, for 1 min more')
    clock.advance(MINUTE_MS)
    expect(await judge(WRONG)).toBe(false)
    clock.advance(MINUTE_MS)
    expect(await judge(RIGHT)).toBe(false)
    clock.advance(MINUTE_MS)
    expect(await judge(RIGHT)).toBe(true)
  })

  it('is not found in a year by one who never stops', async () => {
    const { judge } = await start()
    for (let minute = 0; minute < 7 * 1440; minute += 5) {
      await judge(WRONG)
      clock.advance(5 * MINUTE_MS)
    }
    const judged = notes.filter((note) => note.endsWith(' home')).length
    // A week: at the longest wait it is one try a day.
    expect(judged).toBeLessThan(25)
  })

  it('tells the owner once for each lock: who has typed, and until when it lasts', async () => {
    const { judge } = await start()
    await Promise.all([WRONG, WRONG, WRONG, WRONG, WRONG].map(judge))
    const until = clock.now() + MINUTE_MS
    expect(told).toEqual([{ mailbox: 'home', callerNumber: '+4930', until }])
    clock.advance(MINUTE_MS)
    await judge(WRONG)
    expect(told.slice(1)).toMatchObject([{ until: clock.now() + 2 * MINUTE_MS }])
  })

  it('stays locked over a restart, and over a clock that was set back', async () => {
    const { judge, restart } = await start()
    for (let wrong = 0; wrong < 3; wrong++) await judge(WRONG)
    clock.advance(MINUTE_MS / 2)
    await restart()
    expect(await judge(RIGHT)).toBe(false)
    rows = new Map([...rows].map(([id, row]) => [id, { ...row, triedAt: row.triedAt + 30 * 86_400_000 }]))
    await restart()
    expect(await judge(RIGHT)).toBe(false)
    clock.advance(MINUTE_MS)
    expect(await judge(RIGHT)).toBe(true)
  })

  it('counts as tried before it is judged: who kills the machine meanwhile wins nothing', async () => {
    const { judge, restart } = await start()
    for (let wrong = 0; wrong < 2; wrong++) await judge(WRONG)
    const third = judge(WRONG)
    await restart()
    expect(await judge(RIGHT)).toBe(false)
    await third
  })

  it('is always taken of an owner who calls twice a day and mistypes once a week', async () => {
    const { judge, restart } = await start()
    let refused = 0
    for (let day = 0; day < 150; day++) {
      for (const call of ['in the morning', 'in the evening']) {
        if (day % 7 === 0 && call === 'in the evening') await judge(WRONG)
        if (!(await judge(RIGHT))) refused++
        clock.advance(DAY_MS / 2)
      }
      if (day % 10 === 0) await restart()
    }
    expect([refused, told]).toEqual([0, []])
  })

  it('locks nobody out anew by being right, over a restart neither', async () => {
    const { judge, restart } = await start()
    for (let wrong = 0; wrong < 3; wrong++) await judge(WRONG)
    clock.advance(MINUTE_MS)
    expect(await judge(RIGHT)).toBe(true)
    expect(await judge(RIGHT)).toBe(true)
    await restart()
    expect(await judge(RIGHT)).toBe(true)
    // What was wrong counts on: the next wrong one makes the longer wait.
    await judge(WRONG)
    expect(told.at(-1)?.until).toBe(clock.now() + 2 * MINUTE_MS)
  })

  it('is taken at once when it is a new one', async () => {
    const { judge, newPin } = await start()
    for (let wrong = 0; wrong < 3; wrong++) await judge(WRONG)
    await newPin('135791')
    expect(await judge('135791')).toBe(true)
    expect([...rows]).toEqual([])
  })
})
