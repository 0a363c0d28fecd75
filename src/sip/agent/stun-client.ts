import type { Clock, Timer } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'
import { bindingRequest, readBinding } from '../transport/stun.ts'
import type { Destination, SocketAddress, Source } from '../transport/transport.ts'

/** Asks STUN servers how the world sees the socket by which our SIP goes (RFC 8489 §3). */
export interface StunClient {
  /** Resolves to undefined when nothing comes back. */
  ask(server: SocketAddress): Promise<SocketAddress | undefined>
  /** An answer; what nobody has asked for is dropped. */
  receive(bytes: Buffer, from: Source): void
  close(): void
}

/** When a request is sent again, after the last time, and when it is given up (RFC 8489 §6.2.1, less patient). */
const PAUSES_MS = [500, 1000, 2000, 4000, 4000]

export function createStunClient(options: {
  readonly send: (bytes: Buffer, to: Destination) => void
  readonly clock: Clock
  readonly random: Random
}): StunClient {
  const { send, clock, random } = options
  const waiting = new Map<string, { readonly server: SocketAddress; settle(seen?: SocketAddress): void }>()

  return {
    ask: (server) =>
      new Promise((resolve) => {
        const id = random.token(12)
        const bytes = bindingRequest(Buffer.from(id, 'hex'))
        let timer: Timer
        const settle = (seen?: SocketAddress) => {
          timer.cancel()
          waiting.delete(id)
          resolve(seen)
        }
        const sendFrom = (turn: number): void => {
          const pauseMs = PAUSES_MS[turn]
          if (pauseMs === undefined) return settle()
          send(bytes, { transport: 'udp', ...server })
          timer = clock.setTimer(pauseMs, () => sendFrom(turn + 1))
        }
        waiting.set(id, { server, settle })
        sendFrom(0)
      }),
    receive(bytes, from) {
      const answer = readBinding(bytes)
      const asked = answer && waiting.get(answer.id)
      if (asked?.server.address === from.address && asked.server.port === from.port)
        asked.settle(answer?.seen)
    },
    close() {
      for (const { settle } of [...waiting.values()]) settle()
    },
  }
}
