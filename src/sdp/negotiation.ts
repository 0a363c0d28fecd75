import { answerOffer } from './answer-offer.ts'
import { type CodecName, SPOKEN } from './codec.ts'
import type { BrowserSide } from './dtls.ts'
import type { Flow } from './flow.ts'
import type { LocalSide } from './local-side.ts'
import { makeOffer } from './make-offer.ts'
import { readAnswer } from './read-answer.ts'
import type { SdesSide } from './sdes.ts'

/** A leg's session as far as it is settled: offers and answers in, and the flow that media is to make of them. */
export interface Negotiation {
  /** The local RTP port; set it before anything else. */
  port: number
  /** See `LocalSide`. Set it together with the port. */
  alsoAt: readonly string[]
  /** Undefined until something is settled. */
  readonly flow: Flow | undefined
  /** True while our offer waits for its answer. */
  readonly awaitsAnswer: boolean
  /** Takes the other side's offer; what it returns is why it can't be taken, and then nothing has changed. */
  takeOffer(offer: Buffer): { readonly status: 488; readonly why: string } | undefined
  /** Our answer to the offer that was taken last. */
  answer(): Buffer
  /** Our offer: of a call of ours, or in the 200 to an INVITE that brought none (RFC 3261 §13.2.1). */
  offer(): Buffer
  /** Takes the answer to our offer; false when it can't be used. */
  takeAnswer(answer: Buffer): boolean
  /**
   * Takes what may yet be answered otherwise: the sound of a side that has not answered the call, or of one fork of it (RFC
   * 3960). Our offer goes on to wait. False when it can't be used.
   */
  takeEarlyAnswer(answer: Buffer): boolean
}

export interface NegotiationOptions {
  /** The address that media is to come to. */
  readonly address: string
  /** See `LocalSide`. */
  readonly sessionId: number
  /** What we speak, the best first; all that we can unless given. */
  readonly codecs?: readonly CodecName[]
  /** What the one speaks who is to be heard here: where both speak the same, nothing need be transcoded. */
  readonly preferred?: () => CodecName | undefined
  /** Set when the other side is a browser. */
  readonly browser?: BrowserSide
  /** How keys in descriptions are used, with all but browsers. */
  readonly sdes?: SdesSide
}

/** Begins a session of which nothing is settled yet. */
export function openNegotiation(options: NegotiationOptions): Negotiation {
  let port = 0
  let alsoAt: readonly string[] = []
  let flow: Flow | undefined
  let ours: Buffer | undefined
  let offered: Buffer | undefined
  const side = (): LocalSide => ({
    ...options,
    codecs: options.codecs ?? SPOKEN,
    // A session goes on as it speaks: the other side, and a recording, hear no change.
    preferred: flow?.codec ?? options.preferred?.(),
    port,
    alsoAt,
    version: options.sessionId,
    // RFC 3264 §8 and the one-way glass: what we send keeps its packet time for the whole call.
    ...(flow ? { ptimeMs: flow.ptimeMs } : {}),
    ...(ours ? { previous: ours } : {}),
  })

  return {
    get port() {
      return port
    },
    set port(value) {
      port = value
    },
    get alsoAt() {
      return alsoAt
    },
    set alsoAt(addresses) {
      alsoAt = addresses
    },
    get flow() {
      return flow
    },
    get awaitsAnswer() {
      return offered !== undefined
    },
    takeOffer(offer) {
      const answered = answerOffer(offer, side())
      if (!answered.ok) return answered
      ours = answered.answer
      // One of ours was answered, or they could not have offered (RFC 3264 §4), and what it settled counts no more.
      offered = undefined
      flow = answered.flow
      return undefined
    },
    answer: () => ours ?? Buffer.alloc(0),
    offer() {
      offered = ours = makeOffer(side())
      return offered
    },
    takeAnswer(answer) {
      const taken = read(answer)
      offered = undefined
      return taken
    },
    takeEarlyAnswer: read,
  }

  function read(answer: Buffer): boolean {
    if (!offered) return false
    const taken = readAnswer(answer, offered, { ...options, ptimeMs: flow?.ptimeMs })
    if (taken.ok) flow = taken.flow
    return taken.ok
  }
}
