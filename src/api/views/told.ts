import type { ContactOf } from '../../machine/contact-finder.ts'
import type { Delivery, FillNews, LineNews, LockNews } from '../../store/model.ts'
import type { Store } from '../../store/store.ts'
import type { WebhookBody } from '../contract.ts'
import { showPastCall } from './call.ts'
import { iso } from './instant.ts'
import { showMessage } from './message.ts'
import { readNames } from './names.ts'

export interface ToldTools {
  readonly store: Pick<Store, 'messages' | 'calls' | 'lines' | 'mailboxes' | 'transcripts'>
  readonly contactOf: ContactOf
}

/** What a webhook is told, as JSON: what it is about as it is now, in the words of this API. */
export async function composeTold(
  { id, event, at, subject }: Pick<Delivery, 'id' | 'event' | 'at' | 'subject'>,
  { store, contactOf }: ToldTools,
): Promise<string> {
  const names = await readNames(store)
  const head = { version: 1, id, timestamp: iso(at) } as const
  if (event === 'call-arrived' || event === 'call-ended') {
    const call = await store.calls.get(subject)
    return written({
      ...head,
      type: event,
      data: { call: call ? showPastCall(call, names, contactOf) : null },
    })
  }
  if (
    event === 'message-new' ||
    event === 'message-transcribed' ||
    event === 'message-heard' ||
    event === 'message-deleted'
  ) {
    const message = await store.messages.get(subject)
    const transcript = await store.transcripts.get(subject)
    const shown = message ? showMessage(message, names, contactOf, transcript) : null
    return written({ ...head, type: event, data: { message: shown } })
  }
  const said = JSON.parse(subject)
  if (event === 'line-lost' || event === 'line-back')
    return written({ ...head, type: event, data: { line: said } })
  if (event === 'pin-locked') return written({ ...head, type: event, data: { lock: said } })
  if (event === 'mailbox-filling' || event === 'mailbox-full' || event === 'storage-filling')
    return written({ ...head, type: event, data: { fill: said } })
  return written({ ...head, type: event, data: { problems: said } })
}

/** What waits of news of a line. */
export const toldOfLine = ({ line, since, problem }: Pick<LineNews, 'line' | 'since' | 'problem'>): string =>
  JSON.stringify({ name: line, since: iso(since), problem })

/** What waits of news of a mailbox that takes no PIN. */
export const toldOfLock = ({ mailbox, callerNumber, until }: LockNews): string =>
  JSON.stringify({ mailbox, callerNumber, until: iso(until) })

/** What waits of news of a mailbox or disk that fills up. */
export const toldOfFill = ({ mailbox, percent }: FillNews): string => JSON.stringify({ mailbox, percent })

export const fillEvent = ({ mailbox, level }: FillNews) =>
  mailbox === null ? 'storage-filling' : (`mailbox-${level}` as const)

/** What waits of news of the disk. */
export const toldOfStorage = (
  problems: readonly { readonly code: string; readonly message: string }[],
): string => JSON.stringify(problems)

/** What is sent to try a target out. */
export const toldAsTest = (id: string, now: number): string =>
  written({ version: 1, id, timestamp: iso(now), type: 'test', data: {} })

const written = (body: WebhookBody): string => JSON.stringify(body)
