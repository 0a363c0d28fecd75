import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Runs a command to its end and gives what it printed; rejects with its stderr when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<string> {
  const { stdout } = await execute(command, [...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    timeout: options.timeoutMs ?? 180_000,
    maxBuffer: 64 << 20,
  })
  return stdout
}

/** A process that runs beside a test. */
export interface Background extends AsyncDisposable {
  readonly child: ChildProcess
  /** Everything on stdout and stderr so far. */
  output(): string
  /** Resolves when the output matches; rejects, quoting it, when it does not in time or the process ends before. */
  until(pattern: RegExp, timeoutMs?: number): Promise<RegExpMatchArray>
  /** As `until`, of what is printed from now on. */
  next(pattern: RegExp, timeoutMs?: number): Promise<RegExpMatchArray>
  /** Writes a line to its standard input. */
  say(line: string): void
  /** Resolves with the exit code (null: killed by a signal). */
  readonly ended: Promise<number | null>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/**
 * Put in front of a command, it has the kernel kill the process when we die (prctl(2)), however we do: a test that ran
 * out of time never leaves its scope, and a run that is stopped may not say so.
 */
const WITH_US = ['setpriv', '--pdeathsig', 'KILL'] as const

/** Starts a process; it is killed when the test's scope is left, at the latest with the tests themselves. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): Background {
  const [program, ...flags] = WITH_US
  const child = spawn(program, [...flags, command, ...args], { stdio: ['pipe', 'pipe', 'pipe'], ...options })
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      for (const listener of listeners) listener()
    })
  }
  let over = false
  const ended = new Promise<number | null>((resolve) => {
    const done = (code: number | null) => {
      over = true
      for (const listener of listeners) listener()
      resolve(code)
    }
    child.on('error', (error) => {
      output += String(error)
      done(null)
    })
    child.on('close', done)
  })

  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (!over) child.kill(signal)
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000)
    const code = await ended
    clearTimeout(hard)
    return code
  }
  const wait = (from: number, pattern: RegExp, timeoutMs: number) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer)
        listeners.delete(look)
        act()
      }
      const look = () => {
        const match = output.slice(from).match(pattern)
        if (match) settle(() => resolve(match))
        else if (over) settle(() => reject(new Error(`${command} ended before ${pattern}:\n${output}`)))
      }
      const timer = setTimeout(
        () => settle(() => reject(new Error(`${command}: no ${pattern} in ${timeoutMs} ms:\n${output}`))),
        timeoutMs,
      )
      listeners.add(look)
      look()
    })
  return {
    child,
    output: () => output,
    until: (pattern, timeoutMs = 15_000) => wait(0, pattern, timeoutMs),
    next: (pattern, timeoutMs = 15_000) => wait(output.length, pattern, timeoutMs),
    say: (line) => void child.stdin?.write(`${line}\n`),
    ended,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

/** Waits for what a process needs before it is of use; stops it when that fails, for nobody else could. */
export async function readied(process: Background, ready: Promise<unknown>): Promise<Background> {
  try {
    await ready
    return process
  } catch (error) {
    await process.stop('SIGKILL')
    throw error
  }
}

/** Waits in real time: only for tests with real peers. */
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Polls until `probe` gives something; rejects after `timeoutMs`, with what `probe` said last. */
export async function eventually<Result>(
  probe: () => Promise<Result | undefined | false>,
  timeoutMs = 30_000,
): Promise<Result> {
  const until = performance.now() + timeoutMs
  let last: unknown
  while (performance.now() < until) {
    try {
      const result = await probe()
      if (result !== undefined && result !== false) return result
      last = result
    } catch (error) {
      last = error
    }
    await sleep(50)
  }
  throw new Error(`not within ${timeoutMs} ms: ${String(last)}`)
}
