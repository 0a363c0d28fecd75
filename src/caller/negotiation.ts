import type { Flow } from '../media/engine.ts'
import { answerOffer, type LocalSide, makeOffer, readAnswer } from '../sdp/index.ts'
import type { Body } from '../sip/endpoint.ts'

/** The caller's session as far as it is settled: offers and answers in, and the flow that media is to make of them. */
export interface Negotiation {
  /** The local RTP port; set it before anything else. */
  port: number
  /** Undefined until something is settled. */
  readonly flow: Flow | undefined
  /** True while our offer waits for its answer. */
  readonly awaitsAnswer: boolean
  /** Takes the caller's offer; what it returns is why it can't be taken, and then nothing has changed. */
  takeOffer(offer: Buffer): { readonly status: 488; readonly why: string } | undefined
  /** Our answer to the offer that was taken last. */
  answer(): Body
  /** Our offer, for an INVITE that brought none (RFC 3261 §13.2.1). */
  offer(): Body
  /** Takes the answer to our offer; false when it can't be used. */
  takeAnswer(answer: Buffer): boolean
}

const CODECS = ['PCMU', 'PCMA'] as const

/** @param sessionId see `LocalSide` */
export function openNegotiation(options: {
  readonly address: string
  readonly sessionId: number
}): Negotiation {
  let port = 0
  let flow: Flow | undefined
  let ours: Buffer | undefined
  let offered: Buffer | undefined
  const side = (): LocalSide => ({
    ...options,
    port,
    codecs: CODECS,
    version: options.sessionId,
    // RFC 3264 §8 and the one-way glass: what we send keeps its packet time for the whole call.
    ...(flow ? { ptimeMs: flow.ptimeMs } : {}),
    ...(ours ? { previous: ours } : {}),
  })
  const body = (bytes: Buffer): Body => ({ contentType: 'application/sdp', bytes })

  return {
    get port() {
      return port
    },
    set port(value) {
      port = value
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
      flow = answered.flow
      return undefined
    },
    answer: () => body(ours ?? Buffer.alloc(0)),
    offer() {
      offered = ours = makeOffer(side())
      return body(offered)
    },
    takeAnswer(answer) {
      if (!offered) return false
      const read = readAnswer(answer, offered, flow?.ptimeMs)
      offered = undefined
      if (read.ok) flow = read.flow
      return read.ok
    },
  }
}
