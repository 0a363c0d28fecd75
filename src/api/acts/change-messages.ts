import type { Mailboxes } from '../../mailbox/mailbox.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Store } from '../../store/store.ts'
import type { MessageBatch, MessageBatchDone, MessageFilter } from '../contract.ts'
import { type AuditTools, noteAll } from './audit.ts'
import { leftBy, readFilter } from './messages.ts'

const AUDITED = {
  trash: 'deleted',
  restore: 'restored',
  purge: 'purged',
  heard: null,
  new: null,
  junk: null,
  'not-junk': null,
} as const
/** So many are changed in one transaction; calls are let through before the next. */
const AT_A_TIME = 200

type Tools = AuditTools & {
  readonly store: Pick<Store, 'contacts' | 'mailboxes' | 'lines' | 'settings'>
  readonly mailboxes: Pick<Mailboxes, 'changeAll' | 'list'>
  readonly clock: Clock
}

/** Does it to many: to those that are named, or to all that a list would find. Each that it changed is written down. */
export async function changeMessages(tools: Tools, batch: MessageBatch): Promise<MessageBatchDone> {
  const { act, ids, all, except = [] } = batch
  if ((ids === undefined) === (all === undefined))
    throw new AnswerphoneError('AP_INPUT_INVALID', {
      what: 'Name the messages by ids, or by all: one of both.',
    })
  const at = tools.clock.now()
  const changed: string[] = []
  let count = 0
  const groups = all ? found(tools, all, new Set(except)) : [ids ?? []]
  for await (const group of groups) {
    const done = await changeGroup(tools, act, group, at)
    count += done.length
    if (ids) changed.push(...done)
  }
  return { changed, count, changedAt: new Date(at).toISOString() }
}

async function changeGroup(
  tools: Tools,
  act: MessageBatch['act'],
  ids: readonly string[],
  at: number,
): Promise<readonly string[]> {
  const changed = await tools.mailboxes.changeAll(act, ids, at)
  const audited = AUDITED[act]
  if (audited !== null)
    await noteAll(
      tools,
      audited,
      changed.map((message) => ({
        messageId: message.id,
        ...(act === 'purge' && { detail: leftBy(message) }),
      })),
    )
  return changed.map(({ id }) => id)
}

/** Their ids, page by page; a page's end holds its place, whatever becomes of what is on it. */
async function* found(
  { store, mailboxes, clock }: Tools,
  filter: MessageFilter,
  except: ReadonlySet<string>,
): AsyncGenerator<readonly string[]> {
  const query = await readFilter(store, filter)
  for (let cursor: string | null = null; ; ) {
    const page = await mailboxes.list({ ...query, limit: AT_A_TIME, ...(cursor !== null && { cursor }) })
    yield page.rows.map(({ id }) => id).filter((id) => !except.has(id))
    cursor = page.nextCursor
    if (cursor === null) return
    await new Promise<void>((resume) => clock.setTimer(0, resume))
  }
}
