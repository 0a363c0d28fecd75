import type { Clock, Timer } from '../shared/clock.ts'
import type { TableName } from './schema.ts'
import type { Store } from './store.ts'

/** Does one row. Resolves to how long none is done after it, in ms; `closing` aborts when it has to stop in the middle. */
export type Worker<Row> = (row: Row, closing: AbortSignal) => Promise<number>

export interface WorkOffOptions<Row> {
  readonly store: Pick<Store, 'onChange'>
  /** Where the rows are: its changes wake it. */
  readonly table: TableName
  readonly rows: {
    /** When the next one is due; undefined when none waits. */
    nextAt(): Promise<number | undefined>
    /** Takes one that is due, alone until `leaseEndsAt`. */
    claim(now: number, leaseEndsAt: number): Promise<Row | undefined>
  }
  /** Who takes a row has it for so long, in ms; were the process to die, it is due again after that. */
  readonly leaseMs: number
  /** Who does the next one; undefined: nobody now, and whoever changes that wakes it. */
  readonly worker: () => Worker<Row> | undefined
  /** The database could not be read or written; it is tried again. */
  readonly failed: (error: unknown) => void
  readonly clock: Clock
}

export interface WorkingOff extends AsyncDisposable {
  /** Something may be to do now. */
  wake(): void
}

/** A clock that was set is noticed by then. */
const LOOK_MS = 3_600_000
/** After a failure of the database. */
const STORE_PAUSE_MS = 30_000

/** Does what waits in a table, one row at a time, each when it is due. Disposing of it stops the one in the middle. */
export function workOff<Row>(options: WorkOffOptions<Row>): WorkingOff {
  const { store, table, rows, leaseMs, worker, failed, clock } = options
  const closing = new AbortController()
  let timer: Timer | undefined
  let working: Promise<void> | undefined
  /** Something changed while it worked. */
  let again = false
  /** On the monotonic clock: none is done before. */
  let restsUntil = 0

  const stopFollowing = store.onChange((tables) => {
    if (tables.size === 0 || tables.has(table)) wake()
  })

  function wake(): void {
    timer?.cancel()
    again = working !== undefined
    if (again || closing.signal.aborted) return
    working = work()
      .catch((error: unknown) => {
        failed(error)
        wakeAfter(STORE_PAUSE_MS)
      })
      .finally(() => {
        working = undefined
        if (again) wake()
      })
  }

  function wakeAfter(delayMs: number): void {
    timer?.cancel()
    if (!closing.signal.aborted) timer = clock.setTimer(delayMs, wake)
  }

  async function work(): Promise<void> {
    for (;;) {
      const due = await rows.nextAt()
      const act = worker()
      if (due === undefined || !act || closing.signal.aborted) return
      const now = clock.now()
      const waitMs = Math.max(due - now, restsUntil - clock.monotonic())
      if (waitMs > 0) return wakeAfter(Math.min(waitMs, LOOK_MS))
      const row = await rows.claim(now, now + leaseMs)
      if (row) {
        const restMs = await act(row, closing.signal)
        restsUntil = clock.monotonic() + restMs
      }
    }
  }

  wake()
  return {
    wake,
    async [Symbol.asyncDispose]() {
      stopFollowing()
      timer?.cancel()
      closing.abort()
      await working
    },
  }
}
