import { type SwitchCodes, switchOf } from '../owner/dialled.ts'
import type { Resource } from '../owner/lamps/lamps.ts'
import type { Phone } from '../owner/phone.ts'
import type { HouseLine } from '../owner/switchboard.ts'

/** The house as `resourceOf` looks at it. */
export interface House {
  readonly lines: readonly HouseLine[]
  /** The id of the mailbox of this name. */
  mailboxNamed(name: string): string | undefined
  readonly switchCodes: SwitchCodes
}

/**
 * What a phone may watch by the user part of its address: the phone's own name, one of its mailboxes, a line with such
 * a mailbox, or the code of a switch; undefined for everything else.
 */
export function resourceOf(
  { name, mailboxIds: own }: Phone,
  user: string,
  house: House,
): Resource | undefined {
  const which = switchOf(house.switchCodes, user)
  if (which !== undefined) return { mailboxIds: [], switch: which }
  if (user === name) return { mailboxIds: own }
  const line = house.lines.find((one) => one.name === user || one.number === user)
  if (line && own.includes(line.mailboxId)) return { mailboxIds: [line.mailboxId], line: line.name }
  const mailboxId = house.mailboxNamed(user)
  return mailboxId !== undefined && own.includes(mailboxId) ? { mailboxIds: [mailboxId] } : undefined
}
