import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { entryBeside } from '../../../shared/entry-beside.ts'
import type { SaveJob } from './save-take.ts'

/** Makes WAV files somewhere else than on the calling thread. */
export interface Saver {
  /** One at a time. Rejects with the file system's error; its `code` is kept. */
  save(job: SaveJob): Promise<void>
  close(): Promise<void>
}

/** What the thread answers to a job. */
export type SaveResult =
  | { readonly done: true }
  | { readonly done: false; readonly code: string; readonly why: string }

/**
 * A thread that is started with the first take that ends. It blocks on the disk as it likes: the media thread is never
 * held up, neither by decoding nor by hundreds of reads for each message.
 */
export function openSaver(): Saver {
  let worker: Worker | undefined
  let pending: PromiseWithResolvers<void> | undefined

  const fail = (error: unknown) => {
    worker = undefined // The next job starts another.
    pending?.reject(error)
  }
  const start = () => {
    const started = new Worker(entryBeside(import.meta.url, 'saver-thread'), { name: 'saver' })
    started.on('message', (result: SaveResult) => {
      if (result.done) pending?.resolve()
      else pending?.reject(Object.assign(new Error(result.why), { code: result.code }))
    })
    started.on('error', fail)
    started.on('exit', () => fail(new Error('the saver thread ended')))
    return started
  }

  return {
    save(job) {
      const busy = worker ?? start()
      worker = busy
      busy.ref()
      pending = Promise.withResolvers<void>()
      busy.postMessage(job)
      // An idle thread keeps no process alive.
      return pending.promise.finally(() => busy.unref())
    },
    async close() {
      if (!worker) return
      worker.ref()
      const ended = once(worker, 'exit')
      worker.postMessage('close')
      await ended
    },
  }
}
