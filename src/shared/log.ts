import { type Logger, pino } from 'pino'

/**
 * A structured log. Never log a password, a token, a nonce's secret or a caller's words; a number is fine at `debug`.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>

/** Logs to stderr as JSON lines, so that stdout stays for what the command has to say. */
export function openLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
}

/** A log that says nothing, for tests and for the CLI. */
export const silentLog: Log = pino({ level: 'silent' })
