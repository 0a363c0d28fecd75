import type { RecordedTake } from '../media/recorder/recorder.ts'
import type { TakeMeta } from './mailbox.ts'

/** Reads a take's meta, which may come from a journal that another version wrote. Undefined when it is not one of ours. */
export function readTakeMeta(meta: Readonly<Record<string, unknown>>): TakeMeta | undefined {
  const { callId, lineId, mailboxId, callerNumber, callerE164, callerName, shortestMs, kind } = meta
  if (typeof callId !== 'string' || typeof lineId !== 'string' || typeof mailboxId !== 'string')
    return undefined
  return {
    callId,
    lineId,
    mailboxId,
    callerNumber: typeof callerNumber === 'string' ? callerNumber : null,
    callerE164: typeof callerE164 === 'string' ? callerE164 : null,
    callerName: typeof callerName === 'string' ? callerName : null,
    shortestMs: typeof shortestMs === 'number' ? shortestMs : 0,
    kind: kind === 'conversation' || kind === 'name' ? kind : 'message',
    junk: meta['junk'] === true,
    machinesToJunk: meta['machinesToJunk'] === true,
    known: meta['known'] === true,
  }
}

/** Whether a take is of a name that was said at a gate. */
export const isNameTake = ({ meta }: Pick<RecordedTake, 'meta'>): boolean => meta['kind'] === 'name'

/** What was said at a gate in place of a name, as a message: who takes the beep for a machine's is no robot for it. */
export const inPlaceOfName = (take: RecordedTake): RecordedTake => ({
  ...take,
  meta: { ...take.meta, kind: 'message', junk: true, machinesToJunk: false },
})
