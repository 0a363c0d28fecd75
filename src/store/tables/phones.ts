import type { Credentials } from '../../shared/credentials.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import { ConstraintViolation, type Database } from '../engine.ts'
import type { Phone } from '../model.ts'
import type { Schema } from '../schema.ts'
import type { PhoneStore } from '../store.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

/** All but the hashes. */
const COLUMNS = ['id', 'name', 'speaker', 'speakerGainDb', 'srtp', 'createdAt', 'hasRegistered'] as const

type Row = Pick<Schema['phones'], (typeof COLUMNS)[number]>

export function phoneTable({ kysely, read, write }: Database, makeId: MakeId): PhoneStore {
  const select = kysely.selectFrom('phones').select(COLUMNS)
  const selectMailboxes = kysely.selectFrom('phone_mailboxes').selectAll().orderBy('mailboxId')

  const get = async (key: string): Promise<Phone | undefined> => {
    const rows = await read(select.where((is) => is.or([is('id', '=', key), is('name', '=', key)])))
    const row = rows.find(({ id }) => id === key) ?? rows[0]
    if (!row) return undefined
    const mailboxes = await read(selectMailboxes.where('phoneId', '=', row.id))
    return toPhone(row, mailboxes)
  }
  const need = async (key: string): Promise<Phone> => {
    const phone = await get(key)
    if (!phone) throw new AnswerphoneError('AP_NOT_FOUND', { kind: 'phone', id: key })
    return phone
  }
  const remove = (id: string) =>
    write('phones', kysely.deleteFrom('phones').where('id', '=', id), 'essential')

  /** New ones first: in between, the phone rings for too many rather than for none. */
  const setMailboxes = async (phoneId: string, mailboxIds: readonly string[]): Promise<void> => {
    if (mailboxIds.length > 0)
      await write(
        'phones',
        kysely
          .insertInto('phone_mailboxes')
          .values(mailboxIds.map((mailboxId) => ({ phoneId, mailboxId })))
          .onConflict((known) => known.columns(['phoneId', 'mailboxId']).doNothing()),
      ).catch((error: unknown) => {
        if (!(error instanceof ConstraintViolation && error.kind === 'foreign-key')) throw error
        throw new AnswerphoneError(
          'AP_NOT_FOUND',
          { kind: 'mailbox', id: mailboxIds.join(', ') },
          { cause: error },
        )
      })
    let others = kysely.deleteFrom('phone_mailboxes').where('phoneId', '=', phoneId)
    if (mailboxIds.length > 0) others = others.where('mailboxId', 'not in', mailboxIds)
    await write('phones', others, 'essential')
  }

  return {
    async list() {
      const rows = await read(select.orderBy('name'))
      const mailboxes = await read(selectMailboxes)
      return rows.map((row) => toPhone(row, mailboxes))
    },
    get,
    async add({ mailboxIds, speaker, ...fields }, credentials) {
      const row = {
        srtp: 'offered',
        ...fields,
        id: makeId(),
        speaker: speaker ? 1 : 0,
        hasRegistered: 0,
        ...toHashes(credentials),
      } as const
      await refuseTakenName('phone', row.name, write('phones', kysely.insertInto('phones').values(row)))
      try {
        await setMailboxes(row.id, mailboxIds)
      } catch (error) {
        await remove(row.id)
        throw error
      }
      return need(row.id)
    },
    async set(key, { mailboxIds, ...change }, credentials) {
      const { id, name, speaker, speakerGainDb, srtp } = { ...(await need(key)), ...change }
      if (mailboxIds) await setMailboxes(id, mailboxIds)
      await refuseTakenName(
        'phone',
        name,
        write(
          'phones',
          kysely
            .updateTable('phones')
            .set({
              name,
              speaker: speaker ? 1 : 0,
              speakerGainDb,
              srtp,
              ...(credentials ? toHashes(credentials) : {}),
            })
            .where('id', '=', id),
        ),
      )
      return need(id)
    },
    async remove(key) {
      await remove((await need(key)).id)
    },
    async credentials() {
      const rows = await read(kysely.selectFrom('phones').select(['name', 'sha256', 'md5']).orderBy('name'))
      return rows.map(({ name, sha256, md5 }) => ({ name, credentials: { 'SHA-256': sha256, MD5: md5 } }))
    },
  }
}

const toHashes = (credentials: Credentials) => ({ sha256: credentials['SHA-256'], md5: credentials.MD5 })

function toPhone(row: Row, mailboxes: readonly Schema['phone_mailboxes'][]): Phone {
  const own = mailboxes.filter(({ phoneId }) => phoneId === row.id)
  return {
    ...row,
    speaker: row.speaker === 1,
    hasRegistered: row.hasRegistered === 1,
    mailboxIds: own.map(({ mailboxId }) => mailboxId),
  }
}
