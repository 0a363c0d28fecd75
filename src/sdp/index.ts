/** Session descriptions and offer/answer (RFC 8866, RFC 3264), as pure functions. */
export { type Answered, answerOffer } from './answer-offer.ts'
export type { CodecName } from './codec.ts'
export {
  type BrowserSide,
  type DtlsSecurity,
  type Fingerprint,
  type IceCredentials,
  iceCredentials,
  isFromBrowser,
} from './dtls.ts'
export type { Flow } from './flow.ts'
export type { LocalSide } from './local-side.ts'
export { makeOffer } from './make-offer.ts'
export { type Negotiation, type NegotiationOptions, openNegotiation } from './negotiation.ts'
export { type AnswerRead, readAnswer } from './read-answer.ts'
export type { SdesSide, SrtpUse } from './sdes.ts'
