import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { type RunningMachine, startMachine } from '../../test/helpers/running-machine.ts'

/** The program under test, with the line `bench`: it answers at once, greets for 200 ms, and keeps every message. */
export interface Subject extends AsyncDisposable {
  readonly machine: RunningMachine
  readonly pid: number
}

/** A data directory on a disk of the kind that the machine will have: beside the benchmark, not in memory. */
export function makeDataDirectory(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(process.cwd(), '.bench-data-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export async function startSubject(): Promise<Subject> {
  await using opened = new AsyncDisposableStack()
  const data = opened.use(makeDataDirectory())
  const flags = ['--log-level', 'warn', '--rtp-ports', '16000-31999']
  const machine = await startMachine({ data: data.path, flags })
  process.once('exit', () => machine.process.child.kill('SIGKILL'))
  // An end in good order would wait for what the benchmark left.
  opened.defer(async () => void (await machine.process.stop('SIGKILL')))
  const greeting = join(data.path, 'short.wav')
  writeFileSync(greeting, writeWav(new Int16Array(1600), 8000))
  await machine.line('bench', { trunk: '127.0.0.0/8', ringSeconds: 0 })
  await machine.cli('greetings', 'add', 'short', '--file', greeting)
  await machine.cli('mailboxes', 'set', 'bench', '--greeting', 'short', '--shortest-seconds', '0')
  const kept = opened.move()
  return {
    machine,
    pid: machine.process.child.pid ?? 0,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** CPU time that a process has used in all its threads, ms, in steps of 10 (proc_pid_stat(5)). */
export function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Resident memory of a process, MB. */
export function rssMbOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
