import type { Words } from '../i18n/words.ts'

/** Who called: as the owner knows him, and as the line gave it. */
export interface Caller {
  readonly contact: { readonly name: string } | null
  readonly callerNumber: string | null
  readonly callerE164: string | null
  /** As people write it where the line is. */
  readonly callerDisplay: string | null
  readonly callerName: string | null
}

/** What stands first for a caller: the name, or else the number, or that it was withheld. */
export function callerTitle(caller: Caller, words: Words): string {
  return nameOf(caller) ?? shownNumber(caller) ?? words.caller.withheld
}

/** What stands second: the number, when the name stands first. */
export function callerDetail(caller: Caller): string | null {
  return nameOf(caller) !== null ? shownNumber(caller) : null
}

/** By which a caller's other calls are asked for: how the line wrote it may differ from call to call. */
export const askedNumber = ({ callerNumber, callerE164 }: Pick<Caller, 'callerNumber' | 'callerE164'>) =>
  callerE164 ?? callerNumber

/** What an older version has kept for when the machine is out of reach has no other than the number. */
export const shownNumber = ({
  callerNumber,
  callerDisplay,
}: Pick<Caller, 'callerNumber' | 'callerDisplay'>) => (callerDisplay ?? callerNumber) || null

/** The contact's name before the line's. Many providers repeat the number where the name belongs; that is no name. */
export function nameOf({ contact, callerName, callerNumber }: Caller): string | null {
  if (contact) return contact.name
  return callerName !== null && callerName.trim() !== '' && callerName !== callerNumber ? callerName : null
}
