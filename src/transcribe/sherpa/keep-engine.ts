import type { Clock, Timer } from '../../shared/clock.ts'
import type { SpeechModel } from '../models/speech-model.ts'
import { type Engine, type StartEngine, startEngine } from './start-engine.ts'

/** How soon a process that died is started again: each time later, for it may be the model's doing. */
const PAUSES_MS = [0, 1000, 5000, 30_000, 60_000]
/** Who has lived so long is well again. */
const WELL_MS = 60_000
/** Nobody has spoken for so long: its memory goes back. */
const IDLE_MS = 60_000

/** A process with a model, started when it is wanted and again after it died. */
export interface KeptEngine {
  /** Holds it for a while. Rejects with AP_SPEECH_*, and what the signal is aborted with. */
  hold(signal: AbortSignal): Promise<Engine & Disposable>
  close(): Promise<void>
}

export interface KeptEngineOptions {
  /** Rejects with AP_SPEECH_MODEL_MISSING. */
  readonly model: () => Promise<SpeechModel>
  readonly language: string | null
  /** It is loaded at once and stays, for callers' first words are not to wait for it. */
  readonly staysReady: boolean
  readonly clock: Clock
  readonly start?: StartEngine
}

export function keepEngine(options: KeptEngineOptions): KeptEngine {
  const { model, language, staysReady, clock, start = startEngine } = options
  const closing = new AbortController()
  let starting: Promise<Engine> | undefined
  let engine: Engine | undefined
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

  function begun(): Promise<Engine> {
    starting ??= begin()
    return starting
  }

  async function begin(): Promise<Engine> {
    try {
      const pauseMs = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0
      if (pauseMs > 0) await pause(pauseMs)
      closing.signal.throwIfAborted()
      const started = await start(await model(), language, closing.signal)
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

  function follow(started: Engine): void {
    engine = started
    const startedAt = clock.monotonic()
    void started.ended.then(() => {
      if (engine !== started) return
      engine = undefined
      failures = clock.monotonic() - startedAt > WELL_MS ? 1 : failures + 1
      if (staysReady) ready()
    })
  }

  /** Whoever wants it later hears what was wrong. */
  function ready(): void {
    if (!engine && !closing.signal.aborted) begun().catch(() => undefined)
  }

  function rest(): void {
    idle = undefined
    if (holders > 0) return
    const resting = engine
    engine = undefined
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
        const held = engine ?? (await orAborted(begun(), signal))
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
      const last = engine
      engine = undefined
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
