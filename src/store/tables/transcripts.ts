import { type ExpressionBuilder, sql } from 'kysely'
import type { Database } from '../engine.ts'
import type { Schema } from '../schema.ts'
import type { Segment, Transcript, TranscriptStore } from '../transcript.ts'
import { wordText } from '../words.ts'

/** How many rows `addMissing` adds at a time. */
const MISSING_BATCH = 500

export function transcriptTable({ kysely, read, write }: Database): TranscriptStore {
  const select = kysely.selectFrom('transcripts').selectAll()
  const update = kysely.updateTable('transcripts')
  const claimable = kysely.selectFrom('transcripts').select('messageId').where('nextAt', 'is not', null)

  /** Has the message found by what was said in it, and by its name and note together with that. */
  const setWords = async (messageId: string, text: string): Promise<void> => {
    const [row] = await read(
      kysely.selectFrom('messages').select(['callerName', 'note']).where('id', '=', messageId),
    )
    const words = row && text !== '' ? wordText(row.callerName, row.note, text) : ''
    await write('messages', kysely.updateTable('messages').set({ words }).where('id', '=', messageId))
  }
  const change = async (messageId: string, query: typeof update): Promise<Transcript | undefined> => {
    const { rows } = await write('transcripts', query.where('messageId', '=', messageId).returningAll())
    return rows[0] && toTranscript(rows[0] as Schema['transcripts'])
  }

  /** A row for each of these messages that has none. */
  const fresh = (nextAt: number) =>
    kysely
      .selectFrom('messages')
      .select((eb) => [
        'id as messageId',
        'receivedAt',
        sql<'waiting'>`'waiting'`.as('state'),
        sql<string>`''`.as('text'),
        sql<string>`'[]'`.as('segments'),
        sql<number>`0`.as('tries'),
        eb.cast<number>(eb.val(nextAt), 'bigint').as('nextAt'),
        sql<string>`''`.as('detail'),
      ])
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('transcripts')
              .select('messageId')
              .whereRef('transcripts.messageId', '=', 'messages.id'),
          ),
        ),
      )
  /** Of what machines leave only recordings say something. */
  const hasWords = ({ eb, or }: ExpressionBuilder<Schema, 'messages'>) =>
    or([eb('junkReason', 'is', null), eb('junkReason', '=', 'recorded')])
  const addAll = async (messages: ReturnType<typeof fresh>): Promise<number> => {
    const { numAffectedRows = 0n } = await write(
      'transcripts',
      kysely
        .insertInto('transcripts')
        .columns(['messageId', 'receivedAt', 'state', 'text', 'segments', 'tries', 'nextAt', 'detail'])
        .expression(messages)
        .onConflict((taken) => taken.column('messageId').doNothing()),
    )
    return Number(numAffectedRows)
  }
  const add = async (messageId: string, nextAt: number): Promise<void> => {
    await addAll(fresh(nextAt).where('id', '=', messageId).where(hasWords))
  }

  return {
    add,
    addMissing: (receivedFrom, nextAt) =>
      addAll(
        fresh(nextAt)
          .where('state', 'in', ['new', 'heard'])
          .where('receivedAt', '>=', receivedFrom)
          .orderBy('receivedAt', 'desc')
          .limit(MISSING_BATCH),
      ),
    async get(messageId) {
      const [row] = await read(select.where('messageId', '=', messageId))
      return row && toTranscript(row)
    },
    async ofMessages(messageIds) {
      if (messageIds.length === 0) return new Map()
      const rows = await read(select.where('messageId', 'in', messageIds))
      return new Map(rows.map((row) => [row.messageId, toTranscript(row)]))
    },
    async claim(now, leaseEndsAt) {
      const due = claimable
        .where('nextAt', '<=', now)
        .orderBy('receivedAt', 'desc')
        .orderBy('messageId', 'desc')
        .limit(1)
      const { rows } = await write(
        'transcripts',
        update
          .set(({ eb }) => ({ tries: eb('tries', '+', 1), nextAt: leaseEndsAt }))
          .where('messageId', '=', due)
          // Asked again: another process may have taken it between the two (PostgreSQL reads the row anew).
          .where('nextAt', '<=', now)
          .returningAll(),
      )
      return rows[0] && toTranscript(rows[0])
    },
    async nextAt() {
      const [row] = await read(
        kysely
          .selectFrom('transcripts')
          .select(({ fn }) => fn.min('nextAt').as('at'))
          .where('nextAt', 'is not', null),
      )
      return row?.at ?? undefined
    },
    async settle(messageId, { segments, ...outcome }) {
      // The words first: stopped in between, it is tried again.
      if (outcome.text !== undefined) await setWords(messageId, outcome.text)
      return change(
        messageId,
        update.set({ ...outcome, ...(segments && { segments: JSON.stringify(segments) }) }),
      )
    },
    async again(messageId, now) {
      await add(messageId, now)
      return change(
        messageId,
        update.set({ nextAt: now, tries: 0, problem: null, detail: '', state: 'waiting' }),
      )
    },
    async copy(messageId, to) {
      const [row] = await read(select.where('messageId', '=', messageId))
      if (!row) return
      await write(
        'transcripts',
        kysely
          .insertInto('transcripts')
          .values({ ...row, messageId: to })
          .onConflict((taken) => taken.column('messageId').doNothing()),
      )
      await setWords(to, row.text)
    },
    async counts() {
      const rows = await read(
        kysely
          .selectFrom('transcripts')
          .select(({ fn }) => ['state', fn.countAll<number | string>().as('count')])
          .groupBy('state'),
      )
      return rows.map(({ state, count }) => ({ state, count: Number(count) }))
    },
  }
}

const toTranscript = ({ segments, ...row }: Schema['transcripts']): Transcript => ({
  ...row,
  segments: JSON.parse(segments) as readonly Segment[],
})
