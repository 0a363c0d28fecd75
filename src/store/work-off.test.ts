import { afterEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { type Worker, type WorkingOff, workOff } from './work-off.ts'

const LEASE_MS = 60_000

/** Rows that are due at an instant, and who is told of a change. */
function table(...dueAt: number[]) {
  const listeners = new Set<(what: ReadonlySet<string>) => void>()
  const rows = new Set(dueAt)
  return {
    rows: {
      nextAt: async () => (rows.size === 0 ? undefined : Math.min(...rows)),
      async claim(now: number) {
        const row = Math.min(...rows)
        if (row > now) return undefined
        rows.delete(row)
        return row
      },
    },
    store: {
      onChange(listener: (what: ReadonlySet<string>) => void) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    add(...more: number[]) {
      for (const row of more) rows.add(row)
      for (const tell of listeners) tell(new Set(['mails']))
    },
    listeners,
  }
}

let open: WorkingOff | undefined
afterEach(async () => {
  await open?.[Symbol.asyncDispose]()
  open = undefined
})

function start(
  from: Pick<ReturnType<typeof table>, 'rows' | 'store'>,
  worker: () => Worker<number> | undefined,
) {
  const failures: unknown[] = []
  const failed = (error: unknown) => void failures.push(error)
  open = workOff({ ...from, table: 'mails', leaseMs: LEASE_MS, worker, failed, clock })
  return failures
}
let clock = fakeClock()
const fresh = () => {
  clock = fakeClock()
  const done: number[] = []
  const act: Worker<number> = async (row) => {
    done.push(row)
    return 0
  }
  return { now: clock.now(), done, act }
}

describe('what waits in a table', () => {
  it('is done one at a time, each when it is due', async () => {
    const { now, done, act } = fresh()
    const mails = table(now + 5000, now, now + 1000)
    start(mails, () => act)
    await clock.advanceAsync(999)
    expect(done).toEqual([now])
    await clock.advanceAsync(1)
    expect(done).toEqual([now, now + 1000])
    mails.add(now + 2000)
    await clock.advanceAsync(1000)
    expect(done).toEqual([now, now + 1000, now + 2000])
    await clock.advanceAsync(3000)
    expect(done).toEqual([now, now + 1000, now + 2000, now + 5000])
    expect(clock.pending).toBe(0)
  })

  it('is not put off by a clock that was wrong for a while', async () => {
    const { now, done, act } = fresh()
    const dueAt = now + 48 * 3_600_000
    start(table(dueAt), () => act)
    await clock.advanceAsync(1000)
    clock.jump(48 * 3_600_000)
    await clock.advanceAsync(3_600_000)
    expect(done).toEqual([dueAt])
  })

  it('rests for as long as the one before said, even when something changes', async () => {
    const { now, done } = fresh()
    const mails = table(now - 2, now - 1)
    start(mails, () => async (row) => {
      done.push(row)
      return 15_000
    })
    await clock.advanceAsync(10_000)
    mails.add(now)
    await clock.advanceAsync(4999)
    expect(done).toEqual([now - 2])
    await clock.advanceAsync(1)
    expect(done).toEqual([now - 2, now - 1])
  })

  it('waits for somebody who does it, and for what is added meanwhile', async () => {
    const { now, done, act } = fresh()
    const mails = table(now)
    let worker: Worker<number> | undefined
    start(mails, () => worker)
    await clock.advanceAsync(60_000)
    expect(done).toEqual([])
    worker = async (row, closing) => {
      if (row === now) mails.add(now + 1)
      return act(row, closing)
    }
    open?.wake()
    await clock.advanceAsync(0)
    expect(done).toEqual([now, now + 1])
  })

  it('is looked for again when it comes just while nothing was found', async () => {
    const { now, done, act } = fresh()
    const mails = table()
    const { nextAt } = mails.rows
    mails.rows.nextAt = async () => {
      const found = await nextAt()
      if (done.length === 0 && found === undefined) mails.add(now)
      return found
    }
    start(mails, () => act)
    await clock.advanceAsync(0)
    expect(done).toEqual([now])
  })

  it('is looked at again half a minute after the database failed', async () => {
    const { now, done, act } = fresh()
    const mails = table(now)
    const broken = new Error('the disk is away')
    const nextAt = mails.rows.nextAt
    mails.rows.nextAt = async () => {
      throw broken
    }
    const failures = start(mails, () => act)
    await clock.advanceAsync(29_999)
    expect(failures).toEqual([broken])
    mails.rows.nextAt = nextAt
    await clock.advanceAsync(1)
    expect(done).toEqual([now])
  })

  it('is left alone once it is closed, and the one in the middle is stopped', async () => {
    const { now, done } = fresh()
    const mails = table(now, now + 1)
    start(mails, () => async (row, closing) => {
      await new Promise<void>((resolve) => closing.addEventListener('abort', () => resolve()))
      done.push(row)
      return 0
    })
    await clock.advanceAsync(1000)
    expect(done).toEqual([])
    await open?.[Symbol.asyncDispose]()
    expect(done).toEqual([now])
    open?.wake()
    await clock.advanceAsync(60_000)
    expect(done).toEqual([now])
    expect(mails.listeners.size).toBe(0)
    expect(clock.pending).toBe(0)
  })
})
