import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** Where a command speaks and listens. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  /** Whether words may be emphasised: a person reads, and has not asked for plain text. */
  readonly isStyled: boolean
  /** How many characters a line of it has; undefined: nobody knows. */
  readonly columns?: number | undefined
  /** Writes what the command has to say. */
  print(text: string | Uint8Array): void
  /** Writes what is said besides: errors, hints. */
  warn(text: string): void
  /** All of the standard input. */
  readInput(): Promise<string>
  /** The same, but one line that is not shown where a person types: `prompt` says what is wanted. */
  readSecret(prompt: string): Promise<string>
}

/**
 * The terminal of this process. Whoever stops reading early (`| head`) ends the command, and that is no error. Nor is a hint that
 * can't be written.
 */
export function processTerminal(): Terminal {
  const { stdout, stderr, stdin, env } = process
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  stderr.on('error', () => {})
  return {
    env,
    columns: stdout.columns ?? (Number(env['COLUMNS']) || undefined),
    isStyled: stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    print: (chunk) => void stdout.write(chunk),
    warn: (chunk) => void stderr.write(chunk),
    readInput: () => text(stdin),
    readSecret: (prompt) => (stdin.isTTY ? askUnseen(prompt) : text(stdin)),
  }
}

/** Asks whoever sits at the terminal for one line, and does not show it. */
function askUnseen(prompt: string): Promise<string> {
  process.stderr.write(prompt)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  return new Promise((resolve) => {
    lines.once('line', resolve).once('SIGINT', () => {
      process.stderr.write('\n')
      process.exit(130)
    })
  }).finally(() => {
    lines.close()
    process.stderr.write('\n')
  }) as Promise<string>
}
