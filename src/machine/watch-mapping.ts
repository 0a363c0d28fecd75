import type { Clock, Timer } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { SocketAddress } from '../sip/transport/transport.ts'

/** How the world sees our SIP, by a STUN server. */
export interface Mapping {
  /** What it said last, though it be silent now; undefined before it has said anything. */
  readonly current: SocketAddress | undefined
  close(): void
}

/** A home gets another address at any time; nobody minds a packet so often. */
const ASK_EVERY_MS = 30_000

export interface MappingOptions {
  readonly server: { readonly host: string; readonly port: number }
  /** Addresses of this name, IPv4. */
  readonly resolve: (host: string) => Promise<readonly string[]>
  readonly ask: (server: SocketAddress) => Promise<SocketAddress | undefined>
  readonly clock: Clock
  readonly log: Log
  readonly onChange: () => void
}

/** Asks now, and again and again. */
export function watchMapping(options: MappingOptions): Mapping {
  const { server, resolve, ask, clock, log, onChange } = options
  let current: SocketAddress | undefined
  let isSilent = false
  let isClosed = false
  let timer: Timer | undefined

  async function look(): Promise<void> {
    const [address] = await resolve(server.host).catch(() => [])
    const seen = address === undefined ? undefined : await ask({ address, port: server.port })
    if (isClosed) return
    if (!seen && !isSilent) {
      const error = new AnswerphoneError('AP_STUN_SILENT', { server: `${server.host}:${server.port}` })
      log.warn({ code: error.code }, error.message)
    }
    isSilent = !seen
    if (seen && (seen.address !== current?.address || seen.port !== current.port)) {
      log.info({ ...seen }, 'the world sees us here')
      current = seen
      onChange()
    }
    timer = clock.setTimer(ASK_EVERY_MS, () => void look())
  }
  void look()

  return {
    get current() {
      return current
    },
    close() {
      isClosed = true
      timer?.cancel()
    },
  }
}
