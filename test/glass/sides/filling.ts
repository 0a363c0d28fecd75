import { expect } from 'vitest'
import type { HouseOptions } from '../../helpers/in-memory-house.ts'
import { ruleOf } from '../../helpers/rule-calls.ts'
import type { Side, Stage } from '../stage.ts'

const QUOTA = { quotaMessages: 10 } as const
/** Callers are told that nothing can be taken while it is full, at its owner's wish. */
export const REFUSES: HouseOptions = { mailbox: { ...QUOTA, whenFull: 'refuse' } }
const TAKES: HouseOptions = { mailbox: { ...QUOTA, whenFull: 'take' } }

function keeps({ house }: Stage, count: number): void {
  house.counts.splice(0, house.counts.length, { mailboxId: 'box', state: 'new', count })
  house.changed('messages')
}

/** So many messages are kept when the call comes, and from some instants of it on. */
export const keeping = (
  name: string,
  house: HouseOptions,
  first: number,
  ...then: [number, number][]
): Side => ({
  name,
  house,
  async prepare(stage) {
    keeps(stage, first)
    await stage.pass(1000)
    return {
      during() {
        for (const [ms, count] of then) stage.at(ms, () => keeps(stage, count))
      },
      happened() {
        const last = then.at(-1)?.[1] ?? first
        const percents = stage.house.machine.fills().map(({ percent }) => percent)
        expect(percents).toEqual(last < 8 ? [] : [last * 10])
      },
    }
  },
})

/** How full a mailbox is while nobody is refused for it. */
export const filling: readonly Side[] = [
  keeping(
    'a mailbox is full, and more than that, and takes messages all the same',
    TAKES,
    10,
    [300, 12],
    [9000, 13],
  ),
  keeping('a mailbox that refuses when it is full has room for one more', REFUSES, 9),
  keeping(
    'a mailbox that refuses when it is full fills up in the middle of the call',
    REFUSES,
    8,
    [150, 9],
    [600, 10],
  ),
]

/** It was full when the call came. */
export const full = keeping('a mailbox that refuses is full', REFUSES, 10)

/** What goes on while it is full, and changes nothing more for the caller. */
export const whileFull: readonly Side[] = [
  keeping('its owner makes room while it rings', REFUSES, 10, [1000, 3]),
  keeping('it is fuller than full', REFUSES, 10, [500, 12]),
  {
    ...full,
    name: 'the caller would go to junk',
    house: { ...REFUSES, rules: [ruleOf('junk', [], { kind: 'take', junk: true })] },
  },
  {
    name: 'the disk is full in place of the mailbox',
    house: { space: () => ({ journalFreeBytes: 0, diskFull: true }) },
  },
]
