/** An IP address (no brackets around IPv6) and a port. */
export interface Place {
  readonly address: string
  readonly port: number
}

/** Whose dialog it is, of those that belong to a call. */
export interface Party {
  /** `line`: somebody outside, whom a phone calls through that line. */
  readonly kind: 'caller' | 'phone' | 'line'
  /** Of the phone or the line; the caller's number, where he has sent one. */
  readonly name: string | null
}

/** One dialog of a call. */
export interface TracedLeg extends Party {
  /** Its Call-ID. */
  readonly callId: string
}

/** One SIP message, as it went over the wire but for its secrets. */
export interface TracedMessage {
  /** Wall time in ms since 1970, with a fraction: within one trace only as far apart as they really were. */
  readonly at: number
  /** Which of the trace's legs it belongs to. */
  readonly leg: number
  /** `in`: it came to us. */
  readonly direction: 'in' | 'out'
  /** In lower case, as `TransportName` of sip/. */
  readonly transport: string
  readonly local: Place
  readonly remote: Place
  /** Its bytes, one character each (latin1). */
  readonly text: string
}

/** RTP statistics of one leg, each number as it was when the leg's media ended. */
export interface LegStatistics extends Party {
  /** As in session descriptions. */
  readonly codec: string
  readonly durationMs: number
  readonly sent: { readonly packets: number; readonly bytes: number }
  readonly received: { readonly packets: number; readonly bytes: number }
  /** Of those that should have come. */
  readonly lost: number
  /** Came so late that they stood behind others. */
  readonly late: number
  /** Packets from elsewhere, which were not heard. */
  readonly ignored: number
  /** RFC 3550 §6.4.1 */
  readonly jitterMs: number
  /** Between two packets, while some should have come. */
  readonly longestGapMs: number
  /** What the other side says of our stream (RTCP); null: nothing. */
  readonly reported: {
    /** Of 1, since it began. */
    readonly lostShare: number
    readonly jitterMs: number
    readonly roundTripMs: number | null
  } | null
}

/** What went over the wire for one call. */
export interface Trace {
  /** The call's id; of a call between phones, or out, an id of its own. */
  readonly id: string
  readonly kind: 'call' | 'house'
  readonly startedAt: number
  /** Null while it goes on. */
  readonly endedAt: number | null
  readonly legs: readonly TracedLeg[]
  readonly messages: readonly TracedMessage[]
  /** What was more than is kept. */
  readonly omitted: { readonly messages: number; readonly bytes: number }
  readonly statistics: readonly LegStatistics[]
}
