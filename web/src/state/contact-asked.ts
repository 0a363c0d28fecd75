import { signal } from '@preact/signals'
import type { KnownContact } from '../../../src/api/contract.ts'
import { askedNumber } from '../format/caller.ts'

/** A caller to whom the owner wants to give a name, or whose contact she wants to change. */
export interface ContactAsked {
  readonly number: string
  /** What stands in the field first. */
  readonly name: string
  readonly contact: KnownContact | null
}

/** For whom the dialog is open; null: it is not. */
export const contactAsked = signal<ContactAsked | null>(null)

/** Opens the dialog for this caller; who withheld a number can't be known again. */
export function editContact(caller: {
  readonly callerNumber: string | null
  readonly callerE164: string | null
  readonly callerName: string | null
  readonly contact: KnownContact | null
}): void {
  const { callerName, contact } = caller
  const number = askedNumber(caller)
  if (number !== null) contactAsked.value = { number, name: callerName ?? '', contact }
}
