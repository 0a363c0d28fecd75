import type { CallerFact, MediaFact, StorageFact } from '../call/facts.ts'
import type { FlowStats, MediaEngine, MediaEvent, MediaSession } from '../media/engine.ts'
import type { RecordedTake } from '../media/recorder/recorder.ts'
import { type BrowserSide, type IceCredentials, openNegotiation, type SdesSide } from '../sdp/index.ts'
import { homeward } from '../shared/homeward.ts'
import { namedAddress, reachableAt } from '../shared/named-address.ts'
import type { Body, IncomingInvite, InviteEvent } from '../sip/endpoint.ts'
import { readInfoDigit } from '../sip/info-digit.ts'
import { warningOf } from '../sip/message/warning.ts'

/** What a leg tells the call. */
export interface LegEvents {
  onFact(fact: CallerFact | MediaFact | StorageFact): void
  /** A take's first packet is in the journal. */
  onTakeStarted(startedAt: number): void
  /** A take is complete; it comes before `close` resolves. */
  onTakeEnded(take: RecordedTake): void
  /** No sound can flow, for which the caller was refused. `caller-lost` follows. */
  onNoSound(why: string): void
}

export interface LegOptions {
  readonly invite: IncomingInvite
  readonly media: MediaEngine
  /** The local address for media: the one that the caller's INVITE reached. */
  readonly bindAddress: string
  /** What the session description says instead, behind NAT (`shared/named-address.ts`). */
  readonly publicAddress?: string
  /** Names our side of the session in SDP's `o=` (RFC 8866 §5.2). */
  readonly sessionId: number
  /** Set when the caller is a browser: what its connectivity checks are signed with (RFC 8445 §7.2). */
  readonly browser?: IceCredentials
  /** How keys in session descriptions are used, where the caller is none: by what the caller offers and the line says. */
  readonly sdes: SdesSide
  readonly events: LegEvents
}

/**
 * The caller's leg: the one place that speaks to the caller. It takes orders and reports facts, and it knows nothing of
 * the owner's side (the one-way glass).
 */
export interface CallerLeg {
  /** Where the caller's sound comes in; undefined before there is any. */
  readonly session: MediaSession | undefined
  /** The caller's sound is encrypted, by what was last agreed on. */
  readonly isSoundEncrypted: boolean
  ring(): void
  /** Sends our one 200 OK and starts our one RTP stream, with silence. */
  answer(): void
  refuse(status: number): void
  /** BYE. The stream goes on until `close`. */
  hangUp(): void
  /** `sound`: under which name media knows the clip. */
  play(clip: string, sound: string): void
  stopPlaying(): void
  /** The caller hears what comes in there, in place of silence: evened out, in the one stream that it has heard all along. */
  hear(from: MediaSession | undefined): void
  startTake(options: Parameters<MediaSession['startTake']>[0]): void
  stopTake(): void
  /** Ends the stream, frees its port and waits for the end of a take that was running. */
  close(): Promise<FlowStats | undefined>
}

/**
 * Opens the leg of an incoming call. When sound can flow, `arrived` is reported; when it can't (no common codec: 488,
 * no port: 503), the caller is refused and `caller-lost` is reported.
 */
