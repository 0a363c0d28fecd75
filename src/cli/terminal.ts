import { text } from 'node:stream/consumers'

/** Where a command speaks and listens. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  /** Whether words may be emphasised: a person reads, and has not asked for plain text. */
  readonly isStyled: boolean
  /** Writes what the command has to say. */
  print(text: string | Uint8Array): void
  /** Writes what is said besides: errors, hints. */
  warn(text: string): void
  /** All of the standard input. */
  readInput(): Promise<string>
}

/** The terminal of this process. Whoever stops reading early (`| head`) ends the command, and that is no error. */
export function processTerminal(): Terminal {
  const { stdout, stderr, stdin, env } = process
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  return {
    env,
    isStyled: stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    print: (chunk) => void stdout.write(chunk),
    warn: (chunk) => void stderr.write(chunk),
    readInput: () => text(stdin),
  }
}
