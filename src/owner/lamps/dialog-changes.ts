import type { LampCall } from './lamps.ts'

/** What the next document of a subscription says. */
export interface DialogChanges {
  readonly scope: 'full' | 'partial'
  readonly calls: readonly ShownCall[]
}

/** A call as a document shows it; a terminated one is told once and then forgotten (RFC 4235 §3.7.1). */
export type ShownCall = Omit<LampCall, 'state'> & { readonly state: LampCall['state'] | 'terminated' }

/**
 * Full the first time and after a refresh (nothing is `told` then; RFC 4235 §3.7, RFC 6665 §5.3.2), partial with what
 * changed from then on.
 *
 * When a call ends beside others the document is full too, without it: many phones take each document for the whole,
 * and would put out a lamp that has to shine for the others.
 */
export function changesSince(
  told: readonly LampCall[] | undefined,
  calls: readonly LampCall[],
): DialogChanges {
  if (told === undefined) return { scope: 'full', calls }
  const ended = told.filter(({ id }) => !calls.some((call) => call.id === id))
  const changed = calls.filter((call) => !told.some((before) => showsTheSame(before, call)))
  if (ended.length > 0 && calls.length > 0) return { scope: 'full', calls }
  if (ended.length === 0 && changed.length === 0) return { scope: 'full', calls }
  return { scope: 'partial', calls: [...ended.map(terminated), ...changed] }
}

/** Whether a subscriber who was told these calls has to be told something. */
export function hasChanged(told: readonly LampCall[] | undefined, calls: readonly LampCall[]): boolean {
  return (
    told?.length !== calls.length || !calls.every((call) => told.some((before) => showsTheSame(before, call)))
  )
}

const terminated = (call: LampCall): ShownCall => ({ ...call, state: 'terminated' })

function showsTheSame(one: LampCall, other: LampCall): boolean {
  return (
    one === other ||
    (one.id === other.id &&
      one.line === other.line &&
      one.state === other.state &&
      one.callerNumber === other.callerNumber &&
      one.callerName === other.callerName &&
      one.dialog.callId === other.dialog.callId &&
      one.dialog.localTag === other.dialog.localTag &&
      one.dialog.remoteTag === other.dialog.remoteTag)
  )
}
