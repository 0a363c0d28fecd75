import { writeSync } from 'node:fs'
import { type Logger, pino } from 'pino'

/**
 * A structured log. Never log a password, a token, a nonce's secret or a caller's words; a number is fine at `debug`.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>

const stderr = {
  write(line: string): void {
    try {
      writeSync(process.stderr.fd, line)
    } catch {
      // Its disk is full, or its terminal was closed. pino's own destination would throw wherever a line is said.
    }
  },
}

/** Logs to stderr as JSON lines, so that stdout stays for what the command has to say. What can't be written stops nobody. */
export function openLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stderr)
}

/** A log that says nothing, for tests and for the CLI. */
export const silentLog: Log = pino({ level: 'silent' })
