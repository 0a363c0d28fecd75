import { PassThrough, type Readable } from 'node:stream'
import type { Machine } from '../../machine/machine.ts'
import type { Clock, Timer } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { Store } from '../../store/store.ts'
import type { ApiEvent } from '../contract.ts'
import { followEvents } from './follow-events.ts'

/** Everybody who follows the events. */
export interface EventHub {
  /**
   * A stream of server-sent events for one client. `isStillAllowed` is asked at every heartbeat and whenever someone's
   * access may have ended; a client whose login has ended is let go. Rejects with AP_TOO_MANY_LISTENERS.
   */
  open(isStillAllowed: () => Promise<boolean>): Readable
  /** Ends every stream. */
  close(): void
}

const MOST_CLIENTS = 200
/** A client that does not read gets no more than this; it comes back and reads the lists again. */
const MOST_BUFFERED_BYTES = 256 * 1024
const HEARTBEAT_MS = 15_000
/** What says who may listen. */
const ACCESS_TABLES = ['sessions', 'tokens', 'users']

export function createEventHub(options: {
  readonly machine: Pick<Machine, 'watch'>
  readonly store: Pick<Store, 'lines' | 'mailboxes' | 'messages' | 'onChange'>
  readonly clock: Clock
  readonly log: Log
}): EventHub {
  const { clock } = options
  const clients = new Set<Client>()
  let timer: Timer | undefined

  const leave = (client: Client) => {
    clients.delete(client)
    client.stream.end()
    if (clients.size === 0) timer?.cancel()
  }
  const write = ({ stream }: Client, text: string) => {
    if (stream.writableLength + stream.readableLength > MOST_BUFFERED_BYTES) stream.destroy()
    else stream.write(text)
  }
  const letGo = () => {
    for (const client of clients)
      void client.isStillAllowed().then(
        (allowed) => allowed || leave(client),
        () => leave(client),
      )
  }
  const beat = () => {
    timer = clock.setTimer(HEARTBEAT_MS, () => {
      for (const client of clients) write(client, ': still here\n\n')
      letGo()
      beat()
    })
  }
  const unsubscribe = options.store.onChange((tables) => {
    if (tables.size === 0 || ACCESS_TABLES.some((table) => tables.has(table))) letGo()
  })
  const unfollow = followEvents({
    ...options,
    isAnyoneThere: () => clients.size > 0,
    publish(event: ApiEvent) {
      const text = `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`
      for (const client of clients) write(client, text)
    },
  })

  return {
    open(isStillAllowed) {
      if (clients.size >= MOST_CLIENTS)
        throw new AnswerphoneError('AP_TOO_MANY_LISTENERS', { most: MOST_CLIENTS })
      const client: Client = { stream: new PassThrough(), isStillAllowed }
      if (clients.size === 0) beat()
      clients.add(client)
      client.stream.on('close', () => leave(client))
      // Something at once, so that proxies pass the head on and the page knows that the stream stands.
      client.stream.write('retry: 2000\n\n')
      return client.stream
    },
    close() {
      unsubscribe()
      unfollow()
      for (const client of clients) leave(client)
      timer?.cancel()
    },
  }
}

interface Client {
  readonly stream: PassThrough
  readonly isStillAllowed: () => Promise<boolean>
}
