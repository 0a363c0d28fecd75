import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readOtherDatabase } from '../store/sqlite/read-other-database.ts'
import type { Findings, FoundMessage } from './found-message.ts'
import { soleBox } from './sole-box.ts'

/** A row of FreeSWITCH's voicemail (mod_voicemail.c); instants are seconds since the Unix epoch, 0 for never. */
interface Row {
  readonly created_epoch: number
  readonly read_epoch: number
  readonly username: string
  readonly domain: string
  readonly uuid: string
  readonly cid_name: string
  readonly cid_number: string
  readonly file_path: string
  readonly flags: string
}

export interface FreeSwitchPlace {
  /** `voicemail_default.db`, or a copy of it. */
  readonly database: string
  /** USER@DOMAIN, where the database has more than one mailbox. */
  readonly box?: string | undefined
  /** Where the recordings are now, if not where the database says: a copy of the folder `voicemail`, or a part of it. */
  readonly storage?: string | undefined
}

/**
 * Reads a mailbox of FreeSWITCH's voicemail: rows in SQLite, each with the path of its recording. Rejects with
 * AP_FILE_UNUSABLE, AP_IMPORT_NOTHING and AP_IMPORT_SEVERAL.
 */
export async function readFreeSwitchStorage({ database, box, storage }: FreeSwitchPlace): Promise<Findings> {
  const rows = readOtherDatabase<Row>(
    database,
    `select created_epoch, read_epoch, username, domain, uuid, cid_name, cid_number, file_path, flags
       from voicemail_msgs order by created_epoch`,
  )
  const boxes = [...new Set(rows.map(boxOf))].filter((name) => box === undefined || name === box)
  const wanted = soleBox(boxes, box ?? database)
  const ofBox = rows.filter((row) => boxOf(row) === wanted)
  const kept = ofBox.filter(({ flags }) => !/\bdelete\b/i.test(flags ?? ''))
  return { messages: kept.map((row) => readRow(row, storage)), deleted: ofBox.length - kept.length }
}

const boxOf = ({ username, domain }: Row) => `${username}@${domain}`

function readRow(row: Row, storage: string | undefined): FoundMessage {
  const isNew = !(row.read_epoch > 0)
  return {
    name: row.uuid,
    sounds: [locate(row.file_path, storage)],
    callerNumber: known(row.cid_number),
    callerName: row.cid_name === row.cid_number ? null : known(row.cid_name),
    receivedAt: row.created_epoch * 1000,
    state: isNew ? 'new' : 'heard',
    heardAt: isNew ? null : row.read_epoch * 1000,
    note: '',
  }
}

/** …/voicemail/PROFILE/DOMAIN/USER/msg_….wav: as many of its last parts as are found below where the files are now. */
function locate(path: string, storage: string | undefined): string {
  if (storage === undefined) return path
  const parts = path.split('/').filter((part) => part !== '' && part !== '..')
  const places = [1, 2, 3, 4].map((count) => join(storage, ...parts.slice(-count)))
  return places.find(existsSync) ?? path
}

const known = (text: string | null) =>
  text === null || /^(unknown|anonymous|0000000000|)$/i.test(text.trim()) ? null : text.trim().slice(0, 128)
