import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import { textOf } from './gather.ts'
import { type Current, hearRecording } from './hear-recording.ts'

/** More names at once are no house's: the later ones go without words. */
const MOST_WAITING = 8

/** Hears names that were said at gates from their recordings, one after the other. */
export interface SaidNames extends AsyncDisposable {
  readonly isBusy: boolean
  /** Resolves to its words; '': there are none. Never rejects. */
  hear(callId: string, durationMs: number): Promise<string>
}

export function openSaidNames(options: {
  readonly mailboxes: Pick<Mailboxes, 'nameFile'>
  readonly current: () => Current | undefined
  /** Nobody waits any more. */
  readonly freed: () => void
  readonly clock: Clock
  readonly log: Log
}): SaidNames {
  const { mailboxes, current, freed, clock, log } = options
  const closing = new AbortController()
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function write(callId: string, durationMs: number): Promise<string> {
    const by = current()
    if (!by || closing.signal.aborted) return ''
    try {
      const path = await mailboxes.nameFile(callId)
      const { segments } = await hearRecording({ path, durationMs }, by, { clock, closing: closing.signal })
      return textOf(segments)
    } catch (error) {
      if (!closing.signal.aborted) log.warn({ err: error, callId }, 'a name that was said has no words')
      return ''
    }
  }

  return {
    get isBusy() {
      return waiting > 0
    },
    async hear(callId, durationMs) {
      if (waiting >= MOST_WAITING || !current()) return ''
      waiting++
      const said = last.then(() => write(callId, durationMs))
      last = said
      const words = await said
      waiting--
      if (waiting === 0) freed()
      return words
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
      await last
    },
  }
}
