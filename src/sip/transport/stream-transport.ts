import type { Duplex } from 'node:stream'
import type { Clock } from '../../shared/clock.ts'
import { type Log, silentLog } from '../../shared/log.ts'
import {
  type ConnectionLimits,
  type DroppableConnection,
  defaultConnectionLimits,
  openConnection,
} from './connection.ts'
import {
  type Destination,
  type SocketAddress,
  type Source,
  sameFamily,
  type Transport,
  type TransportEvents,
} from './transport.ts'

/** What one peer, and all of them, may take. */
export interface StreamLimits extends ConnectionLimits {
  /** Open connections in all; past it new ones are closed at once. */
  readonly connections: number
  /** Connections from one IP address. */
  readonly connectionsPerSource: number
}

/** How sockets are opened: what is written leaves at once, and the system's own probes find a peer that vanished behind a NAT. */
export const SOCKET_OPTIONS = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 } as const

const defaultStreamLimits: StreamLimits = {
  ...defaultConnectionLimits,
  connections: 10_000,
  connectionsPerSource: 256,
}

export interface StreamTransportOptions {
  readonly name: 'tcp' | 'tls'
  /** Where the listener listens. */
  readonly local: SocketAddress
  readonly events: TransportEvents
  readonly clock: Clock
  readonly limits?: Partial<StreamLimits> | undefined
  readonly log?: Log
  /** False closes a connection at once: strangers are to take no room from those who may come. Everybody may unless given. */
  readonly admits?: ((from: Source) => boolean) | undefined
  /** Starts a connection; what is written before it stands waits in it. */
  dial(to: Destination): Duplex
  stopListening(): Promise<void>
}

/** A transport to which its listener hands the connections that it accepts. */
export interface StreamTransport extends Transport {
  /**
   * `local` is the address of ours that the peer connected to, with the listener's port; `wrap` makes of the stream, once it may
   * come in, what SIP goes over.
   */
  accept<Stream extends Duplex>(
    stream: Stream,
    remote: SocketAddress,
    local: SocketAddress,
    wrap?: (stream: Stream) => Duplex,
  ): void
}

/** A connection's name is no other's, be it of another listener: who hears that it is closed goes by the name. */
let nextFlow = 1

/** SIP over connections, whatever carries them: TCP and TLS. Connections are reused by flow and by address. */
export function openStreamTransport(options: StreamTransportOptions): StreamTransport {
  const { name, local, events, clock, log = silentLog } = options
  const limits = { ...defaultStreamLimits, ...options.limits }
  const byFlow = new Map<string, DroppableConnection>()
  const dialled = new Map<string, DroppableConnection>()
  const perSource = new Map<string, number>()

  function open(
    stream: Duplex,
    remote: SocketAddress,
    ours: SocketAddress,
    onClosed: () => void,
    proven: boolean,
  ) {
    const flow = `${name}-${nextFlow++}`
    const connection = openConnection({
      stream,
      from: { transport: name, address: remote.address, port: remote.port, flow, local: ours },
      proven,
      events,
      clock,
      limits,
      onClosed() {
        byFlow.delete(flow)
        onClosed()
      },
    })
    byFlow.set(flow, connection)
    return connection
  }

  /** RFC 3261 §18.1.1: one connection to an address serves all that goes there. */
  function connectionTo(to: Destination): DroppableConnection | undefined {
    const key = keyOf(to)
    const known = standingTo(to)
    if (known || byFlow.size >= limits.connections || !isPort(to.port)) return known
    const connection = open(options.dial(to), to, local, () => dialled.delete(key), true)
    dialled.set(key, connection)
    return connection
  }

  const standingTo = (to: Destination) => (to.flow && byFlow.get(to.flow)) || dialled.get(keyOf(to))

  return {
    name,
    reliable: true,
    local,
    reaches: (to) => to.transport === name && sameFamily(to.address, local.address),
    accept(stream, remote, ours, wrap) {
      const count = perSource.get(remote.address) ?? 0
      const stranger = options.admits?.({ transport: name, ...remote, local: ours }) === false
      if (stranger || byFlow.size >= limits.connections || count >= limits.connectionsPerSource) {
        log.debug({ from: remote.address, stranger, open: byFlow.size }, 'connection not taken')
        stream.on('error', () => {}).destroy()
        return
      }
      perSource.set(remote.address, count + 1)
      const onClosed = () => {
        const left = (perSource.get(remote.address) ?? 1) - 1
        if (left > 0) perSource.set(remote.address, left)
        else perSource.delete(remote.address)
      }
      open(wrap?.(stream) ?? stream, remote, ours, onClosed, false)
    },
    send(bytes, to) {
      const connection = connectionTo(to)
      if (connection) {
        connection.send(bytes, to)
        return
      }
      const error = new Error(`no connection to ${to.address}:${to.port}: ${byFlow.size} are open`)
      queueMicrotask(() => events.onSendFailed(to, error))
    },
    drop: (to) => standingTo(to)?.drop(),
    async close() {
      const closing = [...byFlow.values()].map((connection) => connection.close())
      await Promise.all([options.stopListening(), ...closing])
    },
  }
}

/** RFC 5922 §7.2: a connection that was proved for one domain is not another's. */
const keyOf = ({ address, port, host = '' }: Destination) => `${address} ${port} ${host}`

/** A Via may name any number. Node throws at those that are no port, and leaks the socket. */
function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536
}
