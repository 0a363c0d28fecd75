import type { Clock } from '../../shared/clock.ts'
import type { CodecName } from '../engine.ts'
import { encodeClip, type SharedClip } from '../session/clip.ts'

interface Known {
  readonly pcm: Int16Array
  readonly sampleRate: number
  clip: SharedClip
  /** What is being encoded now. */
  readonly encoding: Map<CodecName, Promise<void>>
}

/** In which codecs clips are encoded. */
export interface ClipCodecs {
  /** A clip can be played once it is encoded in these. */
  readonly first: readonly CodecName[]
  /** In these it is encoded afterwards, needed or not: what a caller hears, and when, must not tell who spoke so before. */
  readonly afterwards: readonly CodecName[]
}

/** G.711 costs a table, G.722 some 40 µs a packet, Opus ten times as much. */
export const clipCodecs: ClipCodecs = { first: ['PCMU', 'PCMA'], afterwards: ['G722', 'opus'] }

/** While somebody waits for it, and else: some two milliseconds of work in Opus. */
const FIRST_PORTION_MS = 1000
const PORTION_MS = 100

/** The clips of the engine, each encoded once for every codec. */
export class Clips {
  readonly #clock: Clock
  readonly #codecs: ClipCodecs
  readonly #onReady: (name: string, clip: SharedClip | undefined) => void
  readonly #known = new Map<string, Known>()
  /** What is encoded though nobody waits for it, one after the other. */
  #afterwards: Promise<void> | undefined

  /** @param onReady a clip can be played, or can be in one more codec, or is forgotten */
  constructor(
    clock: Clock,
    codecs: ClipCodecs,
    onReady: (name: string, clip: SharedClip | undefined) => void,
  ) {
    this.#clock = clock
    this.#codecs = codecs
    this.#onReady = onReady
  }

  /** Every clip as far as it is encoded. */
  get all(): [string, SharedClip][] {
    return [...this.#known].map(([name, { clip }]) => [name, clip])
  }

  has(name: string): boolean {
    return this.#known.has(name)
  }

  drop(name: string): void {
    this.#known.delete(name)
    this.#onReady(name, undefined)
  }

  /** @param when `when-played`: it is encoded once `ready` is asked */
  async load(
    name: string,
    pcm: Int16Array,
    sampleRate: number,
    when: 'at-once' | 'when-played' = 'at-once',
  ): Promise<void> {
    const known: Known = { pcm, sampleRate, clip: {}, encoding: new Map() }
    if (when === 'when-played') return void this.#known.set(name, known)
    for (const codec of this.#codecs.first) await this.#encode(known, codec, FIRST_PORTION_MS)
    this.#known.set(name, known)
    this.#onReady(name, known.clip)
    this.#encodeAfterwards(name)
  }

  /** Encodes what was loaded `when-played` as if it had been loaded at once. */
  async prepare(name: string, alsoIn?: CodecName): Promise<void> {
    for (const codec of this.#codecs.first) await this.ready(name, codec)
    if (alsoIn) await this.ready(name, alsoIn)
    this.#encodeAfterwards(name)
  }

  #encodeAfterwards(name: string): void {
    for (const codec of this.#codecs.afterwards)
      this.#afterwards = (this.#afterwards ?? Promise.resolve())
        .then(() => new Promise<void>((resume) => this.#clock.setTimer(0, resume)))
        .then(() => this.ready(name, codec))
  }

  /** Undefined when the clip can be played in this codec; else resolves when it can. */
  ready(name: string, codec: CodecName): Promise<void> | undefined {
    const known = this.#known.get(name)
    if (!known || known.clip[codec]) return undefined
    const encoding =
      known.encoding.get(codec) ??
      this.#encode(known, codec).then(() => {
        if (this.#known.get(name) === known) this.#onReady(name, known.clip)
      })
    known.encoding.set(codec, encoding)
    return encoding
  }

  async #encode(known: Known, codec: CodecName, portionMs = PORTION_MS): Promise<void> {
    const bytes = await encodeClip(known.pcm, known.sampleRate, codec, this.#clock, portionMs)
    known.clip = { ...known.clip, [codec]: bytes }
  }
}
