import { entryBeside } from '../../shared/entry-beside.ts'
import type { VoiceModel } from '../../sherpa/models/speech-model.ts'
import { startProcess } from '../../sherpa/start-process.ts'
import type { Said, ToSpeaker } from './messages.ts'

/** A process with a voice that is loaded. */
export interface Speaker {
  /** Rejects with AP_SPEECH_ENGINE_FAILED when it dies. */
  say(text: string): Promise<Said>
  /** Resolves, and never rejects, when it is no more. */
  readonly ended: Promise<unknown>
  kill(): void
}

/** @param ending kills it, while it loads as well */
export type StartSpeaker = (model: VoiceModel, ending: AbortSignal) => Promise<Speaker>

/** Starts the process in which sherpa-onnx speaks. Rejects with AP_SPEECH_ENGINE_FAILED and AP_SPEECH_ENGINE_MISSING. */
export const startSpeaker: StartSpeaker = async (model, ending) => {
  /** Answers come in the order of the orders. */
  let asked: PromiseWithResolvers<Said>[] = []
  const speaker = await startProcess<ToSpeaker, Said>({
    entry: entryBeside(import.meta.url, 'speaker-process'),
    load: { kind: 'load', model },
    onAnswer: (said) => asked.shift()?.resolve(said),
    ending,
  })
  const { ended, kill, tell } = speaker
  void ended.then((death) => {
    for (const { reject } of asked) reject(death)
    asked = []
  })
  return {
    say(text) {
      const answer = Promise.withResolvers<Said>()
      // The channel may be gone a moment before it is known what the process died of.
      if (!speaker.isConnected) void ended.then(answer.reject)
      else asked.push(answer)
      tell({ kind: 'say', text })
      return answer.promise
    },
    ended,
    kill,
  }
}
