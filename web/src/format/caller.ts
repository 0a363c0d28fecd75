import type { Words } from '../i18n/words.ts'
import { formatNumber } from './phone-number.ts'

/** Who called, as the line gave it. */
export interface Caller {
  readonly callerNumber: string | null
  readonly callerName: string | null
}

/** What stands first for a caller: the name, or else the number, or that it was withheld. */
export function callerTitle({ callerName, callerNumber }: Caller, words: Words): string {
  if (hasName({ callerName, callerNumber })) return callerName ?? ''
  return callerNumber ? formatNumber(callerNumber) : words.caller.withheld
}

/** What stands second: the number, when the name stands first. */
export function callerDetail(caller: Caller): string | null {
  return hasName(caller) && caller.callerNumber ? formatNumber(caller.callerNumber) : null
}

/** Many providers repeat the number where the name belongs; that is no name. */
function hasName({ callerName, callerNumber }: Caller): boolean {
  return callerName !== null && callerName.trim() !== '' && callerName !== callerNumber
}
