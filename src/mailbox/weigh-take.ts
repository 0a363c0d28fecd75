import type { RecordedTake } from '../media/recorder/recorder.ts'
import type { AfterPickUp, Message, MessageKind } from '../store/model.ts'
import { type Judged, judgeTake } from './judge-take.ts'
import type { Kept, TakeMeta } from './mailbox.ts'
import { readTakeMeta } from './take-meta.ts'

/**
 * What becomes of a finished take, before any row is written. Throws where it is none of a call: a name has no message.
 *
 * @param pickedUp somebody picked up while it was left: what its mailbox does then
 */
export function weighTake(take: RecordedTake, pickedUp: AfterPickUp | undefined): Kept {
  const meta = readTakeMeta(take.meta)
  if (!meta || meta.kind === 'name') throw new Error(`take ${take.takeId} has no meta of a message`)
  // Whom somebody talked to is no machine.
  const isTalk = pickedUp !== undefined || meta.kind === 'conversation'
  const judged = judgeTake(take, isTalk ? { ...meta, machinesToJunk: false } : meta)
  if (judged === 'nothing-said') return { kind: 'nothing-said' }
  if (pickedUp === 'discard') return { kind: 'discarded' }
  return {
    kind: 'message',
    message: messageOf(take, meta, { kind: meta.kind ?? 'message', judged }, pickedUp),
  }
}

function messageOf(
  take: RecordedTake,
  meta: TakeMeta,
  { kind, judged }: { readonly kind: MessageKind; readonly judged: Exclude<Judged, 'nothing-said'> },
  afterPickUp: AfterPickUp | undefined,
): Message {
  const junkReason = judged === 'message' ? null : judged
  const pickedUp =
    kind === 'conversation' || afterPickUp === 'keep' ? 'kept' : afterPickUp === 'ask' ? 'asked' : null
  return {
    id: take.takeId,
    callId: meta.callId,
    mailboxId: meta.mailboxId,
    lineId: meta.lineId,
    callerNumber: meta.callerNumber,
    callerE164: meta.callerE164 ?? null,
    callerName: meta.callerName,
    receivedAt: take.startedAt,
    durationMs: take.durationMs,
    // Whom somebody talked to is no junk.
    state: pickedUp !== null ? 'heard' : meta.junk || junkReason ? 'junk' : 'new',
    stateBeforeTrash: null,
    trashedAt: null,
    heardAt: pickedUp === null ? null : take.startedAt,
    cutOff: take.cutOff !== undefined,
    file: take.file,
    note: '',
    pickedUp,
    kind,
    forwardedBy: null,
    junkReason,
  }
}
