import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../../shared/clock.ts'
import { type Reach, reachingAgent } from '../../shared/reach.ts'
import { type PushOrder, postPush } from './post-push.ts'

/** The entry of the thread that encrypts and posts: no call notices how long that takes. */
const reach = workerData as Reach
const tools = { reach, agent: reachingAgent(reach), clock: systemClock }

parentPort?.on('message', ({ id, order }: { readonly id: number; readonly order: PushOrder }) => {
  void postPush(order, tools).then((outcome) => parentPort?.postMessage({ id, outcome }))
})
