import { sql } from 'kysely'
import { clampLimit, cutPage, type Place, readCursor } from '../cursor.ts'
import type { Database } from '../engine.ts'
import { needleOf } from '../fold.ts'
import type { CountedPage, MessageQuery, MessageState } from '../model.ts'
import { soughtWords } from '../words.ts'
import { isOneOf, orWrittenAbout } from './callers.ts'
import { columnsFor } from './columns-for.ts'
import { MESSAGE_COLUMNS, toMessage } from './message-row.ts'

/**
 * One page, newest first. Each state is one range of an index that is already in order, so a page costs its rows and
 * no more, however many messages there are; the ranges are merged by the outer order. What is skipped costs a step in
 * the index each, from the nearer end.
 */
export async function listMessages(database: Database, query: MessageQuery): Promise<CountedPage> {
  const { kysely, read, containing } = database
  const size = clampLimit(query.limit)
  const states = [...new Set<MessageState>(query.states ?? ['new', 'heard'])]
  const needle = needleOf(query.q ?? '')
  const found = needle !== '' ? await containing('messages', needle, soughtWords(query.q ?? '')) : undefined
  const column = columnsFor(found)
  const matches = found && (await orWrittenAbout(database, found.condition, needle))
  const total = await countAll(database, query, states)

  const range = (state: MessageState, after?: Place) => {
    let rows = kysely.selectFrom('messages').where(column('state'), '=', state)
    if (query.mailboxId !== undefined) rows = rows.where(column('mailboxId'), '=', query.mailboxId)
    if (query.callers) rows = rows.where(isOneOf(query.callers, column))
    if (query.receivedFrom !== undefined) rows = rows.where('receivedAt', '>=', query.receivedFrom)
    if (query.receivedBefore !== undefined) rows = rows.where('receivedAt', '<', query.receivedBefore)
    if (query.changedAt !== undefined) rows = rows.where('stateSince', '=', query.changedAt)
    if (after) rows = rows.where(sql<boolean>`("receivedAt", "id") < (${after.at}, ${after.id})`)
    return matches ? rows.where(matches) : rows
  }

  /** The place of the last of those that are skipped; undefined when there are not so many. */
  const skipped = async (count: number, after?: Place): Promise<Place | undefined> => {
    const isNearerToTheEnd = after === undefined && total !== null && count > total / 2
    if (isNearerToTheEnd && count > total) return undefined
    const order = isNearerToTheEnd ? 'asc' : 'desc'
    const [first, ...others] = states.map((state) => range(state, after).select(['receivedAt', 'id']))
    if (!first) return undefined
    const [last] = await read(
      others
        .reduce((all, rows) => all.unionAll(rows), first)
        .orderBy('receivedAt', order)
        .orderBy('id', order)
        .limit(1)
        .offset(isNearerToTheEnd ? total - count : count - 1),
    )
    return last && placeOf(last)
  }

  let after = query.cursor === undefined ? undefined : readCursor(query.cursor)
  const none = { rows: [], nextCursor: null, total }
  if (query.skip) {
    after = await skipped(query.skip, after)
    if (!after) return none
  }
  const [first, ...others] = states.map((state) =>
    kysely
      .selectFrom(
        range(state, after)
          .select(MESSAGE_COLUMNS)
          .orderBy('receivedAt', 'desc')
          .orderBy('id', 'desc')
          .limit(size + 1)
          .as('range'),
      )
      .selectAll(),
  )
  if (!first) return none
  const rows = await read(
    others
      .reduce((all, others) => all.unionAll(others), first)
      .orderBy('receivedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(size + 1),
  )
  return { ...cutPage(rows.map(toMessage), size, placeOf), total }
}

const placeOf = ({ receivedAt, id }: { readonly receivedAt: number; readonly id: string }): Place => ({
  at: receivedAt,
  id,
})

/** How many there are in all, from the counters; null for what those do not know. */
async function countAll(
  { kysely, read }: Database,
  { mailboxId, q = '', callers, receivedFrom, receivedBefore, changedAt }: MessageQuery,
  states: readonly MessageState[],
): Promise<number | null> {
  if (
    needleOf(q) !== '' ||
    [callers, receivedFrom, receivedBefore, changedAt].some((limit) => limit !== undefined)
  )
    return null
  if (states.length === 0) return 0
  let counts = kysely.selectFrom('message_counts').select('count').where('state', 'in', states)
  if (mailboxId !== undefined) counts = counts.where('mailboxId', '=', mailboxId)
  return (await read(counts)).reduce((sum, { count }) => sum + count, 0)
}
