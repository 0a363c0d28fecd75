import type { Clock } from '../../shared/clock.ts'
import { type Codec, codecs } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import { LEAST_PACKET_MS } from '../rtp/packet-limits.ts'
import { Hearing } from './hearing/hearing.ts'
import type { Journal } from './journal/journal.ts'
import { recordingFile, type TakeStart, writeTakeStart } from './journal/take-start.ts'
import type { Track } from './journal/track.ts'
import type { RecordedTake, Take, TakeEvent, TakeOptions } from './recorder.ts'
import { SpeechWatch } from './speech-watch.ts'
import { Timeline } from './timeline.ts'

/** Nobody sends longer packets. */
const LONGEST_PAYLOAD = 4000
/** What a caller may send: twice real time in twice G.711's 64 kbit/s, and so much at once. More is a flood and not stored. */
const BYTES_PER_MS = 16
const BYTES_AHEAD = 65_536
const SOUND_PER_MS = 2
const SOUND_AHEAD_MS = 8000

export interface LiveTakeOptions {
  readonly take: TakeOptions
  readonly codec: CodecName
  readonly clock: Clock
  readonly journal: Journal
  readonly onEvent: (event: TakeEvent) => void
  /** The take is over; without a track if not one packet of it was stored. */
  readonly onEnded: (recorded?: {
    readonly take: RecordedTake
    readonly track: Track
    /** Its length in timestamp units. */
    readonly units: number
  }) => void
}

/** A take under way: places each packet, listens to it, and puts it into the journal. */
export class LiveTake implements Take {
  readonly #options: LiveTakeOptions
  readonly #timeline: Timeline
  readonly #hearing: Hearing
  readonly #codec: Codec
  #track: Track | undefined
  #start!: TakeStart
  #firstAt = 0
  #lastArrivedMs = 0
  #bytes = 0
  /** Whatever was placed, be it twice. */
  #soundMs = 0
  #stopped = false
  #full = false
  readonly #speech: SpeechWatch

  constructor(options: LiveTakeOptions) {
    const { take, codec, clock, journal } = options
    this.#options = options
    this.#timeline = new Timeline(codecs[codec].clockRate)
    this.#hearing = new Hearing(codecs[codec])
    this.#codec = codecs[codec]
    this.#speech = new SpeechWatch(take, clock, () => this.#hearing.isFax, options.onEvent)
    if (journal.full) this.#journalFull()
  }

  packet(arrivedAt: number, sequence: number, timestamp: number, ssrc: number, payload: Uint8Array): void {
    if (this.#stopped || this.#full || payload.length === 0 || payload.length > LONGEST_PAYLOAD) return
    const track = this.#track ?? this.#begin(arrivedAt)
    const arrivedMs = Math.max(Math.round(arrivedAt - this.#firstAt), this.#lastArrivedMs)
    if (this.#bytes > BYTES_PER_MS * arrivedMs + BYTES_AHEAD) return
    if (this.#soundMs > SOUND_PER_MS * arrivedMs + SOUND_AHEAD_MS) return
    const { journal } = this.#options
    if (!journal.hasRoom(track, payload.length)) return
    const durationMs = this.#codec.durationOf(payload)
    const units = (durationMs * this.#codec.clockRate) / 1000
    const position = this.#timeline.place(arrivedMs, sequence, timestamp, ssrc, units)
    if (position === undefined) return
    this.#lastArrivedMs = arrivedMs
    this.#bytes += payload.length
    this.#soundMs += Math.max(LEAST_PACKET_MS, durationMs)
    if (this.#hearing.hear(position, payload)) this.#speech.heard(arrivedAt, this.#hearing.soundMs)
    journal.append(track, arrivedMs, sequence, timestamp, ssrc, payload, this.#timeline.length)
  }

  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#speech.stop()
    const track = this.#track
    if (!track) this.#options.onEnded()
    else void this.#options.journal.end(track, this.#full).then(() => this.#ended(track))
  }

  #begin(arrivedAt: number): Track {
    const { take, codec, clock, journal, onEvent } = this.#options
    this.#firstAt = arrivedAt
    this.#start = { takeId: take.takeId, codec, startedAt: clock.now(), meta: take.meta }
    const start = writeTakeStart(this.#start)
    // Too large a meta is the caller's doing (a display name without end): the audio matters more.
    const fits = start.length <= journal.largestStart
    this.#track = journal.startTrack(fits ? start : writeTakeStart({ ...this.#start, meta: {} }), () =>
      this.#journalFull(),
    )
    onEvent({ kind: 'take-started', takeId: take.takeId, startedAt: this.#start.startedAt })
    return this.#track
  }

  #journalFull(): void {
    if (this.#full) return
    this.#full = true
    this.#options.onEvent({ kind: 'journal-full', takeId: this.#options.take.takeId })
  }

  #ended(track: Track): void {
    const { onEnded, onEvent, journal } = this.#options
    const units = track.storedMark
    if (units === 0) {
      journal.forget(track)
      onEnded()
      return onEvent({ kind: 'take-lost', takeId: this.#start.takeId })
    }
    const { takeId, meta, startedAt } = this.#start
    const take: RecordedTake = {
      takeId,
      meta,
      startedAt,
      durationMs: Math.round((units * 1000) / this.#codec.clockRate),
      hearing: this.#hearing.heard,
      levels: this.#hearing.levels,
      file: recordingFile(this.#start),
      ...(this.#full && { cutOff: 'journal-full' }),
    }
    onEnded({ take, track, units })
  }
}
