import { entryBeside } from '../../shared/entry-beside.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { ListeningModel } from '../../sherpa/models/speech-model.ts'
import { startProcess } from '../../sherpa/start-process.ts'
import type { Heard } from '../transcriber.ts'
import type { HeardOf, ToEngine } from './messages.ts'

/** A process with a model that is loaded. */
export interface Engine {
  /** Resolves to what it heard in it. Rejects with AP_SPEECH_ENGINE_FAILED when it dies. */
  ask(order: Extract<ToEngine, { kind: 'sound' | 'end' }>): Promise<readonly Heard[]>
  tell(order: Extract<ToEngine, { kind: 'open' | 'drop' }>): void
  /** Resolves, and never rejects, when it is no more. */
  readonly ended: Promise<unknown>
  /** Kills it. */
  kill(): void
}

/** @param ending kills it, while it loads as well */
export type StartEngine = (
  model: ListeningModel,
  language: string | null,
  ending: AbortSignal,
) => Promise<Engine>

/** Starts the process in which sherpa-onnx listens. Rejects with AP_SPEECH_ENGINE_FAILED and AP_SPEECH_ENGINE_MISSING. */
export const startEngine: StartEngine = async (model, language, ending) => {
  /** Answers come in the order of the orders. */
  const asked = new Map<number, PromiseWithResolvers<readonly Heard[]>[]>()
  const engine = await startProcess<ToEngine, HeardOf>({
    entry: entryBeside(import.meta.url, 'engine-process'),
    load: { kind: 'load', model, language },
    onAnswer: ({ id, heard }) => asked.get(id)?.shift()?.resolve(heard),
    ending,
  })
  const { ended, kill, tell } = engine
  void ended.then((death) => {
    for (const waiting of asked.values()) for (const { reject } of waiting) reject(death)
    asked.clear()
  })
  return {
    ask(order) {
      const answer = Promise.withResolvers<readonly Heard[]>()
      // The channel may be gone a moment before it is known what the process died of.
      if (!engine.isConnected) void ended.then(answer.reject)
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
    ended,
    kill,
  }
}