export function openCallerLeg(options: LegOptions): CallerLeg {
  const { invite, events, media, browser } = options
  const negotiate = (side?: BrowserSide) =>
    openNegotiation({
      address: namedAddress(invite.request.source.address, options.bindAddress, options.publicAddress),
      sessionId: options.sessionId,
      sdes: options.sdes,
      ...(side && { browser: side }),
    })
  let negotiation = negotiate()
  let session: MediaSession | undefined
  let digitsFromRtp = false
  let digitsFromInfo = false
  let isAnswered = false
  let acknowledged = false
  // A browser hears nothing before its connection is secured, so the greeting waits for that.
  let isHeard = browser === undefined
  /** Takes that have begun; a caller's name may still be on its way to the disk while the message is left. */
  const takes = new Map<string, PromiseWithResolvers<void>>()
  const opening = (browser ? openForBrowser(browser) : media.openSession(options.bindAddress, onMedia)).then(
    begin,
    cannotBegin,
  )
  invite.onEvent = onSignal

  async function openForBrowser(ice: IceCredentials): Promise<MediaSession> {
    negotiation = negotiate({ ice, fingerprint: await media.browserFingerprint() })
    return media.openSession(options.bindAddress, onMedia, { everywhere: true })
  }

  function confirmOnceHeard(): void {
    if (acknowledged && isHeard) events.onFact({ kind: 'caller-confirmed' })
  }

  function begin(opened: MediaSession): void {
    session = opened
    negotiation.port = opened.local.port
    negotiation.alsoAt = reachableAt(opened, options.publicAddress)
    const refusal = invite.offer && negotiation.takeOffer(invite.offer.bytes)
    opened.codec = negotiation.flow?.codec
    if (!refusal) return events.onFact({ kind: 'arrived' })
    invite.reject(refusal.status, [warningOf(refusal.why)])
    giveUp(refusal.why)
  }

  function cannotBegin(error: unknown): void {
    invite.reject(503, [['Retry-After', '10']])
    giveUp(error instanceof Error ? error.message : String(error))
  }

  function giveUp(why: string): void {
    events.onNoSound(why)
    events.onFact({ kind: 'caller-lost' })
  }

  function applyFlow(): void {
    const { flow } = negotiation
    // Our stream begins with the answer, whatever was settled before.
    if (!flow || !isAnswered) return
    const kept = homeward(flow, options.publicAddress, (port) => media.localAt(port))
    // The caller's ACK is the first sign that he is where he says: nobody else knows our tag.
    session?.setFlow(acknowledged ? kept : { ...kept, unconfirmed: true })
  }

  function onSignal(event: InviteEvent): void {
    switch (event.kind) {
      case 'confirmed':
        // RFC 3264 §5, RFC 3261 §13.2.1: the answer to the offer in our 200 comes in the ACK.
        if (negotiation.awaitsAnswer && !(event.body && negotiation.takeAnswer(event.body.bytes))) {
          invite.hangUp()
          return events.onFact({ kind: 'caller-lost' })
        }
        acknowledged = true
        applyFlow()
        return confirmOnceHeard()
      case 'renegotiate':
        return renegotiate(event)
      case 'info': {
        // Some phones send both: the audio path's digits have the better timing, so the first of them wins for good.
        const digit = event.body && !digitsFromRtp ? readInfoDigit(event.body) : undefined
        if (digit === undefined) return
        digitsFromInfo = true
        return events.onFact({ kind: 'digit', digit })
      }
      case 'cut-off':
        return session?.doubt()
      case 'refer': // A caller has no say in whom the owner talks to.
        return event.refuse()
      case 'ended':
        return onSignalEnded(event.reason)
      case 'progress':
        return
    }
  }

  function renegotiate(event: Extract<InviteEvent, { kind: 'renegotiate' }>): void {
    if (!event.body) return event.accept(sdp(negotiation.offer()))
    if (negotiation.takeOffer(event.body.bytes)) return event.refuse(488)
    event.accept(sdp(negotiation.answer()))
    applyFlow()
  }

  function onSignalEnded(reason: Extract<InviteEvent, { kind: 'ended' }>['reason']): void {
    switch (reason) {
      case 'cancelled':
        return events.onFact({ kind: 'caller-cancelled' })
      case 'remote-bye':
        return events.onFact({ kind: 'caller-hung-up' })
      case 'no-ack':
      case 'session-expired':
      case 'transport-failed':
        return events.onFact({ kind: 'caller-lost' })
      case 'local-bye':
      case 'rejected':
        return
    }
  }

  function onMedia(event: MediaEvent): void {
    switch (event.kind) {
      case 'played':
        return events.onFact({ kind: 'played', clip: event.mark })
      case 'digit':
        // Tones are the last resort: who tells of keys by INFO plays them besides.
        if (event.inBand && digitsFromInfo) return
        digitsFromRtp = true
        return events.onFact({ kind: 'digit', digit: event.digit })
      case 'silent':
        return events.onFact({ kind: 'silent', fax: event.fax })
      case 'speaking':
        return events.onFact({ kind: 'speaking' })
      case 'journal-full':
        return events.onFact({ kind: 'storage-full' })
      case 'failed':
        // The journal has what there was: the next start makes a message of it.
        for (const take of takes.values()) take.resolve()
        return events.onFact({ kind: 'media-lost' })
      case 'rtp-lost':
        return events.onFact({ kind: 'media-lost' })
      case 'take-started':
        takes.set(event.takeId, Promise.withResolvers())
        return events.onTakeStarted(event.startedAt)
      case 'take-ended':
        events.onTakeEnded(event.take)
        return takes.get(event.take.takeId)?.resolve()
      case 'take-lost':
        return takes.get(event.takeId)?.resolve()
      case 'connected':
        if (isHeard) return
        isHeard = true
        return confirmOnceHeard()
    }
  }

  return {
    get session() {
      return session
    },
    get isSoundEncrypted() {
      return negotiation.flow?.security !== undefined
    },
    ring() {
      // RFC 3262 §5: it rings, and says with what; the answer comes in the PRACK.
      if (invite.wantsEarlyOffer) invite.ring(sdp(negotiation.offer()), 180)
      else invite.ring()
    },
    answer() {
      isAnswered = true
      const isDescribed = negotiation.flow !== undefined || negotiation.awaitsAnswer
      invite.accept(sdp(isDescribed ? negotiation.answer() : negotiation.offer()))
      applyFlow()
    },
    refuse: (status) => invite.reject(status),
    hangUp: () => invite.hangUp(),
    play: (clip, sound) => session?.play(sound, clip),
    stopPlaying: () => session?.stopPlaying(),
    hear: (from) => session?.hear(from, { pace: 'evened-out' }),
    startTake: (take) => session?.startTake(take),
    stopTake: () => session?.stopTake(),
    async close() {
      // At once, if it is open: the last report is not to wait for what the owner's side does about the end.
      const closing = session ? session.close() : opening.then(() => session?.close())
      const stats = await closing
      await Promise.all([...takes.values()].map(({ promise }) => promise))
      return stats
    },
  }
}

const sdp = (bytes: Buffer): Body => ({ contentType: 'application/sdp', bytes })
