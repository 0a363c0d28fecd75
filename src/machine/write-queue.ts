import type { Clock, Timer } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'

/**
 * Writes to the store in order, and again until they succeed: a database that is locked, read-only or on a full disk
 * for a while delays rows but loses none, and never holds up a call. All wait for the first, so each is `essential` to
 * the store (`store/engine.ts`): it may use the reserve of a full disk.
 */
export interface WriteQueue {
  /** Queues a write. `what` names it in the log. Resolves once it is done, or was given up as impossible (undefined). */
  add<Result>(what: string, write: () => Promise<Result>): Promise<Result | undefined>
  /** Why the write at the head can't be done now; undefined while all is well. */
  readonly trouble: AnswerphoneError | undefined
  readonly length: number
  /** Resolves when nothing waits, or after `patienceMs`; true if all was written. */
  idle(patienceMs: number): Promise<boolean>
  /** Stops trying. What waits is left to the journal and to the next start. */
  close(): void
}

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2000

interface Job {
  readonly what: string
  readonly run: () => Promise<void>
  readonly giveUp: () => void
}

/** @param onTrouble called when writing begins to fail, and (undefined) when it works again */
export function createWriteQueue(options: {
  readonly clock: Clock
  readonly log: Log
  readonly onTrouble: (error: AnswerphoneError | undefined) => void
}): WriteQueue {
  const { clock, log } = options
  const jobs: Job[] = []
  const waitingForIdle = new Set<(done: boolean) => void>()
  let trouble: AnswerphoneError | undefined
  let pauseMs = FIRST_PAUSE_MS
  let working = false
  let closed = false
  let pause: Timer | undefined

  async function work(): Promise<void> {
    if (working || closed) return
    working = true
    for (let job = jobs[0]; job && !closed; job = jobs[0]) {
      try {
        await job.run()
        jobs.shift()
        note(undefined)
        pauseMs = FIRST_PAUSE_MS
      } catch (error) {
        if (!isPassing(error)) {
          jobs.shift()
          job.giveUp()
          log.error({ err: error, what: job.what }, 'a write was given up')
          continue
        }
        note(error)
        await rest()
      }
    }
    working = false
    if (jobs.length === 0) for (const resolve of waitingForIdle) resolve(true)
  }

  function note(error: AnswerphoneError | undefined): void {
    if (trouble?.code === error?.code) return
    trouble = error
    if (error) log.error({ code: error.code, waiting: jobs.length }, error.message)
    else log.info('writes succeed again')
    options.onTrouble(error)
  }

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      pause = clock.setTimer(pauseMs, resolve)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    })
  }

  return {
    add: (what, write) =>
      new Promise((resolve) => {
        jobs.push({ what, run: async () => resolve(await write()), giveUp: () => resolve(undefined) })
        void work()
      }),
    get trouble() {
      return trouble
    },
    get length() {
      return jobs.length
    },
    idle(patienceMs) {
      if (jobs.length === 0) return Promise.resolve(true)
      return new Promise((resolve) => {
        const done = (all: boolean) => {
          timer.cancel()
          waitingForIdle.delete(done)
          resolve(all)
        }
        const timer = clock.setTimer(patienceMs, () => done(false))
        waitingForIdle.add(done)
      })
    },
    close() {
      closed = true
      pause?.cancel()
    },
  }
}

/** Errors of the store that may pass: trying again makes sense. */
function isPassing(error: unknown): error is AnswerphoneError {
  return error instanceof AnswerphoneError && error.code.startsWith('AP_STORE_')
}
