/**
 * What a recorded call-second costs: callers and the media engine in processes of their own on loopback, both
 * directions at 50 packets a second per call, every recording checked frame by frame. Beside it, the floor of
 * node:dgram that does nothing but receive and send.
 *
 *     node bench/media-load.ts [--calls 50,200,800,2000] [--seconds 10] [--workers 1] [--floor 200]
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { wrongFrames } from './media/check-recording.ts'
import { FRAME_MS } from './media/frame.ts'
import type { LoadOrder, LoadReport, SubjectOrder, SubjectReport } from './media/orders.ts'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '50,200,800,2000' },
    seconds: { type: 'string', default: '10' },
    workers: { type: 'string', default: '1' },
    floor: { type: 'string', default: '200' },
    /** Where journals and recordings go: a disk of the kind that the machine will have. */
    folder: { type: 'string', default: '.' },
  },
})
const SETTLE_MS = 1000

interface Result {
  /** CPU ms per call-second while receiving, sending and writing the journal. */
  readonly live: number
  /** CPU ms per call-second of ending the takes and making their WAV files. */
  readonly saving: number
  /** Packets that the subject did not receive of those sent. */
  readonly lost: number
  /** Packets of the subject that did not come, or not in their turn. */
  readonly gaps: number
  readonly wrong: number
}

async function ask<
  Order extends { kind: string },
  Report extends { kind: string },
  Kind extends Report['kind'],
>(child: ChildProcess, order: Order, kind: Kind): Promise<Report & { kind: Kind }> {
  child.send(order)
  return next<Report, Kind>(child, kind)
}

async function next<Report extends { kind: string }, Kind extends Report['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Report & { kind: Kind }> {
  const [message] = (await once(child, 'message')) as [Report]
  if (message.kind !== kind) throw new Error(`expected ${kind}, got ${JSON.stringify(message)}`)
  return message as Report & { kind: Kind }
}

async function run(subjectFile: string, calls: number, seconds: number, folder: string): Promise<Result> {
  const load = fork(join(import.meta.dirname, 'media/load-caller.ts'))
  const subject = fork(join(import.meta.dirname, subjectFile), [folder, values.workers])
  const toLoad = <Kind extends LoadReport['kind']>(order: LoadOrder, kind: Kind) =>
    ask<LoadOrder, LoadReport, Kind>(load, order, kind)
  const toSubject = <Kind extends SubjectReport['kind']>(order: SubjectOrder, kind: Kind) =>
    ask<SubjectOrder, SubjectReport, Kind>(subject, order, kind)

  const frames = Math.round((seconds * 1000 + 2 * SETTLE_MS) / FRAME_MS)
  const callers = await toLoad({ kind: 'open', first: 0, calls }, 'opened')
  const { ports } = await toSubject({ kind: 'open', callerPorts: callers.ports }, 'opened')
  load.send({ kind: 'start', ports, frames } satisfies LoadOrder)
  const allSent = next<LoadReport, 'all-sent'>(load, 'all-sent')
  await pause(SETTLE_MS)
  await toSubject({ kind: 'measure' }, 'measuring')
  await pause(seconds * 1000)
  const live = await toSubject({ kind: 'read' }, 'measured')
  await allSent
  await pause(SETTLE_MS / 4)
  const beforeSaving = await toSubject({ kind: 'read' }, 'measured')
  subject.send({ kind: 'finish' } satisfies SubjectOrder)
  const finished = await next<SubjectReport, 'finished'>(subject, 'finished')
  const { sent, gaps } = await toLoad({ kind: 'stop' }, 'stopped')

  let wrong = 0
  for (const [call, file] of finished.files.entries()) wrong += await wrongFrames(file, call, frames)
  const recordedSeconds = (calls * frames * FRAME_MS) / 1000
  return {
    live: live.cpuMs / ((calls * live.wallMs) / 1000),
    saving: (finished.cpuMs - beforeSaving.cpuMs) / recordedSeconds,
    lost: sent - finished.received,
    gaps,
    wrong,
  }
}

const seconds = Number(values.seconds)
const cell = (value: string | number) => String(value).padStart(10)
const line = (name: string, calls: number, { live, saving, lost, gaps, wrong }: Result) =>
  console.log(
    [name.padEnd(12), calls, live.toFixed(3), saving.toFixed(3), lost, gaps, wrong].map(cell).join(''),
  )

console.log('CPU ms per recorded call-second, and packets or frames that went wrong')
console.log(['', 'calls', 'live', 'saving', 'lost', 'gaps', 'wrong'].map(cell).join(''))
const jobs = [
  { name: 'node:dgram', subject: 'media/bare-subject.ts', calls: Number(values.floor) },
  ...values.calls.split(',').map((calls) => ({
    name: 'answerphone',
    subject: 'media/engine-subject.ts',
    calls: Number(calls),
  })),
]
for (const { name, subject, calls } of jobs) {
  if (calls === 0) continue
  const folder = await mkdtemp(join(values.folder, 'media-load-'))
  line(name, calls, await run(subject, calls, seconds, folder))
  await rm(folder, { recursive: true })
}
