import type { OnSound, TakeEvent, TakeOptions } from './recorder/recorder.ts'
import type { MasterKey } from './srtp/suite.ts'

/** Audio formats that a leg may speak. */
export type CodecName = 'PCMU' | 'PCMA' | 'G722' | 'opus'

/** RFC 8839 §5.4: what ICE's connectivity checks are signed with. */
export interface IceCredentials {
  readonly usernameFragment: string
  readonly password: string
}

/** Of a certificate (RFC 8122 §5): `sha-256` and bytes in upper-case hexadecimal with colons. */
export interface Fingerprint {
  readonly algorithm: string
  readonly value: string
}

/** A flow with a browser: secured by a DTLS handshake (RFC 5764) that it begins, over the path that it finds by ICE; RTCP on the same port. */
export interface DtlsSecurity {
  readonly kind: 'dtls'
  readonly ice: { readonly local: IceCredentials; readonly remote: IceCredentials }
  /** Of the certificate that the other side must show. */
  readonly fingerprint: Fingerprint
}

/**
 * A flow secured by keys that both session descriptions brought (RFC 4568). A key that comes again goes on where it was; a new one takes
 * the place of the old when the first packet comes that bears it.
 */
export interface SdesSecurity {
  readonly kind: 'sdes'
  readonly send: MasterKey
  readonly receive: MasterKey
}

/** What offer/answer settled for a leg's audio. May be set again after a re-INVITE. */
export interface Flow {
  readonly codec: CodecName
  readonly payloadType: number
  /** RFC 4733 telephone-event's payload type, if negotiated. */
  readonly eventPayloadType?: number
  /** The clock in which durations of telephone-events are told; absent: the codec's, as RFC 4733 §2.4.1 wants it. */
  readonly eventClockRate?: number
  /** Where our packets go until symmetric RTP has latched: from the remote SDP. Absent (or port 0, or 0.0.0.0): nowhere yet. */
  readonly remote?: { readonly address: string; readonly port: number; readonly rtcpPort: number }
  /** Outgoing packet time in ms. It never changes during a call. */
  readonly ptimeMs: number
  /** False while the remote side does not want to hear us (it offered `sendonly` or `inactive`): nothing is sent. */
  readonly send: boolean
  /**
   * Nobody has confirmed yet that the call is wanted where our packets go: for 2 s they go all the same, to open the way
   * through a NAT, then no more. A forged request must not have a stream sent to a third party (RFC 8826 §4.2).
   */
  readonly unconfirmed?: true
  /** False while the remote side need not send (`recvonly`, `inactive`; `sendonly`, on hold): the RTP time-out is suspended. */
  readonly receive: boolean
  /** How packets are secured; absent: not at all. A session that begins with a browser stays with it. */
  readonly security?: DtlsSecurity | SdesSecurity
}

export type MediaEvent =
  /** The clip that was given with this mark has been played to its end (not when it was stopped). */
  | { readonly kind: 'played'; readonly mark: string }
  /**
   * A DTMF digit's end, once per press: told beside the sound (RFC 4733) however often its packets came, or `inBand`: heard
   * in it, where telephone-events were not negotiated.
   */
  | { readonly kind: 'digit'; readonly digit: string; readonly durationMs: number; readonly inBand?: true }
  | TakeEvent
  /** A browser can hear us from now on: what is sent before that goes nowhere. Only where the flow is secured by DTLS. */
  | { readonly kind: 'connected' }
  /**
   * No RTP for the time-out while some was expected, nor RTCP of the same source. Said once, and again only after RTP came
   * back. Of a browser also: no path to it was found, it is not whom it should be, or it has ended the session, or it was
   * in doubt and gave no sign.
   */
  | { readonly kind: 'rtp-lost' }
  /** The worker thread died; nothing more comes for this session. */
  | { readonly kind: 'failed'; readonly why: string }

/** What one session hears of another, and how. */
export interface HearOptions {
  /**
   * `as-it-comes`: each packet leaves as soon as it came, in a stream of our own, for an owner who listens or talks.
   * Silence is filled in while nothing comes.
   *
   * `evened-out`: through a jitter buffer into this session's own paced stream, for the caller: not one packet more,
   * less, sooner or later than with silence.
   */
  readonly pace: 'as-it-comes' | 'evened-out'
  /** Louder or softer, in dB; only as it comes. Default 0. */
  readonly gainDb?: number
}

/** A take of a session. */
export interface SessionTakeOptions extends TakeOptions {
  /**
   * Record what the session sends too, mixed into one: a conversation. Default false: what comes in, alone. For a
   * session that sends at its own pace; what it forwards as it comes is not in it.
   */
  readonly both?: boolean
}

/** Asked at the start of each take: who wants to hear it while it goes on. Copies are made only then, when no caller's packet waits. */
export type HearTake = (take: SessionTakeOptions) => OnSound | undefined

/** RTP statistics of one session, for the call's record (RFC 3550 §6.4). */
export interface FlowStats {
  readonly packetsSent: number
  readonly packetsReceived: number
  readonly packetsLost: number
  readonly jitterMs: number
  /** Packets from elsewhere than the latched source: injected, or stray. */
  readonly packetsIgnored: number
  /** Of payload. */
  readonly bytesSent: number
  readonly bytesReceived: number
  /** Came after others that were sent later, or twice. */
  readonly packetsLate: number
  /** Between two packets, while some were to come. A caller's phone that is silent may send none. */
  readonly longestGapMs: number
  /** What was spoken last. */
  readonly codec: CodecName | null
  /** From the first flow to the close. */
  readonly durationMs: number
  /** What the other side said of our stream, in its last report block; null: it sent none. */
  readonly reported: HeardOfUs | null
}

