import { rename } from 'node:fs/promises'
import type { RecordedTake } from '../media/recorder/recorder.ts'
import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import type { Message } from '../store/model.ts'
import type { CallStore, MessageStore, Store } from '../store/store.ts'
import { judgeTake } from './judge-take.ts'
import { saidNothing } from './machines/said-nothing.ts'
import type { Adopted, Mailboxes } from './mailbox.ts'
import { pathBelow } from './path-below.ts'
import { inPlaceOfName, isNameTake, readTakeMeta } from './take-meta.ts'

export interface AdoptOptions {
  readonly keep: Mailboxes['keep']
  readonly keepName: Mailboxes['keepName']
  /** Removes a take and its file, behind. */
  readonly discard: (take: RecordedTake) => void
  readonly messages: Pick<MessageStore, 'get'>
  readonly calls: Pick<CallStore, 'get' | 'end' | 'endAbandoned'>
  readonly flush: Store['flush']
  /** Where the takes' WAV files are. */
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
}

/**
 * After the machine was stopped hard: makes messages of the takes that the journal still had, then ends the calls
 * that never ended (in this order, so that a call with a message says so). A take that can't be kept now stays in
 * the journal for the next start, and hinders no other; so all takes may come again, and change nothing.
 */
export async function adoptTakes(takes: readonly RecordedTake[], options: AdoptOptions): Promise<Adopted> {
  const { calls, flush, clock, log } = options
  const messages: Message[] = []
  let unkept = 0
  for (const take of takes) {
    try {
      const message = await adopt(take, options)
      if (message) messages.push(message)
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

/** The message it became, if it did. Rejects when the store or the disk refuses now. */
async function adopt(take: RecordedTake, options: AdoptOptions): Promise<Message | undefined> {
  const { keep, discard, calls } = options
  const meta = readTakeMeta(take.meta)
  if (!meta) {
    await setAside(take, options)
    return undefined
  }
  const call = await calls.get(meta.callId)
  if (isNameTake(take)) {
    if (call?.gate?.went !== 'passed') return adopt(inPlaceOfName(take), options)
    if (judgeTake(take, { shortestMs: 0 }) === 'message') await options.keepName(take)
    else discard(take)
    return undefined
  }
  // Its call says that it was a message; where that is gone, somebody purged it.
  if (call?.messageId === take.takeId && !(await options.messages.get(take.takeId))) {
    discard(take)
    return undefined
  }
  const kept = await keep(take)
  if (kept.kind !== 'message') return undefined
  // An earlier start could not keep it, and ended its call without it.
  if (call?.outcome === 'interrupted')
    await calls.end(call.id, {
      answeredAt: call.answeredAt,
      endedAt: call.endedAt ?? options.clock.now(),
      outcome: outcomeOf(kept.message),
      messageId: take.takeId,
    })
  return kept.message
}

const outcomeOf = (message: Message) =>
  message.pickedUp !== null ? 'picked-up' : saidNothing(message) ? 'hung-up' : 'message'

/** A take that says of no call will never be a message. Its audio stays, under a name that the sweep leaves alone. */
async function setAside({ takeId, file }: RecordedTake, { folder, log }: AdoptOptions): Promise<void> {
  const path = pathBelow(folder, file)
  if (path === undefined) return
  const aside = `${path}.unknown`
  await rename(path, aside)
  log.error({ takeId, file: aside }, 'a recovered take tells of no call: its audio is set aside')
}
