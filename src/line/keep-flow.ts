import type { Clock, Timer } from '../shared/clock.ts'
import type { Destination, Endpoint } from '../sip/index.ts'
import type { SocketAddress } from '../sip/transport/transport.ts'
import type { OutboundTerms } from './registration/read-answer.ts'

/** Keeps the way to a registrar open, so that calls come by it. */
export interface FlowKeeper {
  /** The registrar has taken us; with its terms it keeps to RFC 5626, and so do we. */
  start(terms: OutboundTerms | undefined): void
  stop(): void
}

export interface FlowKeeperOptions {
  readonly endpoint: Pick<Endpoint, 'keepAlive' | 'askStun'>
  readonly clock: Clock
  /** NATs forget a UDP mapping after 30 s at the earliest (RFC 4787 §4.3 wants two minutes, many don't). */
  readonly everyMs: number
  /** Where we are registered now. */
  readonly to: () => Destination | undefined
  readonly isBehindNat: (to: Destination) => boolean
  /** Asks there where we are seen, by a request. */
  readonly probe: (to: Destination) => void
  /** A registrar says where it sees us. */
  readonly onSeen: (seen: SocketAddress, to: Destination) => void
  /** Nobody is there any more (RFC 5626 §4.4.2). */
  readonly onFailed: (to: Destination) => void
}

/**
 * Behind a NAT each third keep-alive over UDP is an OPTIONS: its answer says whether the registrar sees us where we think
 * that it does. The address of a home changes in the middle of the day. A registrar that keeps to RFC 5626 says so in each.
 */
const PROBE_EVERY = 3

export function keepFlow(options: FlowKeeperOptions): FlowKeeper {
  const { endpoint, clock } = options
  let timer: Timer | undefined
  let terms: OutboundTerms | undefined
  let beats = 0

  function setTimer(): void {
    timer?.cancel()
    // RFC 5626 §4.4: at 80 to 100 % of what the registrar can wait for.
    const longestMs = terms?.flowTimerSeconds === undefined ? Infinity : terms.flowTimerSeconds * 900
    timer = clock.setTimer(Math.min(options.everyMs, longestMs), () => {
      const to = options.to()
      if (to) keepAlive(to)
      setTimer()
    })
  }

  function keepAlive(to: Destination): void {
    beats++
    if (to.transport !== 'udp') endpoint.keepAlive(to)
    else if (terms) void askStun(to)
    else if (options.isBehindNat(to) && beats % PROBE_EVERY === 0) options.probe(to)
    else endpoint.keepAlive(to)
  }

  /** RFC 5626 §4.4.2: over UDP by STUN, from the socket that SIP goes by; another place than before is a flow that has failed. */
  async function askStun(to: Destination): Promise<void> {
    const seen = await endpoint.askStun({ address: to.address, port: to.port })
    if (options.to() !== to) return
    if (seen) options.onSeen(seen, to)
    else options.onFailed(to)
  }

  return {
    start(agreed) {
      const isOther = agreed?.flowTimerSeconds !== terms?.flowTimerSeconds
      terms = agreed
      if (!timer || isOther) setTimer()
    },
    stop() {
      timer?.cancel()
      timer = undefined
    },
  }
}
