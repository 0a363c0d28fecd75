/** What the benchmark tells a load caller, and what that tells it. */
export type LoadOrder =
  /** Opens the RTP sockets. */
  | { readonly kind: 'open'; readonly calls: number }
  /** Talks to RTP ports that need no signalling: for the floor. */
  | { readonly kind: 'talk'; readonly ports: readonly number[] }
  /** Calls the machine, one call per socket, and talks in each until `stop`. */
  | { readonly kind: 'dial'; readonly sipPort: number; readonly perSecond: number }
  /** Notes how late the machine's packets are, from now on. */
  | { readonly kind: 'measure' }
  /** Stops noting it, says BYE in every call behind its last frame, and closes. */
  | { readonly kind: 'stop' }
  /** Calls that end as soon as they are answered. */
  | { readonly kind: 'burst'; readonly sipPort: number; readonly perSecond: number; readonly calls: number }

export type LoadReport =
  | { readonly kind: 'opened'; readonly ports: readonly number[] }
  | { readonly kind: 'talking' }
  | { readonly kind: 'measuring' }
  | ({ readonly kind: 'stopped' } & TalkResult)
  | ({ readonly kind: 'burst-over' } & BurstResult)

export interface TalkResult {
  /** Frames sent in each call. */
  readonly sent: readonly number[]
  readonly received: number
  readonly gaps: number
  readonly retransmitted: number
  readonly failed: number
  /** Of the machine's packets, ms. */
  readonly lateP50: number
  readonly lateP99: number
  readonly cpuMs: number
}

export interface BurstResult {
  readonly retransmitted: number
  readonly failed: number
  /** From INVITE to 200, ms. */
  readonly answerP50: number
  readonly answerP99: number
  readonly lastedMs: number
}
