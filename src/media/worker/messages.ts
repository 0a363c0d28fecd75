import type { ErrorCode } from '../../shared/errors.ts'
import type { SrtpKeys } from '../browser/browser-link.ts'
import type { Flow, FlowStats, HearOptions, MediaEvent, SessionTakeOptions } from '../engine.ts'
import type { SoundPacket } from '../recorder/recorder.ts'
import type { SharedClip } from '../session/clip.ts'
import type { SessionIdentity } from '../session/session.ts'

/** Space as `MediaEngine.space` tells it. */
export interface Space {
  readonly journalFreeBytes: number
  readonly diskFull: boolean
}

/** How loud it was on a session that is metered, from 0 to 1 (full scale). */
export interface Peak {
  readonly session: number
  readonly peak: number
}

/** From the main thread to a host. `session` and `request` are numbers given by the main thread, never used twice. */
export type ToHost =
  | {
      readonly kind: 'open'
      readonly session: number
      readonly address: string
      /** Further addresses for RTP. */
      readonly alsoAt: readonly string[]
      readonly rtpPort: number
      readonly rtcpPort: number
      readonly identity: SessionIdentity
    }
  | { readonly kind: 'set-flow'; readonly session: number; readonly flow: Flow }
  | { readonly kind: 'play'; readonly session: number; readonly clip: string; readonly mark: string }
  | { readonly kind: 'stop-playing'; readonly session: number }
  /** Without `from`: silence again. */
  | {
      readonly kind: 'hear'
      readonly session: number
      readonly from?: { readonly session: number; readonly how: HearOptions }
    }
  | { readonly kind: 'meter'; readonly session: number; readonly on: boolean }
  | {
      readonly kind: 'start-take'
      readonly session: number
      readonly options: SessionTakeOptions
      /** Tell what comes in, too. */
      readonly isHeard: boolean
    }
  | { readonly kind: 'stop-take'; readonly session: number }
  /** DTLS records for the other side of a session. */
  | { readonly kind: 'dtls'; readonly session: number; readonly datagram: Uint8Array }
  | { readonly kind: 'keys'; readonly session: number; readonly keys: SrtpKeys }
  | { readonly kind: 'doubt'; readonly session: number }
  | { readonly kind: 'close'; readonly session: number }
  /** Without a clip: it is forgotten. */
  | { readonly kind: 'load-clip'; readonly name: string; readonly clip: SharedClip | undefined }
  | { readonly kind: 'when-saved'; readonly request: number; readonly takeId: string }
  | { readonly kind: 'release-take'; readonly takeId: string }
  | { readonly kind: 'space'; readonly request: number }
  | { readonly kind: 'shut-down' }

/** From a host to the main thread. */
export type FromHost =
  | {
      readonly kind: 'opened'
      readonly session: number
      readonly port: number
      readonly alsoAt: readonly string[]
    }
  /** `systemCode` is the errno's name, such as EADDRINUSE. */
  | { readonly kind: 'open-failed'; readonly session: number; readonly systemCode: string }
  | { readonly kind: 'event'; readonly session: number; readonly event: MediaEvent }
  | { readonly kind: 'peaks'; readonly peaks: readonly Peak[] }
  /** Of a take that is heard; without packets it is over. */
  | { readonly kind: 'sound'; readonly takeId: string; readonly packets?: readonly SoundPacket[] }
  /** DTLS records from the other side of a session. */
  | { readonly kind: 'dtls'; readonly session: number; readonly datagram: Uint8Array }
  | { readonly kind: 'closed'; readonly session: number; readonly stats: FlowStats }
  | { readonly kind: 'saved'; readonly request: number }
  | { readonly kind: 'space'; readonly request: number; readonly space: Space }
  | { readonly kind: 'refused'; readonly request: number; readonly why: Refusal }
  | { readonly kind: 'shut-down' }

/** An error as it crosses the thread boundary. */
export interface Refusal {
  readonly message: string
  readonly code?: ErrorCode
  readonly details?: Readonly<Record<string, string | number>>
}

/** One host as the main thread sees it: a worker thread, or the same thread in tests. */
export interface HostLink {
  post(message: ToHost): void
  /** Resolves when nothing of it is left. */
  close(): Promise<void>
}
