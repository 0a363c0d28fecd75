import type { Words } from '../i18n/words.ts'
import { formatNumber } from './phone-number.ts'

/** Who called: as the owner knows him, and as the line gave it. */
export interface Caller {
  readonly contact: { readonly name: string } | null
  readonly callerNumber: string | null
  readonly callerName: string | null
}

/** What stands first for a caller: the name, or else the number, or that it was withheld. */
export function callerTitle(caller: Caller, words: Words): string {
  const { callerNumber } = caller
  return nameOf(caller) ?? (callerNumber ? formatNumber(callerNumber) : words.caller.withheld)
}

/** What stands second: the number, when the name stands first. */
export function callerDetail(caller: Caller): string | null {
  return nameOf(caller) !== null && caller.callerNumber ? formatNumber(caller.callerNumber) : null
}

/** The contact's name before the line's. Many providers repeat the number where the name belongs; that is no name. */
function nameOf({ contact, callerName, callerNumber }: Caller): string | null {
  if (contact) return contact.name
  return callerName !== null && callerName.trim() !== '' && callerName !== callerNumber ? callerName : null
}
