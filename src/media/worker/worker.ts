import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../../shared/clock.ts'
import { settleMemory } from '../../shared/settle-memory.ts'
import { loadOpus } from '../codec/libopus.ts'
import { openRecorder } from '../recorder/open-recorder.ts'
import { dgramSockets } from '../socket/dgram-socket.ts'
import { OpenDescriptors } from '../socket/open-descriptors.ts'
import { cheapestSockets } from '../socket/open-sockets.ts'
import { warmUp } from '../srtp/warm-up.ts'
import { Host } from './host.ts'
import type { FromHost, ToHost } from './messages.ts'

/** What the main thread gives a worker at its start. */
export interface WorkerOptions {
  readonly journalDir: string
  readonly recordingsDir: string
  /** Names this worker's part of the journal. */
  readonly name: string
  readonly journalBytes?: number
  readonly rtpTimeoutMs: number
  /** Where it notes its open sockets: see `OpenDescriptors`. */
  readonly descriptors: SharedArrayBuffer
}

/** The entry of a media worker: real clock, real sockets, a journal of its own, and the main thread at the other end. */
const { rtpTimeoutMs, descriptors, ...places } = workerData as WorkerOptions
const port = parentPort
if (!port) throw new Error('worker.ts runs as a worker thread only')

const clock = systemClock
warmUp()
// Now, and not while others talk: it takes some milliseconds.
loadOpus()
const recorder = await openRecorder({ ...places, clock })
const host = new Host({
  clock,
  openRtp: await cheapestSockets(clock, new OpenDescriptors(descriptors)),
  openRtcp: dgramSockets(clock),
  recorder,
  rtpTimeoutMs,
  post(message: FromHost) {
    port.postMessage(message)
    if (message.kind === 'shut-down') port.close()
  },
})
port.on('message', (message: ToHost) => host.receive(message))
port.postMessage({ kind: 'ready' })
settleMemory()