/** A report block about our stream (RFC 3550 §6.4.1). */
export interface HeardOfUs {
  /** Of what we had sent by then, from 0 to 1. */
  readonly lostShare: number
  readonly jitterMs: number
  /** By the last report that answered one of ours; null: none did. */
  readonly roundTripMs: number | null
}

/** Of a session that never had a flow. */
export const NO_FLOW: FlowStats = {
  packetsSent: 0,
  packetsReceived: 0,
  packetsLost: 0,
  jitterMs: 0,
  packetsIgnored: 0,
  bytesSent: 0,
  bytesReceived: 0,
  packetsLate: 0,
  longestGapMs: 0,
  codec: null,
  durationMs: 0,
  reported: null,
}

/** The audio of one leg: one UDP port pair, one outbound stream (one SSRC, gapless) from `start` to `close`. */
export interface MediaSession {
  readonly local: { readonly address: string; readonly port: number }
  /** Further addresses of ours at which the same port is open for a browser. */
  readonly alsoAt: readonly string[]
  /**
   * What it speaks, or is about to: known from the negotiation on, so that whoever is to hear it can choose the same. Set
   * by `setFlow`, too.
   */
  codec: CodecName | undefined
  /** Sets or changes the flow. The first call starts the outbound stream, with silence. */
  setFlow(flow: Flow): void
  /** Plays a clip loaded by `MediaEngine.loadClip`, in place of silence; `played` with the mark follows at its end. */
  play(clip: string, mark: string): void
  /** Back to silence, or to what is heard; no `played` follows. */
  stopPlaying(): void
  /**
   * What comes in on `from` goes out here from now on, in place of silence; undefined: silence again. It ends by itself
   * when `from` closes. A clip that plays gives way; one played later sounds over it, and then it goes on.
   *
   * Telephone-events of `from` become telephone-events where this side negotiated them; where it did not they become
   * tones in the audio (evened out) or are left out (as it comes). What the two speak differently is transcoded.
   *
   * Both must be on one worker (`openSession`'s `beside`); anything else is a mistake in the program, and throws.
   */
  hear(from: MediaSession | undefined, how?: HearOptions): void
  /** Whether the two are on one worker, so that they can hear each other. */
  isBeside(other: MediaSession): boolean
  /**
   * Tells each 100 ms how loud the other side was, from 0 to 1 (full scale), until it closes or undefined is given. Only
   * then is it measured, when no caller's packet waits.
   */
  meter(onPeak: ((peak: number) => void) | undefined): void
  /**
   * Nobody would say goodbye any more, for the way that signalling went is gone: a browser that gives no sign of itself
   * for 8 s (it gives one every few seconds) is lost from now on, and not only after RFC 7675's 30 s. `rtp-lost` follows.
   */
  doubt(): void
  /** Starts a take: received packets go to the journal. One take at a time. */
  startTake(options: SessionTakeOptions): void
  /** Ends the take; `take-ended` (or `take-lost`) follows unless not one packet came. */
  stopTake(): void
  /** Ends the stream, stops a running take, frees the port (after it has drained). Returns final statistics. */
  close(): Promise<FlowStats>
}

/** The media of the whole machine: worker threads, ports, clips, journal. */
export interface MediaEngine {
  /**
   * Allocates a port pair on a worker. Rejects with AP_MEDIA_PORTS_EXHAUSTED when none is free.
   * @param options `beside`: on the same worker as this session, so that they can hear each other; rejects with
   *   AP_MEDIA_THREAD_DIED when that worker died since. `everywhere`: at further addresses of ours, too, for a browser
   *   that chooses one of them; those that can't be had are left out
   */
  openSession(
    address: string,
    onEvent: (event: MediaEvent) => void,
    options?: { readonly beside?: MediaSession; readonly everywhere?: boolean },
  ): Promise<MediaSession>
  /**
   * Makes ready for sessions with browsers, which costs a thread and some 60 MB when it is first called. Resolves with the
   * fingerprint of our certificate, for the session description; rejects with AP_MEDIA_THREAD_DIED.
   */
  browserFingerprint(): Promise<Fingerprint>
  /**
   * Makes a clip known under a name: 16-bit mono PCM, encoded once for each codec and shared by all workers. The same name
   * replaces it; sessions that play the old one finish it. Resolves when it can be played.
   *
   * @param when `when-played`: nothing is encoded before it is needed, for what hardly anybody will hear
   */
  loadClip(name: string, pcm: Int16Array, sampleRate: number, when?: 'at-once' | 'when-played'): Promise<void>
  /** What was loaded `when-played` will be needed after all: encodes it as if it had been loaded at once. Resolves when it can be played, in this codec, too. */
  prepareClip(name: string, alsoIn?: CodecName): Promise<void>
  /** Forgets a clip; sessions that play it finish it. */
  dropClip(name: string): void
  /** Resolves when the take's WAV file is on disk (or at once if it is); rejects if it can't be written now. */
  whenSaved(takeId: string): Promise<void>
  /** The take's row is in the database: the journal may forget it. Call after `take-ended`, once the row is committed. */
  releaseTake(takeId: string): void
  /** Room in the journal and on the disk, for /readyz and the page. */
  space(): Promise<{ readonly journalFreeBytes: number; readonly diskFull: boolean }>
  /** Sessions open now. */
  readonly sessions: number
  /** The address at which a session has this RTP port. */
  localAt(port: number): string | undefined
  close(): Promise<void>
}
