import type { Message } from '../model.ts'
import type { Schema } from '../schema.ts'

/** A message's columns, as they are read. */
export const MESSAGE_COLUMNS = [
  'id',
  'callId',
  'mailboxId',
  'lineId',
  'callerNumber',
  'callerE164',
  'callerName',
  'receivedAt',
  'durationMs',
  'state',
  'stateBeforeTrash',
  'trashedAt',
  'heardAt',
  'cutOff',
  'file',
  'note',
  'pickedUp',
  'kind',
  'forwardedBy',
  'junkReason',
] as const satisfies readonly (keyof Message)[]

export type MessageRow = Pick<Schema['messages'], (typeof MESSAGE_COLUMNS)[number]>

export const toMessage = (row: MessageRow): Message => ({ ...row, cutOff: row.cutOff === 1 })
