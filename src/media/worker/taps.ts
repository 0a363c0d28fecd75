import { codecs } from '../codec/codecs.ts'
import type { CodecName } from '../engine.ts'
import type { SoundPacket } from '../recorder/recorder.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import type { Ear } from '../session/ear.ts'
import type { Session } from '../session/session.ts'
import type { FromHost } from './messages.ts'

/** How far apart sound is told, in ms. */
const SOUND_MS = 100
/** What is kept of the sound between two tellings: more comes only from who floods. */
const KEPT_MS = 400

/** Copies what comes in, and does nothing else with it: who writes it down decodes it, in a thread of his own. */
class Tap implements Ear {
  readonly takeId: string
  #kept: SoundPacket[] = []
  #keptMs = 0

  constructor(takeId: string) {
    this.takeId = takeId
  }

  audio(bytes: Buffer, packet: RtpPacket, codec: CodecName, arrivedAt: number): void {
    const { sequence, timestamp, ssrc, payloadStart, payloadEnd } = packet
    const durationMs = codecs[codec].durationOf(bytes, payloadStart, payloadEnd)
    if (this.#keptMs + durationMs > KEPT_MS) return
    const payload = new Uint8Array(bytes.subarray(payloadStart, payloadEnd))
    this.#kept.push({ codec, arrivedAt, sequence, timestamp, ssrc, payload })
    this.#keptMs += durationMs
  }

  event(): void {}

  read(): readonly SoundPacket[] {
    const kept = this.#kept
    this.#kept = []
    this.#keptMs = 0
    return kept
  }
}

/** The taps of a host's sessions: takes that are heard while they go on. */
export class Taps {
  readonly #post: (message: FromHost) => void
  readonly #taps = new Map<number, { readonly session: Session; readonly tap: Tap }>()
  /** Monotonic ms. */
  #dueAt = 0

  constructor(post: (message: FromHost) => void) {
    this.#post = post
  }

  /** Hears what comes in on this session from now on, which is the take's. */
  begin(id: number, session: Session, takeId: string): void {
    this.end(id)
    const tap = new Tap(takeId)
    session.addEar(tap)
    this.#taps.set(id, { session, tap })
  }

  end(id: number): void {
    const known = this.#taps.get(id)
    if (!known) return
    const { session, tap } = known
    session.removeEar(tap)
    this.#taps.delete(id)
    this.#tell(tap)
    this.#post({ kind: 'sound', takeId: tap.takeId })
  }

  /** Tells what has come, when it is time to. */
  tell(now: number): void {
    if (this.#taps.size === 0 || now < this.#dueAt) return
    this.#dueAt = now - this.#dueAt < SOUND_MS ? this.#dueAt + SOUND_MS : now + SOUND_MS
    for (const { tap } of this.#taps.values()) this.#tell(tap)
  }

  #tell(tap: Tap): void {
    const packets = tap.read()
    if (packets.length > 0) this.#post({ kind: 'sound', takeId: tap.takeId, packets })
  }
}
