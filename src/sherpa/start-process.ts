import { fork } from 'node:child_process'
import { AnswerphoneError } from '../shared/errors.ts'

/** The least of the processor that there is: it gets what the calls leave. All threads have it from their beginning. */
const NICENESS = '19'

/** What each of the processes says once it has loaded its model, or that it has no sherpa-onnx to load it with. */
export type Loading = { readonly kind: 'loaded' } | { readonly kind: 'missing' }

/** A process with a model that is loaded. */
export interface SherpaProcess<Order> {
  /** False: nothing reaches it any more, and it is about to be known why. */
  readonly isConnected: boolean
  tell(order: Order): void
  /** Resolves, and never rejects, to what it died of. */
  readonly ended: Promise<AnswerphoneError>
  kill(): void
}

export interface StartProcess<Order, Answer> {
  /** The file in which it begins. */
  readonly entry: URL
  /** The first order. It is answered as Loading has it. */
  readonly load: Order
  readonly onAnswer: (answer: Answer) => void
  /** Kills it, while it loads as well. */
  readonly ending: AbortSignal
}

/**
 * Starts a process in which sherpa-onnx works, and has it load a model: a model that it does not like ends it, and so may a fault in native code, and
 * calls go on. Rejects with AP_SPEECH_ENGINE_FAILED and AP_SPEECH_ENGINE_MISSING.
 */
export async function startProcess<Order extends object, Answer extends { readonly kind: string }>({
  entry,
  load,
  onAnswer,
  ending,
}: StartProcess<Order, Answer>): Promise<SherpaProcess<Order>> {
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
  const ended = Promise.withResolvers<AnswerphoneError>()
  const died = (error: AnswerphoneError) => {
    loaded.reject(error)
    ended.resolve(error)
  }
  const failed = (why: string) => died(new AnswerphoneError('AP_SPEECH_ENGINE_FAILED', { why }))
  child.on('error', ({ message }) => failed(message))
  child.on('close', (code, signal) => failed(explain(code, signal, complaint)))
  child.on('message', (message: Loading | Answer) => {
    if (message.kind === 'loaded') loaded.resolve()
    else if (message.kind === 'missing') died(new AnswerphoneError('AP_SPEECH_ENGINE_MISSING'))
    else onAnswer(message as Answer)
  })
  const kill = () => void child.kill('SIGKILL')
  const tell = (order: Order) => {
    if (child.connected) child.send(order)
  }
  ending.addEventListener('abort', kill, { once: true })
  void ended.promise.then(() => ending.removeEventListener('abort', kill))
  tell(load)
  try {
    await loaded.promise
  } catch (error) {
    kill()
    throw error
  }
  return {
    get isConnected() {
      return child.connected
    },
    tell,
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
