import { isIPv6 } from 'node:net'
import { buildRequest } from '../message/build.ts'
import type { SipRequest } from '../message/message.ts'
import { cseqOf } from '../message/read.ts'
import type { Destination, SocketAddress } from '../transport/transport.ts'
import type { ReceivedResponse } from './layer.ts'

type Header = readonly [name: string, value: string]

/**
 * The request with a top Via of ours (RFC 3261 §8.1.1.7, §18.1.1). `rport` asks for the response to come back through a
 * NAT (RFC 3581 §3).
 */
export function withVia(
  request: SipRequest,
  to: Destination,
  branch: string,
  local: SocketAddress | undefined,
): SipRequest {
  const address = local?.address ?? '0.0.0.0'
  const host = isIPv6(address) ? `[${address}]` : address
  const sentBy = local ? `${host}:${local.port}` : host
  const via = `SIP/2.0/${to.transport.toUpperCase()} ${sentBy};branch=${branch};rport`
  return { ...request, headers: request.headers.clone().prepend('Via', via) }
}

/** The ACK for a refusal (RFC 3261 §17.1.1.3): the INVITE's own Via, Route, From, Call-ID and CSeq number; the response's To. */
export function ackFor(invite: SipRequest, response: ReceivedResponse): SipRequest {
  return buildRequest({
    method: 'ACK',
    uri: invite.uri,
    headers: [
      ...sharedWith(invite),
      ['To', response.headers.first('To') ?? ''],
      ['CSeq', `${cseqOf(invite)?.number ?? 0} ACK`],
    ],
  })
}

/** The CANCEL of an INVITE (RFC 3261 §9.1): all that identifies the INVITE unchanged, To included. */
export function cancelFor(invite: SipRequest, headers: Iterable<Header> = []): SipRequest {
  return buildRequest({
    method: 'CANCEL',
    uri: invite.uri,
    headers: [
      ...sharedWith(invite),
      ['To', invite.headers.first('To') ?? ''],
      ['CSeq', `${cseqOf(invite)?.number ?? 0} CANCEL`],
      ...headers,
    ],
  })
}

function sharedWith(invite: SipRequest): Header[] {
  return [
    // A single Via: the one that the layer put on top.
    ['Via', invite.headers.values('Via')[0] ?? ''],
    ['Max-Forwards', '70'],
    ...invite.headers.all('Route').map((route): Header => ['Route', route]),
    ['From', invite.headers.first('From') ?? ''],
    ['Call-ID', invite.headers.first('Call-ID') ?? ''],
  ]
}
