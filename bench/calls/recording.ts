import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '../../test/helpers/processes.ts'
import type { RunningMachine } from '../../test/helpers/running-machine.ts'
import type { SubjectOrder, SubjectReport } from '../media/orders.ts'
import { wrongFrames } from './check-messages.ts'
import { openChild } from './child.ts'
import type { LoadOrder, LoadReport, TalkResult } from './orders.ts'
import { cpuMsOf, startSubject } from './subject.ts'
import { openTable } from './table.ts'

const DIALS_PER_SECOND = 100
const SETTLE_MS = 1500

/**
 * What a recorded call-second costs: all calls record at the same time, both directions at 50 packets a second; the
 * floor is node:dgram that receives and sends as many and does nothing else.
 */
export async function measureRecording(options: {
  readonly calls: readonly number[]
  readonly seconds: number
  /** Calls' worth of packets for the floor; 0: no floor. */
  readonly floor: number
}): Promise<void> {
  const { calls, seconds, floor } = options
  const row = openTable('Recording: CPU ms per recorded call-second', [
    'calls',
    'CPU ms',
    'to floor',
    'wrong',
    'gaps',
    'sent again',
    'late p50',
    'late p99',
    'load CPU',
  ])
  const bare = floor === 0 ? Number.NaN : await measureFloor(floor, seconds)
  if (floor > 0) row(`floor ${floor}`, bare, 1, '', '', '', '', '', '')
  for (const count of calls) {
    const { cpu, wrong, result } = await measure(count, seconds)
    const { gaps, retransmitted, failed, lateP50, lateP99, cpuMs } = result
    const load = cpuMs / ((result.sent.reduce((sum, frames) => sum + frames, 0) * 20) / 1000)
    row(count, cpu, cpu / bare, wrong, gaps, retransmitted + failed, lateP50, lateP99, load)
  }
}

async function measure(calls: number, seconds: number) {
  await using subject = await startSubject()
  await using load = openChild<LoadOrder, LoadReport>('calls/load-caller.ts')
  const { machine, pid } = subject
  await load.ask({ kind: 'open', calls }, 'opened')
  await load.ask({ kind: 'dial', sipPort: machine.sip.port, perSecond: DIALS_PER_SECOND }, 'talking')
  await eventually(async () => (await recordingCalls(machine)) >= calls, 20_000)
  await pause(SETTLE_MS)
  await load.ask({ kind: 'measure' }, 'measuring')
  const [before, from] = [cpuMsOf(pid), performance.now()]
  await pause(seconds * 1000)
  const [used, lasted] = [cpuMsOf(pid) - before, performance.now() - from]
  const result: TalkResult = await load.ask({ kind: 'stop' }, 'stopped')
  const wrong = await wrongFrames(machine, result.sent)
  return { cpu: used / ((calls * lasted) / 1000), wrong, result }
}

/** How many calls record now, as the API tells it. */
async function recordingCalls(machine: RunningMachine): Promise<number> {
  const { live } = (await (await machine.api('/calls?limit=1')).json()) as { live: { phase: string }[] }
  return live.filter(({ phase }) => phase === 'recording').length
}

async function measureFloor(calls: number, seconds: number): Promise<number> {
  await using load = openChild<LoadOrder, LoadReport>('calls/load-caller.ts')
  await using subject = openChild<SubjectOrder, SubjectReport>('media/bare-subject.ts')
  const callers = await load.ask({ kind: 'open', calls }, 'opened')
  const { ports } = await subject.ask({ kind: 'open', callerPorts: callers.ports }, 'opened')
  await load.ask({ kind: 'talk', ports }, 'talking')
  await pause(SETTLE_MS)
  const [before, from] = [cpuMsOf(subject.pid), performance.now()]
  await pause(seconds * 1000)
  const [used, lasted] = [cpuMsOf(subject.pid) - before, performance.now() - from]
  await load.ask({ kind: 'stop' }, 'stopped')
  return used / ((calls * lasted) / 1000)
}
