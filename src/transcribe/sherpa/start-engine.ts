import { fork } from 'node:child_process'
import { entryBeside } from '../../shared/entry-beside.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { SpeechModel } from '../models/speech-model.ts'
import type { Heard } from '../transcriber.ts'
import type { FromEngine, ToEngine } from './messages.ts'

/** The least of the processor that there is: it gets what the calls leave. All threads have it from their beginning. */
const NICENESS = '19'

/** A process with a model that is loaded. */
export interface Engine {
  /** Resolves to what it heard in it. Rejects with AP_SPEECH_ENGINE_FAILED when it dies. */
  ask(order: Extract<ToEngine, { kind: 'sound' | 'end' }>): Promise<readonly Heard[]>
  tell(order: Extract<ToEngine, { kind: 'open' | 'drop' }>): void
  /** Resolves, and never rejects, when it is no more. */
  readonly ended: Promise<void>
  /** Kills it. */
  kill(): void
}

/** @param ending kills it, while it loads as well */
export type StartEngine = (
  model: SpeechModel,
  language: string | null,
  ending: AbortSignal,
) => Promise<Engine>

/** Starts the process and has it load a model. Rejects with AP_SPEECH_ENGINE_FAILED and AP_SPEECH_ENGINE_MISSING. */
export const startEngine: StartEngine = async (model, language, ending) => {
  const entry = entryBeside(import.meta.url, 'engine-process')
  const child = fork(entry, [], {
    ...{ execPath: 'nice', execArgv: ['-n', NICENESS, process.execPath] },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-2000)
  })
  const loaded = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  let death: AnswerphoneError | undefined
  /** Answers come in the order of the orders. */
  const asked = new Map<number, PromiseWithResolvers<readonly Heard[]>[]>()
  const died = (error: AnswerphoneError) => {
    death ??= error
    loaded.reject(error)
    for (const waiting of asked.values()) for (const { reject } of waiting) reject(error)
    asked.clear()
    ended.resolve()
  }
  child.on('error', ({ message }) => died(new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', { why: message })))
  child.on('close', (code, signal) =>
    died(new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', { why: explain(code, signal, complaint) })),
  )
  child.on('message', (message: FromEngine) => {
    switch (message.kind) {
      case 'loaded':
        return loaded.resolve()
      case 'missing':
        return died(new AnswerphoneError('AP_SPEECH_ENGINE_MISSING'))
      case 'heard':
        return asked.get(message.id)?.shift()?.resolve(message.heard)
    }
  })
  const tell = (order: ToEngine) => {
    if (child.connected) child.send(order)
  }
  const kill = () => void child.kill('SIGKILL')
  ending.addEventListener('abort', kill, { once: true })
  void ended.promise.then(() => ending.removeEventListener('abort', kill))
  tell({ kind: 'load', model, language })
  try {
    await loaded.promise
  } catch (error) {
    kill()
    throw error
  }
  return {
    ask(order) {
      const answer = Promise.withResolvers<readonly Heard[]>()
      // The channel may be gone a moment before it is known what the process died of.
      if (!child.connected) void ended.promise.then(() => answer.reject(death))
      else asked.set(order.id, [...(asked.get(order.id) ?? []), answer])
      tell(order)
      return answer.promise.finally(() => {
        if (asked.get(order.id)?.length === 0) asked.delete(order.id)
      })
    },
    tell(order) {
      if (order.kind === 'drop') {
        const error = new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', { why: 'nobody wants it any more' })
        for (const { reject } of asked.get(order.id) ?? []) reject(error)
        asked.delete(order.id)
      }
      tell(order)
    },
    ended: ended.promise,
    kill,
  }
}

/** What sherpa-onnx complains of stands in lines like `/path/file.cc:Name:42 No model_type`. */
function explain(code: number | null, signal: string | null, complaint: string): string {
  const lines = complaint
    .split('\n')
    .map((line) => line.replace(/^\S*\.(?:cc|h):\S+\s*/, '').trim())
    .filter((line) => line !== '' && !/^at |^Node\.js v/.test(line))
  const said = lines.at(-1)?.slice(0, 300)
  return `it ended with ${code ?? signal ?? 'a signal'}${said ? `: ${said}` : ''}`
}
