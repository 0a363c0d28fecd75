import { LevelMeter } from '../session/level-meter.ts'
import type { Session } from '../session/session.ts'
import type { Peak } from './messages.ts'

/** How far apart levels are told, in ms; each is of the sound in between. */
export const LEVEL_MS = 100

/** The meters of a host's sessions, read together: one message to the main thread, however many they are. */
export class Meters {
  readonly #meters = new Map<number, { readonly session: Session; readonly meter: LevelMeter }>()
  /** Monotonic ms. */
  #dueAt = 0

  /** Measures what comes in on this session; it does so once. */
  begin(id: number, session: Session): void {
    if (this.#meters.has(id)) return
    const meter = new LevelMeter()
    session.addEar(meter)
    this.#meters.set(id, { session, meter })
  }

  end(id: number): void {
    const known = this.#meters.get(id)
    if (!known) return
    known.session.removeEar(known.meter)
    this.#meters.delete(id)
  }

  /** What they show, when it is time to tell it. */
  read(now: number): readonly Peak[] | undefined {
    if (this.#meters.size === 0 || now < this.#dueAt) return undefined
    // After a pause it begins anew: the past is not told.
    this.#dueAt = now - this.#dueAt < LEVEL_MS ? this.#dueAt + LEVEL_MS : now + LEVEL_MS
    return [...this.#meters].map(([session, { meter }]) => ({ session, peak: meter.read() }))
  }
}
