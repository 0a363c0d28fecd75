import type { Readable } from 'node:stream'
import type { Machine } from '../../machine/machine.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Store } from '../../store/store.ts'
import type { Level } from '../contract.ts'
import { openClientStreams } from './client-streams.ts'

/** Everybody who watches how loud callers are. */
export interface LevelHub {
  /**
   * A stream of the levels of these calls, which ends when the last of them has had its message; see `ClientStreams.open`.
   * Rejects with AP_CALL_OVER when on none of them a message is being left.
   */
  open(callIds: readonly string[], isStillAllowed: () => Promise<boolean>): Readable
  close(): void
}

/** Some hundred levels: who does not read sees no old ones. */
const MOST_BUFFERED_BYTES = 8 * 1024

export function createLevelHub(options: {
  readonly machine: Pick<Machine, 'watchLevels'>
  readonly store: Pick<Store, 'onChange'>
  readonly clock: Clock
}): LevelHub {
  const { machine } = options
  const clients = openClientStreams({ ...options, mostBufferedBytes: MOST_BUFFERED_BYTES })
  return {
    open(callIds, isStillAllowed) {
      const stops = new Map<string, () => void>()
      const client = clients.open(isStillAllowed, () => {
        for (const stop of stops.values()) stop()
      })
      for (const callId of new Set(callIds)) {
        const stop = machine.watchLevels(callId, {
          onPeak(peak) {
            const level: Level = { callId, peak: Math.round(peak * 1000) / 1000 }
            client.write(`event: level\ndata: ${JSON.stringify(level)}\n\n`)
          },
          onEnd() {
            stops.delete(callId)
            if (stops.size === 0) client.end()
          },
        })
        if (stop) stops.set(callId, stop)
      }
      if (stops.size > 0) return client.stream
      client.end()
      throw new AnswerphoneError('AP_CALL_OVER', { id: callIds.join(', ') })
    },
    close: clients.close,
  }
}
