import type { ContactOf } from '../../machine/contact-finder.ts'
import type { Message } from '../../store/model.ts'
import type { Transcript } from '../../store/transcript.ts'
import type { Message as MessageView } from '../contract.ts'
import { iso, isoOrNull } from './instant.ts'
import type { Names } from './names.ts'
import { hitIn, showTranscript } from './transcript.ts'

/**
 * A message as the API shows it.
 *
 * @param q what is sought, where it is
 */
export function showMessage(
  message: Message,
  names: Names,
  contactOf: ContactOf,
  transcript?: Transcript,
  q = '',
): MessageView {
  return {
    id: message.id,
    callId: message.callId,
    mailbox: names.mailbox(message.mailboxId),
    line: names.line(message.lineId),
    callerNumber: message.callerNumber,
    callerE164: message.callerE164,
    callerDisplay: names.callerDisplay(message),
    callerName: message.callerName,
    contact: contactOf(message.callerNumber, message.callerE164),
    receivedAt: iso(message.receivedAt),
    durationMs: message.durationMs,
    state: message.state,
    heardAt: isoOrNull(message.heardAt),
    trashedAt: isoOrNull(message.trashedAt),
    cutOff: message.cutOff,
    note: message.note,
    pickedUp: message.pickedUp,
    kind: message.kind,
    forwardedBy: message.forwardedBy,
    junkReason: message.junkReason,
    transcript: transcript ? showTranscript(transcript) : null,
    hit: transcript ? hitIn(transcript, q) : null,
  }
}
