import { bracketed } from '../shared/bracketed.ts'
import type { Destination } from '../sip/index.ts'

export const sameHop = (one: Destination, other: Destination) =>
  one.transport === other.transport && one.address === other.address && one.port === other.port

/** A place as the owner reads it. */
export function serverOf({ transport, address, port }: Destination): string {
  return `${transport} ${bracketed(address)}:${port}`
}
