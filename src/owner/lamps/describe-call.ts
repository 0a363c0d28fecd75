import { formatSipUri, type SipUri } from '../../sip/message/uri.ts'
import type { ShownCall } from './dialog-changes.ts'
import type { WatchedDialog } from './dialog-info.ts'

/** The address of a user in the domain by which a phone knows us: its requests to it come back to us. */
export function addressOf({ scheme, host, port }: SipUri, user: string): string {
  const none = { password: undefined, params: new Map(), headers: undefined }
  return formatSipUri({ scheme, user, host, port, ...none })
}

/**
 * A call as its watcher sees it. The caller's *target* is in our domain: that is whom a phone sends its INVITE with Replaces
 * to when it picks a call up (RFC 5359, call pickup), or calls outright when it can't say Replaces.
 */
export function describeCall(call: ShownCall, domain: SipUri, pickUpUser: string): WatchedDialog {
  const { id, dialog, state, line, callerNumber, callerName } = call
  const address = addressOf(domain, line)
  return {
    id,
    dialog,
    state,
    local: { uri: address, displayName: line, target: address },
    remote: {
      // RFC 3323 §4.1.1.3
      uri: callerNumber === null ? 'sip:anonymous@anonymous.invalid' : addressOf(domain, callerNumber),
      ...(callerName !== null && { displayName: callerName }),
      target: addressOf(domain, pickUpUser),
    },
  }
}
