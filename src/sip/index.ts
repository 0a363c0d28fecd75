/** The face of the SIP library. See README.md for its layers. */

export { answerChallenge, type ChallengeAnswer } from './auth/answer-challenge.ts'
export {
  type Authenticator,
  type AuthenticatorOptions,
  createAuthenticator,
  type Verdict,
} from './auth/authenticator.ts'
export { type Credentials, type DigestAlgorithm, hashCredentials } from './auth/digest.ts'
export { type AttachableEndpoint, createEndpoint, type EndpointOptions } from './create-endpoint.ts'
export type {
  Body,
  DialogReference,
  Endpoint,
  EndpointEvents,
  EndReason,
  IncomingInvite,
  IncomingSubscription,
  InviteEvent,
  InviteOptions,
  Login,
  OutgoingInvite,
  Referral,
  RequestOptions,
  TerminationReason,
} from './endpoint.ts'
export { keepNameRecords } from './locate/keep-name-records.ts'
export { locate } from './locate/locate.ts'
export type { NameRecords } from './locate/name-records.ts'
export { systemNameRecords } from './locate/system-name-records.ts'
export { buildRequest, buildResponse } from './message/build.ts'
export { formatJoin, formatReplaces, parseDialogReference } from './message/dialog-reference.ts'
export { Headers } from './message/headers.ts'
export type { SipMessage, SipRequest, SipResponse } from './message/message.ts'
export { formatNameAddress, type NameAddress, parseNameAddress } from './message/name-address.ts'
export { parseMessage } from './message/parse.ts'
export {
  callIdOf,
  contactsOf,
  contentTypeOf,
  cseqOf,
  expiresOf,
  fromOf,
  optionTags,
  tagOf,
  toOf,
  topVia,
} from './message/read.ts'
export { serialize } from './message/serialize.ts'
export { subscriberOf } from './message/subscriber.ts'
export { parseTelUri } from './message/tel-uri.ts'
export { formatSipUri, parseSipUri, type SipUri } from './message/uri.ts'
export { type OpenEndpoint, type OpenEndpointOptions, openEndpoint } from './open-endpoint.ts'
export { createTransactionLayer } from './transaction/create-layer.ts'
export type {
  ClientTransaction,
  ClientTransactionEvents,
  ReceivedRequest,
  ReceivedResponse,
  ServerTransaction,
  TransactionLayer,
} from './transaction/layer.ts'
export type { Tap, TappedMessage } from './transaction/tap.ts'
export { defaultTimers, type SipTimers } from './transaction/timers.ts'
export { openTcpTransport } from './transport/tcp.ts'
export type {
  Destination,
  SocketAddress,
  Source,
  Transport,
  TransportEvents,
  TransportName,
} from './transport/transport.ts'
export { openUdpTransport } from './transport/udp.ts'
export { createWebSocketTransport, type WebSocketTransport } from './transport/web-socket.ts'
