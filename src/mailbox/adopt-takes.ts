import type { RecordedTake } from '../media/recorder/recorder.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Message } from '../store/model.ts'
import type { CallStore, Store } from '../store/store.ts'
import type { Adopted, Mailboxes } from './mailbox.ts'

export interface AdoptOptions {
  readonly keep: Mailboxes['keep']
  readonly calls: Pick<CallStore, 'endAbandoned'>
  readonly flush: Store['flush']
  readonly clock: Clock
  readonly log: Log
}

/**
 * After the machine was stopped hard: makes messages of the takes that the journal still had, then ends the calls
 * that never ended (in this order, so that a call with a message says so). A take that can't be kept now stays in
 * the journal for the next start, and hinders no other.
 */
export async function adoptTakes(
  takes: readonly RecordedTake[],
  { keep, calls, flush, clock, log }: AdoptOptions,
): Promise<Adopted> {
  const messages: Message[] = []
  let unkept = 0
  for (const take of takes) {
    try {
      const kept = await keep(take)
      if (kept.kind === 'message') messages.push(kept.message)
    } catch (error) {
      unkept++
      log.error(
        { err: error, takeId: take.takeId },
        'a recovered take could not be kept; the journal holds it',
      )
    }
  }
  await calls.endAbandoned(clock.now())
  try {
    await flush()
  } catch (error) {
    // The rows are there, but a loss of power might take them: the journal must stay.
    log.warn({ err: error }, 'the database could not be synced')
    unkept = takes.length
  }
  return { messages, unkept }
}
