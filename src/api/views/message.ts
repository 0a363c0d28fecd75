import type { Message } from '../../store/model.ts'
import type { Message as MessageView } from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'
import type { Names } from './names.ts'

/** A message as the API shows it. */
export function showMessage(message: Message, names: Names): MessageView {
  return {
    id: message.id,
    callId: message.callId,
    mailbox: names.mailbox(message.mailboxId),
    line: names.line(message.lineId),
    callerNumber: message.callerNumber,
    callerName: message.callerName,
    receivedAt: iso(message.receivedAt),
    durationMs: message.durationMs,
    state: message.state,
    heardAt: isoOrNull(message.heardAt),
    trashedAt: isoOrNull(message.trashedAt),
    cutOff: message.cutOff,
    note: message.note,
    pickedUp: message.pickedUp,
    kind: message.kind,
  }
}
