import type { ErrorCode } from '../shared/errors.ts'

const MINUTE_MS = 60_000

/** How long after a failure a message is tried again: a server may be away for a night. */
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS, 240 * MINUTE_MS, 480 * MINUTE_MS]
/** What was wrong with one message may be so with the next, and is tried seldom. */
const TRIES_OF_COMMANDS = 3

/** Trying again changes nothing. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'AP_TRANSCRIBER_REFUSED',
  'AP_NOT_FOUND',
  'AP_RECORDING_MISSING',
])
const OF_COMMANDS: ReadonlySet<ErrorCode> = new Set([
  'AP_TRANSCRIBER_FAILED',
  'AP_TRANSCRIBER_TOO_SLOW',
  'AP_SPEECH_ENGINE_FAILED',
  'AP_SPEECH_ENGINE_MISSING',
  'AP_SPEECH_MODEL_MISSING',
])

/** After how many ms a message is tried again that has been tried so often; undefined: never. */
export function nextTry(tries: number, code: ErrorCode): number | undefined {
  if (FINAL.has(code) || (OF_COMMANDS.has(code) && tries >= TRIES_OF_COMMANDS)) return undefined
  return PAUSES_MS[tries - 1]
}

/** The server is the same for all: after this, no other message is tried for a while either. */
export const restAfter = (code: ErrorCode): number =>
  code === 'AP_TRANSCRIBER_UNREACHABLE' || code === 'AP_TRANSCRIBER_LOGIN_REFUSED' ? 30_000 : 0
