import { isIPv6, type Server, type Socket } from 'node:net'
import { blockListOf } from '../shared/address-block.ts'
import { networkOf } from '../shared/network-of.ts'

/** What clients of the HTTP server may take. */
export interface HttpLimits {
  /** Connections of one network (an address, or an IPv6 /64); proxies that are trusted speak for many. */
  readonly connectionsPerSource: number
  /** Connections in all, those of phones and event streams among them. */
  readonly connections: number
  /** How long a client may take to ask: the head of a request, and all of it. "Slow loris" would take for ever. */
  readonly headMs: number
  readonly requestMs: number
  /** How often that is looked at. */
  readonly checkEveryMs: number
  /** How long a TLS handshake may take. */
  readonly handshakeMs: number
}

export const defaultHttpLimits: HttpLimits = {
  connectionsPerSource: 256,
  connections: 4096,
  headMs: 10_000,
  requestMs: 30_000,
  checkEveryMs: 5000,
  handshakeMs: 10_000,
}

export interface DoorOptions {
  readonly limits: Pick<HttpLimits, 'connections' | 'connectionsPerSource'>
  /** Addresses and CIDR blocks of proxies. */
  readonly trustedProxies: readonly string[]
  /** Whether this address may begin one more, for what comes before a request: TLS. */
  readonly admits?: (address: string) => boolean
}

/** Closes connections past the limits before they cost anything. Those that stand are not touched. */
export function limitConnections(server: Server, { limits, trustedProxies, admits }: DoorOptions): void {
  const trusted = blockListOf(trustedProxies)
  const perSource = new Map<string, number>()
  let open = 0

  function isFull(source: string, isProxy: boolean): boolean {
    if (open >= limits.connections) return true
    if (isProxy) return false
    return (perSource.get(source) ?? 0) >= limits.connectionsPerSource || admits?.(source) === false
  }

  const takers = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress?.replace(/%.*$/, '')
    const source = networkOf(address ?? '')
    // What has no address came to no port.
    const isProxy = address === undefined || trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
    if (isFull(source, isProxy)) {
      socket.on('error', () => {}).destroy()
      return
    }
    open++
    perSource.set(source, (perSource.get(source) ?? 0) + 1)
    socket.once('close', () => {
      open--
      const left = (perSource.get(source) ?? 1) - 1
      if (left > 0) perSource.set(source, left)
      else perSource.delete(source)
    })
    for (const take of takers) take.call(server, socket)
  })
}
