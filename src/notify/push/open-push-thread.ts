import { Worker } from 'node:worker_threads'
import type { PushOrder, PushOutcome } from './post-push.ts'
import type { Reach } from './reach.ts'

/** Posts pushes, in a thread of its own, which starts with the first. */
export interface PushThread extends AsyncDisposable {
  /** It never rejects. More than are taken at once are told to come later. */
  post(order: PushOrder): Promise<PushOutcome>
}

const MOST_AT_ONCE = 100

export function openPushThread(reach: Reach): PushThread {
  const waiting = new Map<number, (outcome: PushOutcome) => void>()
  let thread: Worker | undefined
  let lastId = 0

  function start(): Worker {
    const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
    const worker = new Worker(new URL(`./push-thread${ending}`, import.meta.url), {
      name: 'push',
      execArgv: [],
      workerData: reach,
    })
    const lost = () => {
      thread = undefined
      for (const settle of waiting.values()) settle({ kind: 'later', why: 'the thread ended' })
      waiting.clear()
    }
    worker.on('message', ({ id, outcome }: { readonly id: number; readonly outcome: PushOutcome }) => {
      waiting.get(id)?.(outcome)
      waiting.delete(id)
    })
    // `exit` follows, and does what is to be done.
    worker.on('error', () => {})
    worker.once('exit', lost)
    worker.unref()
    return worker
  }

  return {
    post(order) {
      if (waiting.size >= MOST_AT_ONCE)
        return Promise.resolve({ kind: 'later', why: 'too many are on their way' })
      thread ??= start()
      lastId += 1
      const { promise, resolve } = Promise.withResolvers<PushOutcome>()
      waiting.set(lastId, resolve)
      thread.postMessage({ id: lastId, order })
      return promise
    },
    async [Symbol.asyncDispose]() {
      await thread?.terminate()
    },
  }
}
