import { parentPort } from 'node:worker_threads'
import { systemClock } from '../../shared/clock.ts'
import { type PostOrder, post } from './post.ts'

/** The entry of the thread that posts. */
parentPort?.on('message', ({ id, order }: { readonly id: number; readonly order: PostOrder }) => {
  void post(order, systemClock).then((outcome) => parentPort?.postMessage({ id, outcome }))
})
