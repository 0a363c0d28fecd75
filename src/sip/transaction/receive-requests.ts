import type { SipRequest } from '../message/message.ts'
import { validateRequest } from '../message/validate.ts'
import type { Source } from '../transport/transport.ts'
import type { TransactionLimits } from './create-layer.ts'
import type { ReceivedRequest, TransactionLayerEvents } from './layer.ts'
import { mergeKey, serverKey } from './matching.ts'
import type { ServerTransactions } from './server-transactions.ts'
import type { StatelessAnswer } from './stateless-answers.ts'

export interface RequestReception {
  readonly servers: ServerTransactions
  readonly events: TransactionLayerEvents
  readonly limits: TransactionLimits
  refuse(request: SipRequest, source: Source, status: number, answer?: StatelessAnswer): void
}

/** How long a caller that is turned away for load should wait (RFC 3261 §20.33), in seconds. */
const RETRY_AFTER_S = '10'

/** Takes each request that parsed to its transaction, opens one for a new request, or turns it away statelessly. */
export function receiveRequests({ servers, events, limits, refuse }: RequestReception) {
  return (request: ReceivedRequest) => {
    const { method, source } = request
    if (method === 'ACK') return receiveAck(request)
    const key = serverKey(request, method)
    const existing = key === undefined ? undefined : servers.find(key)
    if (existing) return existing.receive('request')

    const flaw = validateRequest(request)
    if (flaw || key === undefined) {
      const { status, ...answer } = flaw ?? { status: 400 }
      return refuse(request, source, status, answer)
    }
    if (method === 'CANCEL') return receiveCancel(request)
    const merge = mergeKey(request)
    // RFC 3261 §8.2.2.2: the same request by another way.
    if (merge !== undefined && servers.isMerged(merge)) return refuse(request, source, 482)
    if (servers.size >= limits.serverTransactions) {
      return refuse(request, source, 503, { headers: [['Retry-After', RETRY_AFTER_S]] })
    }
    const transaction = servers.open(request, key, merge)
    if (events.screen?.(transaction) === false) return
    servers.find(key)?.trying()
    events.onRequest(transaction)
  }

  function receiveAck(ack: ReceivedRequest) {
    const key = serverKey(ack, 'INVITE')
    const invite = key === undefined ? undefined : servers.find(key)
    // RFC 6026 §7.1: the ACK for a 2xx is the user's, even from a peer that gives it the branch of its INVITE.
    if (invite && !invite.accepted) return invite.receive('ack')
    if (!validateRequest(ack)) events.onAck(ack)
  }

  /** RFC 3261 §9.2. Both answers are stateless: a CANCEL that comes again gets the same, and changes nothing more. */
  function receiveCancel(cancel: ReceivedRequest) {
    const key = serverKey(cancel, 'INVITE')
    const invite = key === undefined ? undefined : servers.find(key)
    if (!invite) return refuse(cancel, cancel.source, 481)
    // The To tag should be that of the responses to the INVITE.
    refuse(cancel, cancel.source, 200, { toTag: invite.toTag })
    if (!invite.answered) invite.user.onCancelled(cancel)
  }
}
