import { PassThrough, type Readable } from 'node:stream'
import type { Clock, Timer } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Store } from '../../store/store.ts'

/** One client that reads server-sent events. */
export interface ClientStream {
  readonly stream: Readable
  write(text: string): void
  end(): void
}

/** The clients of one kind of events: how many there may be, for how long, and how much may wait for a slow one. */
export interface ClientStreams {
  readonly all: ReadonlySet<ClientStream>
  /**
   * `isStillAllowed` is asked at every heartbeat and whenever someone's access may have ended; a client whose login has
   * ended is let go. Throws AP_TOO_MANY_LISTENERS.
   */
  open(isStillAllowed: () => Promise<boolean>, onGone?: () => void): ClientStream
  /** Ends every stream. */
  close(): void
}

const MOST_CLIENTS = 200
const HEARTBEAT_MS = 15_000
/** What says who may listen. */
const ACCESS_TABLES = ['sessions', 'tokens', 'users']

export function openClientStreams(options: {
  readonly store: Pick<Store, 'onChange'>
  readonly clock: Clock
  /** A client that does not read gets no more than this; it may come back. */
  readonly mostBufferedBytes: number
}): ClientStreams {
  const { clock, mostBufferedBytes } = options
  const clients = new Map<ClientStream, () => Promise<boolean>>()
  const all = new Set<ClientStream>()
  let timer: Timer | undefined

  const letGo = () => {
    for (const [client, isStillAllowed] of clients)
      void isStillAllowed().then(
        (allowed) => allowed || client.end(),
        () => client.end(),
      )
  }
  const beat = () => {
    timer = clock.setTimer(HEARTBEAT_MS, () => {
      for (const client of all) client.write(': still here\n\n')
      letGo()
      beat()
    })
  }
  const unsubscribe = options.store.onChange((tables) => {
    if (tables.size === 0 || ACCESS_TABLES.some((table) => tables.has(table))) letGo()
  })
  const leave = (client: ClientStream): boolean => {
    clients.delete(client)
    const was = all.delete(client)
    if (all.size === 0) timer?.cancel()
    return was
  }

  return {
    all,
    open(isStillAllowed, onGone = () => {}) {
      if (all.size >= MOST_CLIENTS)
        throw new AnswerphoneError('AP_TOO_MANY_LISTENERS', { most: MOST_CLIENTS })
      const stream = new PassThrough()
      const client: ClientStream = {
        stream,
        write(text) {
          if (stream.writableLength + stream.readableLength > mostBufferedBytes) stream.destroy()
          else stream.write(text)
        },
        end() {
          if (leave(client)) onGone()
          stream.end()
        },
      }
      if (all.size === 0) beat()
      all.add(client)
      clients.set(client, isStillAllowed)
      stream.on('close', client.end)
      // Something at once, so that proxies pass the head on and the page knows that the stream stands.
      stream.write('retry: 2000\n\n')
      return client
    },
    close() {
      unsubscribe()
      for (const client of all) client.end()
      timer?.cancel()
    },
  }
}
