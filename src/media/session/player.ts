import { codecs } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import { type Clip, clipMs } from './clip.ts'
import type { KeyPacket } from './keypad.ts'
import type { Voice } from './voice.ts'

/** What a leg hears from us, frame by frame: a clip, else a voice, else silence. */
export class Player {
  #clip: Clip | undefined
  #mark = ''
  #positionMs = 0
  /** Sounds when no clip does. */
  voice: Voice | undefined
  readonly #onPlayed: (mark: string) => void

  constructor(onPlayed: (mark: string) => void) {
    this.#onPlayed = onPlayed
  }

  play(clip: Clip, mark: string): void {
    this.#clip = clip
    this.#mark = mark
    this.#positionMs = 0
  }

  stop(): void {
    this.#clip = undefined
  }

  /** A clip is being played. */
  get busy(): boolean {
    return this.#clip !== undefined
  }

  /** What the packet at the deadline `now` tells of a key that the voice presses; keys wait until a clip is over. */
  key(durationMs: number, now: number): KeyPacket | undefined {
    return this.#clip ? undefined : this.voice?.key(durationMs, now)
  }

  /** True while there is something to write; a clip that is at its end is reported as played here. */
  advance(codec: CodecName): boolean {
    if (!this.#clip) return this.voice !== undefined
    if (this.#positionMs < clipMs(this.#clip, codec)) return true
    this.#clip = undefined
    this.#onPlayed(this.#mark)
    return this.advance(codec) // the listener may have played the next one
  }

  /**
   * Writes the next `durationMs` from byte `at` on: of the clip, filled up with silence past its end and where it is not
   * encoded in this codec, or of the voice.
   * @param now the deadline of what is written
   * @param key sounds in place of the voice
   */
  write(codec: CodecName, durationMs: number, into: Buffer, at: number, now: number, key?: KeyPacket): void {
    const { bytesPerMs, silence } = codecs[codec]
    const wanted = durationMs * bytesPerMs
    if (!this.#clip) return this.voice?.write(codec, durationMs, into, at, now, key)
    this.voice?.skip(durationMs, now)
    const from = this.#positionMs * bytesPerMs
    const copied = this.#clip[codec]?.copy(into, at, from, from + wanted) ?? 0
    if (copied < wanted) into.fill(silence, at + copied, at + wanted)
    this.#positionMs += durationMs
  }

  /** Makes what the voice is to say at a deadline that is near, if no clip sounds over it. */
  prepare(codec: CodecName, durationMs: number, at: number): void {
    if (!this.#clip) this.voice?.prepare(codec, durationMs, at)
  }

  /** Lets time pass that nobody hears. */
  skip(durationMs: number, now: number): void {
    if (this.#clip) this.#positionMs += durationMs
    this.voice?.skip(durationMs, now)
  }
}
