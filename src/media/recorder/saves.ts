import type { Clock, Timer } from '../../shared/clock.ts'
import type { SaveJob } from './wav/save-take.ts'
import type { Saver } from './wav/saver.ts'

const FIRST_RETRY_MS = 1000
const LONGEST_RETRY_MS = 30_000

interface Save {
  readonly job: SaveJob
  readonly onSaved: () => void
  retryMs: number
  /** Why it can't be written now. */
  failure?: unknown
  retry?: Timer
  outcome: PromiseWithResolvers<void>
}

export interface SavesOptions {
  readonly clock: Clock
  readonly saver: Saver
}

/** The WAV files that are still to be written: one after another, and again with back-off while the disk refuses. */
export class Saves {
  readonly #options: SavesOptions
  readonly #pending = new Map<string, Save>()
  #queue: Save[] = []
  #working: Promise<void> | undefined
  #closed = false

  constructor(options: SavesOptions) {
    this.#options = options
  }

  add(takeId: string, job: SaveJob, onSaved: () => void): void {
    const save: Save = {
      job,
      retryMs: FIRST_RETRY_MS,
      outcome: newOutcome(),
      onSaved: () => {
        this.#pending.delete(takeId)
        onSaved()
      },
    }
    this.#pending.set(takeId, save)
    this.#enqueue(save)
  }

  /** Resolves when the file is there, also for a take that is not known here; rejects while it can't be written. */
  async whenSaved(takeId: string): Promise<void> {
    const save = this.#pending.get(takeId)
    if (save?.failure !== undefined) throw save.failure
    await save?.outcome.promise
  }

  /** Why files can't be written now; empty when all is well. */
  get failures(): readonly unknown[] {
    return [...this.#pending.values()]
      .map(({ failure }) => failure)
      .filter((failure) => failure !== undefined)
  }

  /** Writes what is queued; what waits for a retry stays in the journal for recovery. */
  async close(): Promise<void> {
    this.#closed = true
    for (const { retry } of this.#pending.values()) retry?.cancel()
    while (this.#working) await this.#working
    await this.#options.saver.close()
  }

  #enqueue(save: Save): void {
    this.#queue.push(save)
    this.#start()
  }

  #start(): void {
    if (this.#queue.length === 0) return
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined
      this.#start()
    })
  }

  async #work(): Promise<void> {
    for (let save = this.#queue.shift(); save; save = this.#queue.shift()) {
      try {
        await this.#options.saver.save(save.job)
        save.onSaved()
        save.outcome.resolve()
      } catch (error) {
        this.#failed(save, error)
      }
    }
  }

  #failed(save: Save, error: unknown): void {
    save.failure = error
    save.outcome.reject(error)
    save.outcome = newOutcome()
    if (this.#closed) return
    save.retry = this.#options.clock.setTimer(save.retryMs, () => this.#enqueue(save))
    save.retryMs = Math.min(2 * save.retryMs, LONGEST_RETRY_MS)
  }
}

/** Nobody may be waiting for it, which is no error. */
function newOutcome(): PromiseWithResolvers<void> {
  const outcome = Promise.withResolvers<void>()
  outcome.promise.catch(() => {})
  return outcome
}
