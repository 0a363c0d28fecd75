import type { Clock, Timer } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import type { ListDesk } from './list-desk.ts'

/** One that was just added is fetched by who added it, perhaps; else in a moment. */
const MOMENT_MS = 3000
/** What another process has changed, or a clock that was set, is noticed by then. */
const LOOK_MS = 3_600_000
/** A database that can't be read now can be later. */
const AGAIN_MS = 60_000

/** Fetches each list when its time has come, one after another, until it is disposed of. */
export function keepLists(options: {
  readonly store: Pick<Store, 'numberLists' | 'onChange'>
  readonly desk: Pick<ListDesk, 'refresh'>
  readonly clock: Clock
  readonly log: Log
}): Disposable {
  const { store, desk, clock, log } = options
  let timer: Timer | undefined
  let dueAt = Number.POSITIVE_INFINITY
  let [closed, working] = [false, false]

  function arm(delayMs: number): void {
    timer?.cancel()
    dueAt = clock.monotonic() + delayMs
    if (!closed) timer = clock.setTimer(delayMs, () => void look())
  }
  async function look(): Promise<void> {
    if (working) return
    working = true
    let nextMs = AGAIN_MS
    try {
      const [next] = await due()
      if (next && next.nextAt <= clock.now()) {
        const { name, problem, count, nextAt } = await desk.refresh(next.id)
        if (problem) log.warn({ list: name, code: problem.code }, 'a block list could not be fetched')
        else log.info({ list: name, count }, 'a block list was fetched')
        if (nextAt !== null && nextAt > clock.now()) nextMs = 0
      } else nextMs = next ? Math.min(next.nextAt - clock.now(), LOOK_MS) : LOOK_MS
    } catch (error) {
      log.error({ err: error }, 'the block lists can not be read; it is tried again')
    } finally {
      working = false
    }
    arm(nextMs)
  }
  const due = async () =>
    (await store.numberLists.list())
      .flatMap(({ id, nextAt }) => (nextAt === null ? [] : [{ id, nextAt }]))
      .toSorted((a, b) => a.nextAt - b.nextAt)

  const stop = store.onChange((tables) => {
    if (working || (tables.size > 0 && !tables.has('number_lists'))) return
    // Who changes something all the time must not put it off.
    if (clock.monotonic() + MOMENT_MS < dueAt) arm(MOMENT_MS)
  })
  arm(MOMENT_MS)
  return {
    [Symbol.dispose]() {
      closed = true
      stop()
      timer?.cancel()
    },
  }
}
