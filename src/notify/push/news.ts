/** Who it is about, and in which words the browser tells it. */
interface About {
  readonly callerName: string | null
  readonly callerNumber: string | null
  readonly line: string
}

/** What a browser is told; the page's service worker makes a notification of it. */
export type News =
  /**
   * A call rings. `answersAt` is when the machine will answer (ISO 8601), null where it will not; `saidName`: the caller has
   * said a name at a gate, with its words where they are written down.
   */
  | (About & {
      readonly kind: 'ringing'
      readonly callId: string
      readonly answersAt: string | null
      readonly saidName?: { readonly words: string | null }
    })
  /** A call of which it was told rings no more: somebody has it, or nobody took it and it left nothing. */
  | (About & { readonly kind: 'taken' | 'missed'; readonly callId: string })
  | (About & {
      readonly kind: 'message'
      readonly callId: string
      readonly messageId: string
      readonly durationMs: number
      /** What was said, or how it begins; '' where it is not written down. */
      readonly said: string
    })
  /** Wrong PINs were typed: no PIN is taken until then (ISO 8601). */
  | {
      readonly kind: 'pin-locked'
      readonly mailbox: string
      readonly callerName: string | null
      readonly callerNumber: string | null
      readonly until: string
    }
  /** A mailbox, or the disk (null), fills up. */
  | { readonly kind: 'filling'; readonly mailbox: string | null; readonly percent: number }
  /** Asked for in the settings. */
  | { readonly kind: 'test' }

/** News on their way, as push services take them (RFC 8030). */
export interface Push {
  readonly news: News
  /** After this they are worth nothing (§5.2). */
  readonly ttlSeconds: number
  readonly urgency: 'normal' | 'high'
  /** News of the same topic replace each other where they wait (§5.4); at most 32 characters of base64url. */
  readonly topic: string
}
