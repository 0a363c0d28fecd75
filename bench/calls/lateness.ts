import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { RunningMachine } from '../../test/helpers/running-machine.ts'
import { openChild } from './child.ts'
import { fillMessages } from './fill.ts'
import type { LoadOrder, LoadReport } from './orders.ts'
import { startSubject } from './subject.ts'
import { openTable } from './table.ts'

const DIALS_PER_SECOND = 100
const ROWS = 5000
const READERS = 4

/** How late the callers' packets are while the main thread rests, and while readers of the API keep it busy. */
export async function measureLateness(options: {
  readonly calls: number
  readonly seconds: number
}): Promise<void> {
  const row = openTable(`Lateness of the packets to ${options.calls} callers, ms`, [
    'main thread',
    'late p50',
    'late p99',
    'gaps',
    'pages read',
  ])
  for (const readers of [0, READERS]) {
    await using subject = await startSubject()
    await using load = openChild<LoadOrder, LoadReport>('calls/load-caller.ts')
    const { machine } = subject
    fillMessages(join(machine.data, 'answerphone.db'), ROWS)
    await load.ask({ kind: 'open', calls: options.calls }, 'opened')
    await load.ask({ kind: 'dial', sipPort: machine.sip.port, perSecond: DIALS_PER_SECOND }, 'talking')
    const reading = readPages(machine, readers)
    await load.ask({ kind: 'measure' }, 'measuring')
    await pause(options.seconds * 1000)
    const { lateP50, lateP99, gaps } = await load.ask({ kind: 'stop' }, 'stopped')
    row(readers === 0 ? 'at rest' : 'busy', lateP50, lateP99, gaps, await reading.stop())
  }
}

/** Reads pages of messages as fast as they come; `stop` resolves with how many. */
function readPages(machine: RunningMachine, readers: number): { stop(): Promise<number> } {
  let going = true
  let pages = 0
  const read = async () => {
    while (going) {
      await (await machine.api('/messages?limit=200')).arrayBuffer()
      pages++
    }
  }
  const all = Array.from({ length: readers }, read)
  return {
    async stop() {
      going = false
      await Promise.all(all)
      return pages
    },
  }
}
