import { parentPort } from 'node:worker_threads'
import { type SaveJob, saveTake } from './save-take.ts'
import type { SaveResult } from './saver.ts'

/** The saver's thread (see saver.ts): one job in, one result out. */
parentPort?.on('message', (job: SaveJob | 'close') => {
  if (job === 'close') parentPort?.close()
  else parentPort?.postMessage(result(job))
})

function result(job: SaveJob): SaveResult {
  try {
    saveTake(job)
    return { done: true }
  } catch (error) {
    const { code = 'UNKNOWN', message: why } = error as NodeJS.ErrnoException
    return { done: false, code, why }
  }
}
