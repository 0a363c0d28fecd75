import { parentPort } from 'node:worker_threads'
import { systemClock } from '../shared/clock.ts'
import { documentFetcher } from './fetch-document.ts'
import { carryOut, type ListJob } from './list-job.ts'

/** The entry of the thread that reads lists. */
parentPort?.on('message', ({ id, order }: { readonly id: number; readonly order: ListJob }) => {
  const tools = { fetch: documentFetcher(systemClock), now: systemClock.now() }
  void carryOut(order, tools).then((outcome) => parentPort?.postMessage({ id, outcome }))
})
