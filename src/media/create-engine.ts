import { Worker } from 'node:worker_threads'
import { type Clock, systemClock } from '../shared/clock.ts'
import { entryBeside } from '../shared/entry-beside.ts'
import { type Random, systemRandom } from '../shared/random.ts'
import { startHandshakes } from './dtls/start-handshakes.ts'
import type { HearTake, MediaEngine } from './engine.ts'
import { clipCodecs } from './front/clips.ts'
import { Front } from './front/front.ts'
import type { PortRange } from './front/port-pool.ts'
import { OpenDescriptors } from './socket/open-descriptors.ts'
import { closeLeft } from './socket/open-sockets.ts'
import type { FromHost, HostLink, ToHost } from './worker/messages.ts'
import type { WorkerOptions } from './worker/worker.ts'

export interface MediaEngineOptions {
  /** Worker threads; each has its own journal. */
  readonly workers: number
  readonly ports: PortRange
  /** `recoverTakes` has read and emptied it before. */
  readonly journalDir: string
  readonly recordingsDir: string
  /** Size of each worker's journal. */
  readonly journalBytes?: number
  /** `rtp-lost` after this long without a packet; default 30 s. */
  readonly rtpTimeoutMs?: number
  /** Addresses of ours at which browsers may find us; none but the session's own unless given. */
  readonly ownAddresses?: () => readonly string[]
  readonly hearTake?: HearTake
  /** The main thread's; workers have the machine's. */
  readonly clock?: Clock
  readonly random?: Random
}

/** A worker that dies sooner than this after its start is not started again at once. */
const SHORT_LIFE_MS = 5000
const PAUSE_MS = 1000

/**
 * Starts the media of the machine: worker threads with sockets, pacing and journals. Resolves when all of them are
 * ready; rejects with the reason when one can't open its journal. A worker that dies later fails its sessions and is
 * replaced.
 */
export async function createMediaEngine(options: MediaEngineOptions): Promise<MediaEngine> {
  const { clock = systemClock, random = systemRandom, ports } = options
  const { ownAddresses = () => [], hearTake } = options
  const front = new Front({ clock, random, ports, startHandshakes, ownAddresses, clipCodecs, hearTake })

  const keepUp = async (host: number): Promise<void> => {
    const startedAt = clock.monotonic()
    const descriptors = new OpenDescriptors()
    const worker = workerOptions(options, host, descriptors)
    const link = await startWorker(worker, (message) => front.receive(message), {
      onExit(why) {
        void closeLeft(descriptors)
        if (front.closing) return
        front.down(host, why)
        const delayMs = clock.monotonic() - startedAt < SHORT_LIFE_MS ? PAUSE_MS : 0
        const again = () => void (front.closing || keepUp(host).catch(() => clock.setTimer(PAUSE_MS, again)))
        clock.setTimer(delayMs, again)
      },
    })
    if (front.closing) return link.close()
    front.up(host, link)
  }

  const hosts = Array.from({ length: options.workers }, () => front.addSlot())
  const starts = await Promise.allSettled(hosts.map(keepUp))
  const failed = starts.find((start) => start.status === 'rejected')
  if (failed) {
    await front.close()
    throw failed.reason
  }
  return front
}

function workerOptions(
  options: MediaEngineOptions,
  host: number,
  descriptors: OpenDescriptors,
): WorkerOptions {
  const { journalDir, recordingsDir, journalBytes, rtpTimeoutMs = 30_000 } = options
  return {
    journalDir,
    recordingsDir,
    name: `w${host}`,
    descriptors: descriptors.shared,
    rtpTimeoutMs,
    ...(journalBytes !== undefined && { journalBytes }),
  }
}

/** Resolves when the worker is ready; rejects when it dies before. `onExit` is called for a death after that. */
function startWorker(
  workerData: WorkerOptions,
  receive: (message: FromHost) => void,
  { onExit }: { onExit: (why: string) => void },
): Promise<HostLink> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entryBeside(import.meta.url, 'worker/worker'), {
      workerData,
      name: 'media',
      execArgv: [],
    })
    const gone = Promise.withResolvers<void>()
    let why = 'it ended'
    let ready = false
    worker.on('error', (error) => {
      why = error instanceof Error ? error.message : String(error)
    })
    worker.once('exit', () => {
      gone.resolve()
      if (ready) onExit(why)
      else reject(new Error(why))
    })
    worker.on('message', (message: FromHost | { kind: 'ready' }) => {
      if (message.kind !== 'ready') return receive(message)
      ready = true
      resolve({
        post: (order: ToHost) => worker.postMessage(order),
        close() {
          worker.postMessage({ kind: 'shut-down' } satisfies ToHost)
          return gone.promise
        },
      })
    })
  })
}
