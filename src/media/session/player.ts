import { codecs } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import type { Clip } from './clip.ts'

/** What a leg hears from us, frame by frame: a clip, or silence. */
export class Player {
  #clip: Clip | undefined
  #mark = ''
  #positionMs = 0
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

  /** True while there is something to write; a clip that is at its end is reported as played here. */
  advance(codec: CodecName): boolean {
    if (!this.#clip) return false
    if (this.#positionMs * codecs[codec].bytesPerMs < this.#clip[codec].length) return true
    this.#clip = undefined
    this.#onPlayed(this.#mark)
    return this.#clip !== undefined && this.advance(codec) // the listener may have played the next one
  }

  /** Writes the next `durationMs` of the clip at `at`, filled up with silence past its end. */
  write(codec: CodecName, durationMs: number, into: Buffer, at: number): void {
    const { bytesPerMs, silence } = codecs[codec]
    const wanted = durationMs * bytesPerMs
    const from = this.#positionMs * bytesPerMs
    const copied = this.#clip?.[codec].copy(into, at, from, from + wanted) ?? 0
    if (copied < wanted) into.fill(silence, at + copied, at + wanted)
    this.#positionMs += durationMs
  }

  /** Lets time pass that nobody hears. */
  skip(durationMs: number): void {
    if (this.#clip) this.#positionMs += durationMs
  }
}
