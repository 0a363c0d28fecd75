import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { start } from '../../test/helpers/processes.ts'
import { fillMessages } from './fill.ts'
import { makeDataDirectory, rssMbOf } from './subject.ts'
import { openTable } from './table.ts'

const BIN = join(import.meta.dirname, '../../bin/answerphone.js')
const REST_MS = 10_000
const STARTS = 3

/** How soon the machine takes calls, and what it holds in memory when nobody calls. */
export async function measureRest({ rows }: { readonly rows: number }): Promise<void> {
  const row = openTable('Start and rest', ['messages', 'ready ms', 'RSS MB'])
  using data = makeDataDirectory()
  await startOnce(data.path) // makes the database
  for (const messages of [0, rows]) {
    if (messages > 0) fillMessages(join(data.path, 'answerphone.db'), messages)
    for (let turn = 0; turn < STARTS; turn++) {
      const { readyMs, rssMb } = await startOnce(data.path, REST_MS)
      row(messages, Math.round(readyMs), rssMb)
    }
  }
}

async function startOnce(data: string, restMs = 0): Promise<{ readyMs: number; rssMb: number }> {
  const flags = ['--data', data, '--sip', '127.0.0.1:0', '--http', '127.0.0.1:0', '--log-level', 'error']
  const from = performance.now()
  await using machine = start(process.execPath, [BIN, 'serve', ...flags])
  await machine.until(/answerphone ready/, 30_000)
  const readyMs = performance.now() - from
  await pause(restMs)
  return { readyMs, rssMb: rssMbOf(machine.child.pid ?? 0) }
}
