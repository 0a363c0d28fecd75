import { sql } from 'kysely'
import { clampLimit, cutPage, readCursor } from '../cursor.ts'
import type { Database } from '../engine.ts'
import type { FillNews, LineNews, LockNews, Mail } from '../model.ts'
import type { Schema } from '../schema.ts'
import type { MailStore } from '../store.ts'

export function mailTable({ kysely, read, write }: Database): MailStore {
  const select = kysely.selectFrom('mails').selectAll()
  const update = kysely.updateTable('mails')
  const waiting = select.where('state', '=', 'waiting')

  return {
    async add(mails) {
      if (mails.length > 0) await write('mails', kysely.insertInto('mails').values(mails.map(toRow)))
    },
    async get(id) {
      const [row] = await read(select.where('id', '=', id))
      return row && toMail(row)
    },
    async list({ state, messageId, cursor, limit }) {
      const size = clampLimit(limit)
      let query = select
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(size + 1)
      if (state !== undefined) query = query.where('state', '=', state)
      if (messageId !== undefined) query = query.where('messageId', '=', messageId)
      if (cursor !== undefined) {
        const { at, id } = readCursor(cursor)
        query = query.where(sql<boolean>`("createdAt", "id") < (${at}, ${id})`)
      }
      const rows = (await read(query)).map(toMail)
      return cutPage(rows, size, ({ createdAt, id }) => ({ at: createdAt, id }))
    },
    async claim(now, leaseEndsAt) {
      const due = kysely
        .selectFrom('mails')
        .select('id')
        .where('state', '=', 'waiting')
        .where('nextAt', '<=', now)
        .orderBy('nextAt')
        .orderBy('id')
        .limit(1)
      const { rows } = await write(
        'mails',
        update
          .set(({ eb }) => ({ tries: eb('tries', '+', 1), nextAt: leaseEndsAt }))
          .where('id', '=', due)
          // Asked again: another process may have taken it between the two (PostgreSQL reads the row anew).
          .where('nextAt', '<=', now)
          .returningAll(),
      )
      return rows[0] && toMail(rows[0])
    },
    async nextAt() {
      const [row] = await read(waiting.orderBy('nextAt').orderBy('id').limit(1))
      return row?.nextAt ?? undefined
    },
    async settle(id, outcome) {
      await write(
        'mails',
        update.set(outcome).where('id', '=', id).where('state', '=', 'waiting'),
        'essential',
      )
    },
    async hurry(now, messageId) {
      const all = update.set({ nextAt: now }).where('state', '=', 'waiting').where('nextAt', '>', now)
      await write(
        'mails',
        messageId === undefined ? all : all.where('messageId', '=', messageId).where('tries', '=', 0),
      )
    },
    async retry(id, now) {
      const again = { state: 'waiting', tries: 0, nextAt: now, endedAt: null } as const
      const { rows } = await write(
        'mails',
        update.set(again).where('id', '=', id).where('state', '<>', 'sent').returningAll(),
      )
      return rows[0] && toMail(rows[0])
    },
    async countSince(by, at) {
      const [row] = await read(
        kysely
          .selectFrom('mails')
          .select(({ fn }) => fn.countAll().as('count'))
          .where('by', '=', by)
          .where('createdAt', '>=', at),
      )
      return Number(row?.count ?? 0)
    },
    async remove(id) {
      const removed = await write('mails', kysely.deleteFrom('mails').where('id', '=', id), 'essential')
      return (removed.numAffectedRows ?? 0n) > 0n
    },
    async removeEndedBefore(at) {
      await write('mails', kysely.deleteFrom('mails').where('endedAt', '<', at), 'essential')
    },
  }
}

const toRow = ({ lineNews, lockNews, fillNews, ...mail }: Mail): Schema['mails'] => ({
  ...mail,
  lineNews: lineNews && JSON.stringify(lineNews),
  lockNews: lockNews && JSON.stringify(lockNews),
  fillNews: fillNews && JSON.stringify(fillNews),
})

const toMail = ({ lineNews, lockNews, fillNews, ...row }: Schema['mails']): Mail => ({
  ...row,
  lineNews: lineNews === null ? null : (JSON.parse(lineNews) as LineNews),
  lockNews: lockNews === null ? null : (JSON.parse(lockNews) as LockNews),
  fillNews: fillNews === null ? null : (JSON.parse(fillNews) as FillNews),
})
