import type { Handshakes, StartHandshakes } from '../dtls/handshakes.ts'
import type { DtlsSecurity, Fingerprint } from '../engine.ts'

/**
 * The handshakes of sessions with browsers. Their thread starts when the first such session is prepared, since few
 * machines need it at once, and starts anew should it have died.
 */
export class Handshaking {
  readonly #start: () => Handshakes
  readonly #sessions = new Set<number>()
  #handshakes: Handshakes | undefined

  constructor(start: StartHandshakes, events: Omit<Parameters<StartHandshakes>[0], 'died'>) {
    this.#start = () =>
      start({
        ...events,
        died: () => {
          this.#handshakes = undefined
        },
      })
  }

  fingerprint(): Promise<Fingerprint> {
    this.#handshakes ??= this.#start()
    return this.#handshakes.fingerprint
  }

  /** A flow was settled; the first that asks for a handshake begins it. */
  settle(session: number, { fingerprint }: DtlsSecurity): void {
    if (this.#sessions.has(session)) return
    this.#sessions.add(session)
    this.#handshakes?.begin(session, fingerprint)
  }

  receive(session: number, datagram: Uint8Array): void {
    if (this.#sessions.has(session)) this.#handshakes?.receive(session, datagram)
  }

  leave(session: number): void {
    if (this.#sessions.delete(session)) this.#handshakes?.end(session)
  }

  async close(): Promise<void> {
    await this.#handshakes?.close()
  }
}
