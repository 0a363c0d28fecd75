import type { Clock } from '../../shared/clock.ts'
import { keepProcess } from '../../sherpa/keep-process.ts'
import type { ListeningModel } from '../../sherpa/models/speech-model.ts'
import type { Heard, Listening, Transcriber } from '../transcriber.ts'
import { SAMPLE_RATE } from './messages.ts'
import { type Engine, type StartEngine, startEngine } from './start-engine.ts'

/** So many pieces of sound wait in the engine's process, at most. */
const MOST_AHEAD = 4

export interface SherpaOptions {
  /** Rejects with AP_SPEECH_MODEL_MISSING and AP_SPEECH_MODEL_UNFIT. */
  readonly model: () => Promise<ListeningModel>
  readonly language: string | null
  /** It is loaded at once and stays. */
  readonly staysReady: boolean
  readonly clock: Clock
  readonly start?: StartEngine
}

/** Speech to text by sherpa-onnx with a model of the owner's, in a process of its own. */
export function sherpaTranscriber(name: string, options: SherpaOptions): Transcriber {
  const { model, language, staysReady, clock, start = startEngine } = options
  const engine = keepProcess({
    start: async (ending) => start(await model(), language, ending),
    ...{ staysReady, clock },
  })
  let lastId = 0
  return {
    name: `model ${name}`,
    sampleRate: SAMPLE_RATE,
    isLive: true,
    hearsAgain: false,
    async *listen(sound, listening) {
      using held = await engine.hold(listening.signal)
      lastId += 1
      const id = lastId
      held.tell({ kind: 'open', id, isLive: listening.isLive })
      try {
        yield* hear(held, id, sound, listening)
      } finally {
        held.tell({ kind: 'drop', id })
      }
    },
    close: () => engine.close(),
  }
}

/** Sound goes in as it comes, and words come out when they are there: neither waits for the other. */
async function* hear(
  engine: Engine,
  id: number,
  sound: AsyncIterable<Int16Array>,
  { signal }: Listening,
): AsyncGenerator<Heard> {
  let heard: Heard[] = []
  let wake = () => {}
  let isOver = false
  let failure: unknown
  const took = (words: readonly Heard[]) => {
    heard.push(...words)
    wake()
  }
  const feed = async () => {
    const ahead: Promise<void>[] = []
    for await (const pcm of sound) {
      if (signal.aborted) return
      const heard = engine.ask({ kind: 'sound', id, pcm }).then(took)
      // When the process dies all of them fail, and the first is the one that is waited for.
      heard.catch(() => undefined)
      ahead.push(heard)
      if (ahead.length >= MOST_AHEAD) await ahead.shift()
    }
    await Promise.all(ahead)
    took(await engine.ask({ kind: 'end', id }))
  }
  const end = (error?: unknown) => {
    isOver = true
    failure = error
    wake()
  }
  const stop = () => end(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  feed().then(() => end(), end)
  try {
    for (;;) {
      const words = heard
      heard = []
      yield* words
      if (heard.length > 0) continue
      signal.throwIfAborted()
      if (failure !== undefined) throw failure
      if (isOver) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
