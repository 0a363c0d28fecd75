import type { MediaEngine } from '../media/engine.ts'
import type { Clock, Timer } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { Store } from '../store/store.ts'
import type { Health } from './machine.ts'

/** Watches what the machine needs to take messages: room to record in, and a database that takes rows. */
export interface HealthWatch {
  readonly current: Health
  /** True when a recording started now would fail. */
  readonly storageFull: boolean
  setDraining(): void
  /** Says at once what the next look would find. */
  lookNow(): Promise<void>
  close(): void
}

/** What keeps the machine from taking messages for want of room. */
export const isNoRoom = (code: string): boolean => code === 'AP_JOURNAL_FULL' || code === 'AP_DISK_FULL'

const LOOK_EVERY_MS = 1000
/** Below this a message of half a minute (G.711) may not fit any more. */
const LEAST_JOURNAL_BYTES = 256 * 1024

export function watchHealth(options: {
  readonly media: Pick<MediaEngine, 'space'>
  readonly store: Pick<Store, 'check'>
  /** What the write queue struggles with, if anything. */
  readonly writeTrouble: () => AnswerphoneError | undefined
  readonly clock: Clock
  readonly log: Log
  readonly onChange: (health: Health) => void
}): HealthWatch {
  const { clock, log } = options
  let health: Health = { problems: [], draining: false }
  let storageFull = false
  let timer: Timer | undefined
  let closed = false

  async function look(): Promise<void> {
    const problems: AnswerphoneError[] = []
    const space = await options.media.space().catch(() => undefined)
    storageFull = space !== undefined && space.journalFreeBytes < LEAST_JOURNAL_BYTES
    const storeProblem = options.writeTrouble() ?? (await storeTrouble())
    // Recordings and database share the disk: the owner hears of it once, whoever met its end first.
    const diskFull = space?.diskFull || storeProblem?.code === 'AP_STORE_FULL'
    if (storageFull) problems.push(new AnswerphoneError('AP_JOURNAL_FULL'))
    else if (diskFull) problems.push(new AnswerphoneError('AP_DISK_FULL'))
    if (storeProblem && storeProblem.code !== 'AP_STORE_FULL') problems.push(storeProblem)
    publish({ problems: problems.map(({ code, message }) => ({ code, message })), draining: health.draining })
  }

  async function storeTrouble(): Promise<AnswerphoneError | undefined> {
    try {
      await options.store.check()
      return undefined
    } catch (error) {
      if (error instanceof AnswerphoneError) return error
      log.error({ err: error }, 'the database can not be checked')
      return new AnswerphoneError('AP_STORE_UNWRITABLE')
    }
  }

  function publish(next: Health): void {
    if (JSON.stringify(next) === JSON.stringify(health)) return
    for (const { code, message } of next.problems) {
      if (!health.problems.some((known) => known.code === code)) log.error({ code }, message)
    }
    if (next.problems.length === 0 && health.problems.length > 0) log.info('all is well again')
    health = next
    options.onChange(health)
  }

  function lookAgain(): void {
    timer = clock.setTimer(LOOK_EVERY_MS, () => {
      void look().finally(() => {
        if (!closed) lookAgain()
      })
    })
  }
  lookAgain()

  return {
    get current() {
      return health
    },
    get storageFull() {
      return storageFull
    },
    setDraining: () => publish({ ...health, draining: true }),
    lookNow: look,
    close() {
      closed = true
      timer?.cancel()
    },
  }
}
