import { sql } from 'kysely'
import type { Attestation } from '../../shared/attestation.ts'
import type { CallStore, ForgottenCall } from '../call-store.ts'
import { clampLimit, cutPage, readCursor } from '../cursor.ts'
import type { Database } from '../engine.ts'
import { needleOf, searchText } from '../fold.ts'
import type { Call, CallDetails, SaidName } from '../model.ts'
import { prepare } from '../prepared.ts'
import type { Schema } from '../schema.ts'
import { called, isOneOf, orWrittenAbout } from './callers.ts'
import { columnsFor } from './columns-for.ts'

const COLUMNS = [
  'id',
  'lineId',
  'callerNumber',
  'callerE164',
  'callerName',
  'arrivedAt',
  'answeredAt',
  'endedAt',
  'outcome',
  'messageId',
  'attestation',
  'ruleId',
  'ruleName',
  'encrypted',
  'gate',
  'gateWent',
  'saidName',
] as const satisfies readonly (keyof Schema['calls'])[]

/** How many rows `removeBefore` removes at a time. */
const FORGET_BATCH = 500

type CallRow = Pick<Schema['calls'], (typeof COLUMNS)[number]>

const toCall = ({ attestation, gate, gateWent, saidName, ...row }: CallRow): Call => ({
  ...row,
  attestation: attestation === null ? null : (JSON.parse(attestation) as Attestation),
  gate: gate && {
    kind: gate,
    went: gateWent,
    name: saidName === null ? null : (JSON.parse(saidName) as SaidName),
  },
})

const toForgotten = ({ id, saidName }: Pick<CallRow, 'id' | 'saidName'>): ForgottenCall => ({
  id,
  name: saidName === null ? null : (JSON.parse(saidName) as SaidName),
})

type End = Required<Parameters<CallStore['end']>[1]> & { readonly id: string }

export function callTable(database: Database): CallStore {
  const { kysely, read, write, containing } = database
  const select = kysely.selectFrom('calls').select(COLUMNS)
  const insert = prepare<Omit<Schema['calls'], 'seq'>, unknown>(
    [...COLUMNS, 'said', 'callerKey', 'callerEnding', 'search'],
    (blanks) => kysely.insertInto('calls').values(blanks),
  )
  const finish = prepare<End, unknown>(
    ['id', 'answeredAt', 'endedAt', 'outcome', 'messageId', 'encrypted'],
    ({ id, ...end }) => kysely.updateTable('calls').set(end).where('id', '=', id),
  )

  return {
    async add({ gate, ...call }) {
      const search = searchText(call.callerNumber, call.callerName)
      await write(
        'calls',
        insert({
          ruleId: null,
          ruleName: null,
          encrypted: null,
          ...call,
          ...called(call.callerNumber, call.callerE164),
          attestation: call.attestation && JSON.stringify(call.attestation),
          gate: gate?.kind ?? null,
          gateWent: gate?.went ?? null,
          saidName: gate?.name ? JSON.stringify(gate.name) : null,
          said: JSON.stringify(call.said),
          search,
        }),
        'essential',
      )
    },
    async end(id, end) {
      await write('calls', finish({ encrypted: null, ...end, id }), 'essential')
    },
    async attest(id, attestation) {
      const change = { attestation: JSON.stringify(attestation) }
      await write('calls', kysely.updateTable('calls').set(change).where('id', '=', id), 'essential')
    },
    async gateOver(id, gateWent) {
      await write('calls', kysely.updateTable('calls').set({ gateWent }).where('id', '=', id), 'essential')
    },
    async nameSaid(id, name) {
      const change = { saidName: JSON.stringify(name) }
      const update = kysely.updateTable('calls').set(change).where('id', '=', id)
      const { numAffectedRows = 0n } = await write('calls', update, 'essential')
      return numAffectedRows > 0n
    },
    async nameFiles(afterId) {
      const rows = await read(
        kysely
          .selectFrom('calls')
          .select(['id', 'saidName'])
          .where('id', '>', afterId)
          .where('saidName', 'is not', null)
          .orderBy('id')
          .limit(1000),
      )
      return rows.map(({ id, saidName }) => ({ id, file: (JSON.parse(saidName ?? '') as SaidName).file }))
    },
    async get(id) {
      const [row] = await read(select.select('said').where('id', '=', id))
      return row && { ...toCall(row), said: JSON.parse(row.said) as CallDetails['said'] }
    },
    async list({ q, lineId, callers, cursor, limit }) {
      const size = clampLimit(limit)
      const needle = needleOf(q ?? '')
      const found = needle !== '' ? await containing('calls', needle) : undefined
      const column = columnsFor(found)
      let query = select
        .orderBy(column('arrivedAt'), 'desc')
        .orderBy('id', 'desc')
        .limit(size + 1)
      if (lineId !== undefined) query = query.where(column('lineId'), '=', lineId)
      if (callers) query = query.where(isOneOf(callers, column))
      if (found) query = query.where(await orWrittenAbout(database, found.condition, needle))
      if (cursor !== undefined) {
        const { at, id } = readCursor(cursor)
        query = query.where(sql<boolean>`("arrivedAt", "id") < (${at}, ${id})`)
      }
      return cutPage((await read(query)).map(toCall), size, (call) => ({ at: call.arrivedAt, id: call.id }))
    },
    async endAbandoned(at) {
      // A call that was picked up may have left two: the message, and then the conversation.
      const left = (column: string) =>
        sql<string>`(select ${sql.ref(column)} from "messages" where "messages"."callId" = "calls"."id"
          order by "kind" desc, "id" limit 1)`
      const ended = await write(
        'calls',
        kysely
          .updateTable('calls')
          .set({
            endedAt: at,
            messageId: left('messages.id'),
            outcome: sql`case
              when ${left('messages.id')} is null then 'interrupted'
              when ${left('messages.pickedUp')} is null then 'message'
              else 'picked-up' end`,
          })
          .where('endedAt', 'is', null),
        'essential',
      )
      return Number(ended.numAffectedRows ?? 0n)
    },
    async oldestAt() {
      const [row] = await read(kysely.selectFrom('calls').select('arrivedAt').orderBy('arrivedAt').limit(1))
      return row?.arrivedAt
    },
    async removeBefore(at) {
      const old = kysely
        .selectFrom('calls')
        .select('id')
        .where('arrivedAt', '<', at)
        .where('endedAt', 'is not', null)
        .orderBy('arrivedAt')
        .limit(FORGET_BATCH)
      const { rows } = await write(
        'calls',
        kysely.deleteFrom('calls').where('id', 'in', old).returning(['id', 'saidName']),
      )
      return rows.map(toForgotten)
    },
    async removeOf(callers, most) {
      const theirs = kysely
        .selectFrom('calls')
        .select('id')
        .where(isOneOf(callers))
        .where('endedAt', 'is not', null)
        .limit(most)
      const { rows } = await write(
        'calls',
        kysely.deleteFrom('calls').where('id', 'in', theirs).returning(['id', 'saidName']),
      )
      return rows.map(toForgotten)
    },
  }
}
