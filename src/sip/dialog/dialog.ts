import type { SipRequest, SipResponse } from '../message/message.ts'
import { formatNameAddress } from '../message/name-address.ts'
import { callIdOf, contactsOf, cseqOf, fromOf, recordRoutesOf, tagOf, toOf } from '../message/read.ts'
import type { ReceivedRequest, ReceivedResponse } from '../transaction/layer.ts'
import type { Source } from '../transport/transport.ts'

/** The state of a dialog (RFC 3261 §12), early or confirmed. A change makes a new one. */
export interface Dialog {
  readonly callId: string
  readonly localTag: string
  /** Empty for a caller after RFC 2543, who sends no tag (RFC 3261 §12.1.1). */
  readonly remoteTag: string
  readonly localUri: string
  readonly remoteUri: string
  /** Where requests go: the other side's Contact. */
  readonly remoteTarget: string
  /** Route values in the order in which requests are to visit them. */
  readonly routeSet: readonly string[]
  /** The number of our last request; 0 before the first. */
  readonly localCSeq: number
  /** The number of their last request. */
  readonly remoteCSeq: number | undefined
  /** Where the message came from that made the dialog or last refreshed its target. */
  readonly peer: Source
  /** The host in the Via of that message, where it was a request: what that host calls itself. */
  readonly peerSentBy: string | undefined
}

/** The dialog as the side that was called sees it (RFC 3261 §12.1.1). Undefined without a target. */
export function dialogOfRequest(
  request: ReceivedRequest,
  localTag: string,
  sentBy: string | undefined,
): Dialog | undefined {
  const from = fromOf(request)
  const to = toOf(request)
  const remoteTarget = targetOf(request)
  if (!from || !to || remoteTarget === undefined) return undefined
  return {
    callId: callIdOf(request) ?? '',
    localTag,
    remoteTag: tagOf(from) ?? '',
    localUri: to.uri,
    remoteUri: from.uri,
    remoteTarget,
    routeSet: (recordRoutesOf(request) ?? []).map(formatNameAddress),
    localCSeq: 0,
    remoteCSeq: cseqOf(request)?.number,
    peer: request.source,
    peerSentBy: sentBy,
  }
}

/** The dialog as the caller sees it (RFC 3261 §12.1.2). A response without a Contact leaves the Request-URI as target. */
export function dialogOfResponse(request: SipRequest, response: ReceivedResponse): Dialog {
  const from = fromOf(request)
  const to = toOf(response)
  return {
    callId: callIdOf(request) ?? '',
    localTag: tagOf(from) ?? '',
    remoteTag: tagOf(to) ?? '',
    localUri: from?.uri ?? '',
    remoteUri: to?.uri ?? request.uri,
    remoteTarget: soleContact(response) ?? request.uri,
    routeSet: (recordRoutesOf(response) ?? []).map(formatNameAddress).reverse(),
    localCSeq: cseqOf(request)?.number ?? 0,
    remoteCSeq: undefined,
    peer: response.source,
    peerSentBy: undefined,
  }
}

/**
 * Where requests to a caller will go: his only Contact. A caller after RFC 2543, who is known by having no tag, need
 * not give one (RFC 4475 §3.4.1); then it is his From.
 */
export function targetOf(invite: SipRequest): string | undefined {
  const from = fromOf(invite)
  if (tagOf(from) === undefined && !invite.headers.has('Contact')) return from?.uri
  return soleContact(invite)
}

/** The URI of the only Contact; undefined for none, several, `*` or a broken one. */
function soleContact(message: SipRequest | SipResponse): string | undefined {
  const contacts = contactsOf(message)
  if (contacts === undefined || contacts === '*' || contacts.length !== 1) return undefined
  return contacts[0]?.uri
}

/** Whether a request within a dialog belongs to this one (RFC 3261 §12.2.2). Our own tag has been compared already. */
export function belongs(dialog: Dialog, request: SipRequest): boolean {
  return callIdOf(request) === dialog.callId && (tagOf(fromOf(request)) ?? '') === dialog.remoteTag
}

/**
 * Takes the number of their request into account. Undefined when it is out of order, which is answered with 500
 * (RFC 3261 §12.2.2).
 */
export function advanceRemoteCSeq(dialog: Dialog, cseq: number): Dialog | undefined {
  if (dialog.remoteCSeq !== undefined && cseq < dialog.remoteCSeq) return undefined
  return { ...dialog, remoteCSeq: cseq }
}

/** Takes the Contact of a target refresh (INVITE, UPDATE and their 2xx) as the new target (RFC 3261 §12.2). */
export function refreshTarget(
  dialog: Dialog,
  message: ReceivedRequest | ReceivedResponse,
  sentBy: string | undefined,
): Dialog {
  const remoteTarget = soleContact(message)
  return remoteTarget === undefined
    ? dialog
    : { ...dialog, remoteTarget, peer: message.source, peerSentBy: sentBy ?? dialog.peerSentBy }
}
