import { Client, type ClientConfig } from 'pg'
import type { Clock, Timer } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import { CHANNEL } from './channel.ts'

const RECONNECT_MS = 1000

export interface ListenOptions {
  readonly connection: ClientConfig
  readonly clock: Clock
  readonly log: Log
}

/**
 * Hears what the triggers announce, on a connection of its own, which is made again whenever it breaks. Once it
 * listens, at first and each time again, `heard` gets an empty list: before that, anything may have changed. Returns
 * the end of it.
 */
export function listenForChanges(
  { connection, clock, log }: ListenOptions,
  heard: (tables: readonly string[]) => void,
): () => void {
  let ended = false
  let client: Client | undefined
  let timer: Timer | undefined

  const connect = async (): Promise<void> => {
    const mine = new Client(connection)
    client = mine
    const lost = (error?: Error): void => {
      if (ended || client !== mine) return
      client = undefined
      log.warn({ err: error }, 'not hearing the database; connecting again')
      timer = clock.setTimer(RECONNECT_MS, () => void connect())
      mine.end().catch(() => undefined)
    }
    mine.on('error', lost)
    mine.on('end', () => lost())
    mine.on('notification', ({ payload }) => heard(payload ? [payload] : []))
    try {
      await mine.connect()
      await mine.query(`listen ${CHANNEL}`)
      if (!ended) heard([])
    } catch (error) {
      lost(error instanceof Error ? error : undefined)
    }
  }

  void connect()
  return () => {
    ended = true
    timer?.cancel()
    client?.end().catch(() => undefined)
  }
}
