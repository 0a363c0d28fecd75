import type { Readable } from 'node:stream'
import type { Machine } from '../../machine/machine.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { Store } from '../../store/store.ts'
import type { Transcription } from '../../transcribe/open-transcription.ts'
import type { ApiEvent } from '../contract.ts'
import { openClientStreams } from './client-streams.ts'
import { followEvents } from './follow-events.ts'

/** Everybody who follows the events. */
export interface EventHub {
  /** A stream of server-sent events for one client; see `ClientStreams.open`. */
  open(isStillAllowed: () => Promise<boolean>): Readable
  /** Ends every stream. */
  close(): void
}

/** Who does not read comes back later, and reads the lists again. */
const MOST_BUFFERED_BYTES = 256 * 1024

export function createEventHub(options: {
  readonly machine: Pick<Machine, 'watch' | 'contactOf'>
  readonly store: Pick<Store, 'lines' | 'mailboxes' | 'messages' | 'transcripts' | 'onChange'>
  readonly transcription?: Pick<Transcription, 'wordsOf' | 'watch'> | undefined
  readonly clock: Clock
  readonly log: Log
}): EventHub {
  const clients = openClientStreams({ ...options, mostBufferedBytes: MOST_BUFFERED_BYTES })
  const unfollow = followEvents({
    ...options,
    isAnyoneThere: () => clients.all.size > 0,
    publish(event: ApiEvent) {
      const text = `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`
      for (const client of clients.all) client.write(text)
    },
  })
  return {
    open: (isStillAllowed) => clients.open(isStillAllowed).stream,
    close() {
      unfollow()
      clients.close()
    },
  }
}
