import { Worker } from 'node:worker_threads'

/** Does orders in a thread of its own, which starts with the first: no call notices how long that takes. */
export interface Thread<Order, Outcome> extends AsyncDisposable {
  /** It never rejects. More than are taken at once are refused. */
  post(order: Order): Promise<Outcome>
}

export interface ThreadOptions<Outcome> {
  readonly name: string
  /** Its entry, a module that answers `{ id, order }` with `{ id, outcome }`. */
  readonly entry: URL
  readonly data: unknown
  /** What comes of an order that can't be done now, and why. */
  readonly later: (why: string) => Outcome
}

const MOST_AT_ONCE = 100

export function openThread<Order, Outcome>(options: ThreadOptions<Outcome>): Thread<Order, Outcome> {
  const { name, entry, data, later } = options
  const waiting = new Map<number, (outcome: Outcome) => void>()
  let thread: Worker | undefined
  let lastId = 0

  function start(): Worker {
    const worker = new Worker(entry, { name, execArgv: [], workerData: data })
    const lost = () => {
      thread = undefined
      for (const settle of waiting.values()) settle(later('the thread ended'))
      waiting.clear()
    }
    worker.on('message', ({ id, outcome }: { readonly id: number; readonly outcome: Outcome }) => {
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
      if (waiting.size >= MOST_AT_ONCE) return Promise.resolve(later('too many are on their way'))
      thread ??= start()
      lastId += 1
      const { promise, resolve } = Promise.withResolvers<Outcome>()
      waiting.set(lastId, resolve)
      thread.postMessage({ id: lastId, order })
      return promise
    },
    async [Symbol.asyncDispose]() {
      await thread?.terminate()
    },
  }
}
