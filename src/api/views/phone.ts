import { bracketed } from '../../shared/bracketed.ts'
import type { Phone, PhoneBinding } from '../../store/model.ts'
import type { Phone as PhoneView } from '../contract.ts'
import { iso } from './instant.ts'
import type { Names } from './names.ts'

/**
 * A phone as the API shows it, with the devices that are registered for it at the instant `now`.
 *
 * @param bindings of all phones
 */
export function showPhone(
  phone: Phone,
  bindings: readonly PhoneBinding[],
  names: Names,
  now: number,
): PhoneView {
  const { id, name, mailboxIds, speaker, speakerGainDb, srtp, createdAt, hasRegistered } = phone
  return {
    id,
    name,
    mailboxes: mailboxIds.map(names.mailbox),
    speaker,
    speakerGainDb,
    srtp,
    createdAt: iso(createdAt),
    hasRegistered,
    devices: bindings
      .filter(({ phoneId, expiresAt }) => phoneId === id && expiresAt > now)
      .map(({ userAgent, transport, address, port, expiresAt }) => ({
        userAgent,
        address: `${transport} ${bracketed(address)}:${port}`,
        until: iso(expiresAt),
      })),
  }
}
