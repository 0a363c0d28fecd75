import type { Clock, Timer } from '../shared/clock.ts'

/** How soon a process that died is started again: each time later, for it may be the model's doing. */
const PAUSES_MS = [0, 1000, 5000, 30_000, 60_000]
/** Who has lived so long is well again. */
const WELL_MS = 60_000
/** Nobody has spoken for so long: its memory goes back. */
const IDLE_MS = 60_000

/** What is kept of a process. */
interface Kept {
  /** Resolves, and never rejects, when it is no more. */
  readonly ended: Promise<unknown>
  kill(): void
}

/** A process with a model, started when it is wanted and again after it died. */
export interface KeptProcess<Process> {
  /** Holds it for a while. Rejects as starting it does, and with what the signal is aborted with. */
  hold(signal: AbortSignal): Promise<Process & Disposable>
  close(): Promise<void>
}

export interface KeptProcessOptions<Process> {
  /** @param ending kills it, while it loads as well */
  readonly start: (ending: AbortSignal) => Promise<Process>
  /** It is loaded at once and stays, for callers' first words are not to wait for it. */
  readonly staysReady: boolean
  readonly clock: Clock
}

export function keepProcess<Process extends Kept>(
  options: KeptProcessOptions<Process>,
): KeptProcess<Process> {
  const { start, staysReady, clock } = options
  const closing = new AbortController()
  let starting: Promise<Process> | undefined
  let kept: Process | undefined
  let holders = 0
  let failures = 0
  let idle: Timer | undefined

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = clock.setTimer(ms, resolve)
      closing.signal.addEventListener('abort', () => {
        timer.cancel()
        resolve()
      })
    })

  function begun(): Promise<Process> {
    starting ??= begin()
    return starting
  }

  async function begin(): Promise<Process> {
    try {
      const pauseMs = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0
      if (pauseMs > 0) await pause(pauseMs)
      closing.signal.throwIfAborted()
      const started = await start(closing.signal)
      if (closing.signal.aborted) started.kill()
      closing.signal.throwIfAborted()
      follow(started)
      return started
    } catch (error) {
      failures++
      throw error
    } finally {
      starting = undefined
    }
  }

  function follow(started: Process): void {
    kept = started
    const startedAt = clock.monotonic()
    void started.ended.then(() => {
      if (kept !== started) return
      kept = undefined
      failures = clock.monotonic() - startedAt > WELL_MS ? 1 : failures + 1
      if (staysReady) ready()
    })
  }

  /** Whoever wants it later hears what was wrong. */
  function ready(): void {
    if (!kept && !closing.signal.aborted) begun().catch(() => undefined)
  }

  function rest(): void {
    idle = undefined
    if (holders > 0) return
    const resting = kept
    kept = undefined
    resting?.kill()
  }

  if (staysReady) ready()
  return {
    async hold(signal) {
      holders++
      idle?.cancel()
      idle = undefined
      let isHeld = true
      const release = () => {
        if (!isHeld) return
        isHeld = false
        if (--holders === 0 && !staysReady && !closing.signal.aborted) idle = clock.setTimer(IDLE_MS, rest)
      }
      try {
        const held = kept ?? (await orAborted(begun(), signal))
        return { ...held, [Symbol.dispose]: release }
      } catch (error) {
        release()
        throw error
      }
    },
    async close() {
      closing.abort()
      idle?.cancel()
      await starting?.catch(() => undefined)
      const last = kept
      kept = undefined
      last?.kill()
      await last?.ended
    },
  }
}

/** Whoever waits may stop; what he waits for goes on. */
function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
