import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { AnswerphoneError } from '../../shared/errors.ts'

/** More than an hour of talk. */
const MOST_OUTPUT = 4_000_000
const LONGEST_LINE = 64_000
/** The least of the processor that there is: it gets what the calls leave. */
const NICENESS = 19

export interface CommandRun {
  /** What it writes, line by line, until it ends well. Throws AP_TRANSCRIBER_FAILED. */
  readonly lines: AsyncIterable<string>
  /** Feeds it; resolves when there is room for more, or it reads no more. */
  write(pcm: Int16Array): Promise<void>
  endInput(): void
}

/**
 * Runs a command of the shell, with little priority, and kills it and all that it has started when the signal says so. Its
 * standard input is a pipe, and not the socket that Node would give it, for many a program opens /dev/stdin.
 */
export function runCommand(
  command: string,
  { env, signal }: { readonly env: Readonly<Record<string, string>>; readonly signal: AbortSignal },
): CommandRun {
  const child = spawn('sh', ['-c', `cat | nice -n ${NICENESS} sh -c "$0"`, command], {
    detached: true,
    stdio: 'pipe',
    env: { ...process.env, ...env },
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-500)
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  ended.catch(() => undefined)
  const kill = () => {
    if (child.pid === undefined || child.exitCode !== null) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has just ended.
    }
  }
  signal.addEventListener('abort', kill, { once: true })
  if (signal.aborted) kill()
  // It may end without having read.
  child.stdin.on('error', () => undefined)
  child.stdin.on('close', () => child.stdin.emit('drain'))

  async function* lines(): AsyncGenerator<string> {
    let rest = ''
    let written = 0
    try {
      child.stdout.setEncoding('utf8')
      for await (const chunk of child.stdout as AsyncIterable<string>) {
        written += chunk.length
        rest += chunk
        const whole = rest.split('\n')
        rest = whole.pop() ?? ''
        if (written > MOST_OUTPUT || rest.length > LONGEST_LINE)
          throw failed('it wrote more than anybody can say')
        yield* whole
      }
      const code = await ended.catch((error: Error) => {
        throw failed(error.message)
      })
      signal.throwIfAborted()
      if (code !== 0) throw failed(explain(code, complaint))
      if (rest !== '') yield rest
    } finally {
      kill()
      signal.removeEventListener('abort', kill)
    }
  }

  return {
    lines: lines(),
    async write(pcm) {
      if (!child.stdin.writable) return
      const bytes = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)
      // It may end without having read everything, and have said what it has to say.
      if (!child.stdin.write(bytes)) await once(child.stdin, 'drain').catch(() => undefined)
    },
    endInput: () => child.stdin.end(),
  }
}

const failed = (why: string) => new AnswerphoneError('AP_TRANSCRIBER_FAILED', { why })

function explain(code: number | null, complaint: string): string {
  const said = complaint.trim().split('\n').at(-1)
  return `it ended with ${code ?? 'a signal'}${said ? `: ${said}` : ''}`
}
