import type { CodecName } from '../engine.ts'

export interface TakeOptions {
  /** Names the take, its journal entries and its WAV file: an id from shared/ids. */
  readonly takeId: string
  /**
   * Kept in the journal beside the audio and given back by recovery: whatever the owner of the take needs to make its
   * database row after a crash. At most 4 kB of JSON.
   */
  readonly meta: Readonly<Record<string, unknown>>
  /** Report `silent` after this long without sound; absent: never. */
  readonly endAfterSilenceMs?: number
  /**
   * So long may it take until anything is heard, before silence counts; `speaking` is reported then. Default: silence
   * counts from the start, and nothing is reported.
   */
  readonly firstSoundWithinMs?: number
}

/** A received packet of a take, for who writes down what is said. `arrivedAt` is monotonic ms of its own thread. */
export interface SoundPacket {
  readonly codec: CodecName
  readonly arrivedAt: number
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly payload: Uint8Array
}

/** Hears a take while it goes on, from its first packet; undefined: it is over. */
export type OnSound = (packets: readonly SoundPacket[] | undefined) => void

/** What was heard in a take, judged from its audio alone. */
export interface Hearing {
  /** Time with sound in it (voice or other; tones of ITU-T E.180 left out). */
  readonly soundMs: number
  /** A busy, congestion or dial tone (ITU-T E.180) fills what is not silence. */
  readonly tone?: 'busy' | 'congestion' | 'dial'
  /** A fax machine calls (ITU-T T.30): its tones, and nothing else. */
  readonly fax?: boolean
}

/** A finished take. */
export interface RecordedTake {
  readonly takeId: string
  readonly meta: Readonly<Record<string, unknown>>
  /** Wall time of the first packet, ms since the epoch. */
  readonly startedAt: number
  /** Length of the WAV file's audio, gaps included. */
  readonly durationMs: number
  readonly hearing: Hearing
  /** How loud it was, in steps of 20 ms (see `hearing/loudness.ts`), for its first minutes. */
  readonly levels?: Uint8Array
  /** Path of the WAV file relative to the recordings folder. */
  readonly file: string
  /** Set when the take did not end by an order: the process died, or the journal ran full. */
  readonly cutOff?: 'crash' | 'journal-full'
}

/** A take under way, inside the media worker. */
export interface Take {
  /**
   * One received packet, in order of arrival. Copies the payload; never blocks, never throws.
   * @param arrivedAt monotonic ms
   * @param timestamp RTP timestamp
   * @param ssrc of the source: a change of it starts a new timestamp base
   */
  packet(arrivedAt: number, sequence: number, timestamp: number, ssrc: number, payload: Uint8Array): void
  stop(): void
}

/** What a recorder reports; the engine passes these on as they are. */
export type TakeEvent =
  /** The first packet of the take is in the journal's buffer. */
  | { readonly kind: 'take-started'; readonly takeId: string; readonly startedAt: number }
  /** Nothing was heard for `TakeOptions.endAfterSilenceMs`. Said once per take. `fax`: before that came a fax machine's tones, and nothing else. */
  | { readonly kind: 'silent'; readonly takeId: string; readonly fax: boolean }
  /** More was heard than a click: a voice, perhaps. Said once per take, where `TakeOptions.firstSoundWithinMs` wants it. */
  | { readonly kind: 'speaking'; readonly takeId: string }
  /** The take is complete and in the journal; its WAV file is being written. */
  | { readonly kind: 'take-ended'; readonly take: RecordedTake }
  /** In place of `take-ended`: the journal could store nothing of a take that had started. */
  | { readonly kind: 'take-lost'; readonly takeId: string }
  /** The journal is full: this take stores nothing more from here on. */
  | { readonly kind: 'journal-full'; readonly takeId: string }

/** The recorder of one worker: a journal and the WAV files made from it. */
export interface Recorder {
  startTake(options: TakeOptions, codec: CodecName, onEvent: (event: TakeEvent) => void): Take
  /** Resolves when the take's WAV file is on disk; rejects if it can't be written now. */
  whenSaved(takeId: string): Promise<void>
  /** The take's row is in the database: once its WAV is on disk too, the journal may forget it. */
  releaseTake(takeId: string): void
  space(): Promise<{ readonly journalFreeBytes: number; readonly diskFull: boolean }>
  /** Flushes, syncs and closes. */
  close(): Promise<void>
}
