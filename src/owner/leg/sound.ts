import type { FlowStats, MediaEngine, MediaEvent, MediaSession } from '../../media/engine.ts'
import { type IceCredentials, type Negotiation, openNegotiation, type SdesSide } from '../../sdp/index.ts'
import { homeward } from '../../shared/homeward.ts'
import { reachableAt } from '../../shared/named-address.ts'
import type { Body, InviteEvent } from '../../sip/endpoint.ts'

export interface SoundOptions {
  readonly media: Pick<MediaEngine, 'openSession' | 'browserFingerprint' | 'localAt'>
  /** The local address for media. */
  readonly bindAddress: string
  /** What the session description says. */
  readonly address: string
  /** By which others reach us through a NAT that forwards our ports. */
  readonly publicAddress: string | undefined
  /** Names our side in SDP's `o=` (RFC 8866 §5.2). */
  readonly sessionId: number
  /** Set when the phone is a browser: what its connectivity checks are signed with (RFC 8445 §7.2). */
  readonly browser?: IceCredentials | undefined
  /** How keys in session descriptions are used, where the phone is none. */
  readonly sdes: SdesSide
  /** The session that this one is to hear, and be heard by: it lives on the same thread. */
  readonly beside: MediaSession | undefined
  readonly onDigit: (digit: string) => void
  /** What else media tells: of clips that were played, of takes. */
  readonly onMedia?: (event: MediaEvent) => void
  /** No sound comes any more, though some should, or the thread has died. */
  readonly onLost: () => void
}

/** A leg's sound: its media session, and the offers and answers that shape it. */
export interface Sound {
  readonly session: MediaSession
  readonly negotiation: Negotiation
  /** Digits come with the sound (RFC 4733, or as tones in it). */
  readonly digitsHeard: boolean
  /** Digits come by INFO: tones in the sound would tell them twice. */
  ignoreTones(): void
  /** Lets media follow what was settled. */
  apply(): void
  /** The same before the call is answered, when nobody is bound to send: silence does not end it. */
  applyEarly(): void
  /** Answers a re-INVITE or UPDATE: hold, resume, another address (RFC 3264 §8). */
  renegotiate(event: Extract<InviteEvent, { kind: 'renegotiate' }>): void
  close(): Promise<FlowStats>
}

/** Opens the sound of a leg. Rejects with AP_MEDIA_* when no port or no thread can be had. */
export async function openSound(options: SoundOptions): Promise<Sound> {
  let digitsHeard = false
  let tonesIgnored = false
  const onMedia = (event: MediaEvent): void => {
    if (event.kind === 'digit') {
      if (event.inBand && tonesIgnored) return
      digitsHeard = true
      options.onDigit(event.digit)
    } else if (event.kind === 'rtp-lost' || event.kind === 'failed') options.onLost()
    else options.onMedia?.(event)
  }
  const { beside, address, sessionId, browser, sdes } = options
  const fingerprint = browser && (await options.media.browserFingerprint())
  const session = await options.media.openSession(options.bindAddress, onMedia, {
    ...(beside && { beside }),
    everywhere: browser !== undefined,
  })
  const negotiation = openNegotiation({
    address,
    sessionId,
    sdes,
    preferred: () => beside?.codec,
    ...(fingerprint && { browser: { ice: browser, fingerprint } }),
  })
  negotiation.port = session.local.port
  negotiation.alsoAt = reachableAt(session, options.publicAddress)
  const follow = (change: { readonly receive?: false }) => {
    const { flow } = negotiation
    const kept = flow && homeward(flow, options.publicAddress, (port) => options.media.localAt(port))
    if (kept) session.setFlow({ ...kept, ...change })
  }
  const apply = () => follow({})

  return {
    session,
    negotiation,
    ignoreTones() {
      tonesIgnored = true
    },
    get digitsHeard() {
      return digitsHeard
    },
    apply,
    applyEarly() {
      follow({ receive: false })
    },
    renegotiate(event) {
      if (!event.body) return event.accept(sdp(negotiation.offer()))
      if (negotiation.takeOffer(event.body.bytes)) return event.refuse(488)
      event.accept(sdp(negotiation.answer()))
      apply()
    },
    close: () => session.close(),
  }
}

export const sdp = (bytes: Buffer): Body => ({ contentType: 'application/sdp', bytes })
