import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../test/helpers/fake-clock.ts'
import { seededRandom } from '../../../test/helpers/seeded-random.ts'
import { SPELLING } from '../../menu/spell.ts'
import { MENU_PROMPTS } from '../../menu/words.ts'
import { silentLog } from '../../shared/log.ts'
import { createPasswords } from '../../shared/passwords.ts'
import type { Mailbox } from '../../store/model.ts'
import { createMenus } from './menus.ts'

const MINUTE_MS = 60_000

async function openDoor(pin: string | null) {
  const clock = fakeClock()
  const passwords = createPasswords(seededRandom(), { ln: 4, r: 1, p: 1 })
  const pinHash = pin === null ? null : await passwords.hash(pin)
  const notes: string[] = []
  const menus = createMenus({
    places: {} as never,
    store: {
      audit: { add: async ({ who, act, detail }: never) => void notes.push(`${who} ${act} ${detail}`) },
    } as never,
    writes: { add: (_what: string, write: () => Promise<unknown>) => write() } as never,
    ...{ media: {} as never, lines: {} as never, clips: {} as never, makeId: () => 'id' },
    ...{ clock, random: seededRandom(), log: silentLog },
  })
  const door = menus.doorFor({
    callId: 'c',
    number: '+4930',
    mailbox: { id: 'box', name: 'home', pinHash } as Mailbox,
  })
  return { clock, door, notes }
}

describe('the PIN of a mailbox', () => {
  it('lets in; a wrong one does not, and both are written down', async () => {
    const { door, notes } = await openDoor('246810')
    expect(await door.judgePin('000000')).toBe(false)
    expect(await door.judgePin('246810')).toBe(true)
    expect(notes).toEqual(['caller:+4930 pin-refused home', 'caller:+4930 let-in home'])
  })

  it('of a mailbox that has none is never right, and costs nothing', async () => {
    const { door, notes } = await openDoor(null)
    expect(await door.judgePin('000000')).toBe(false)
    expect(notes).toEqual([])
  })

  it('counts for nothing after wrong ones, for longer each time, even if it is right', async () => {
    const { clock, door, notes } = await openDoor('246810')
    for (let wrong = 0; wrong < 3; wrong++) expect(await door.judgePin('000000')).toBe(false)
    expect(await door.judgePin('246810')).toBe(false)
    expect(notes.at(-1)).toBe('caller:+4930 pin-refused home: too soon after wrong ones, for 1 min more')
    clock.advance(MINUTE_MS)
    expect(await door.judgePin('000000')).toBe(false)
    clock.advance(MINUTE_MS)
    expect(await door.judgePin('246810')).toBe(false)
    clock.advance(MINUTE_MS)
    expect(await door.judgePin('246810')).toBe(true)
  })

  it('is not found in a year by one who never stops', async () => {
    const { clock, door, notes } = await openDoor('246810')
    for (let minute = 0; minute < 7 * 1440; minute += 5) {
      await door.judgePin('000000')
      clock.advance(5 * MINUTE_MS)
    }
    const judged = notes.filter((note) => note.endsWith(' home')).length
    // A week: at the longest wait it is one try a day.
    expect(judged).toBeLessThan(25)
  })
})

it('has a sound for every word of the menu', async () => {
  const { readdirSync } = await import('node:fs')
  const files = readdirSync(new URL('../../../assets/prompts/menu', import.meta.url)).map((file) =>
    file.replace('.wav', ''),
  )
  expect(new Set(files)).toEqual(new Set([...MENU_PROMPTS, ...SPELLING]))
})
