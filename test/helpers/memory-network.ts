import type { Clock } from '../../src/shared/clock.ts'
import type { Random } from '../../src/shared/random.ts'
import type {
  Destination,
  SocketAddress,
  Source,
  Transport,
  TransportEvents,
  TransportName,
} from '../../src/sip/transport/transport.ts'

/** What the network does to messages. All of it can be changed while it runs. */
export interface Weather {
  /** One-way delay of every message in ms. */
  latencyMs: number
  /** Up to this much more delay, drawn anew for each datagram: enough of it reorders them. Streams keep their order. */
  jitterMs: number
  /** Share of datagrams that are lost, 0 to 1. Streams lose nothing. */
  loss: number
  /** Share of datagrams that arrive twice, 0 to 1. */
  duplication: number
}

/** One message that was sent, for traces. Instants are `clock.monotonic()`. */
export interface Traced {
  readonly transport: TransportName
  readonly from: SocketAddress
  readonly to: SocketAddress
  readonly sentAt: number
  /** When it arrives; more than one entry is a duplicate, none is a loss. */
  readonly arrivesAt: readonly number[]
  readonly bytes: Buffer
  /** The message as text, for reading and comparing. */
  readonly text: string
}

export interface MemoryNetwork {
  /** A UDP-like socket: datagrams are lost, delayed, doubled and reordered as the weather has it. Port 0 picks one. */
  udp(address: string, port: number, events: TransportEvents): Transport
  /** A TCP-like listener: whole messages, in order, over connections with flow ids, made on demand. */
  tcp(address: string, port: number, events: TransportEvents): Transport
  readonly weather: Weather
  /** Every message in the order of sending. */
  readonly trace: readonly Traced[]
  /** Breaks every connection, as when a NAT or a router forgets them. What is under way is lost. */
  breakConnections(): void
}

export interface MemoryNetworkOptions extends Partial<Weather> {
  readonly clock: Clock
  readonly random: Random
}

interface Host {
  readonly transport: Transport
  readonly events: TransportEvents
}

interface Connection {
  readonly id: string
  readonly ends: readonly [dialled: Host, listening: Host]
  readonly dialledFrom: SocketAddress
  readonly lastArrival: [number, number]
}

/**
 * An internet in memory: `Transport`s that reach one another by address, on a fake clock and a seeded random, so that a
 * run over a bad network takes no time and can be repeated to the byte. Nothing is delivered within `send`.
 */
export function memoryNetwork(options: MemoryNetworkOptions): MemoryNetwork {
  const { clock, random } = options
  const weather: Weather = {
    latencyMs: options.latencyMs ?? 1,
    jitterMs: options.jitterMs ?? 0,
    loss: options.loss ?? 0,
    duplication: options.duplication ?? 0,
  }
  const hosts = new Map<string, Host>()
  const connections = new Map<string, Connection>()
  const trace: Traced[] = []
  let nextPort = 40_000
  let nextFlow = 1

  const chance = (share: number) => share > 0 && random.uint32() / 2 ** 32 < share
  const delayMs = () =>
    weather.latencyMs + (weather.jitterMs > 0 ? (random.uint32() / 2 ** 32) * weather.jitterMs : 0)

  function record(host: Host, to: SocketAddress, bytes: Buffer, delays: readonly number[]): void {
    const sentAt = clock.monotonic()
    const { name, local } = host.transport
    trace.push({
      transport: name,
      from: local,
      to: { address: to.address, port: to.port },
      sentAt,
      arrivesAt: delays.map((delay) => sentAt + delay),
      bytes,
      get text() {
        return bytes.toString('utf8')
      },
    })
  }

  function fail(host: Host, to: Destination, code: string): void {
    const error = Object.assign(new Error(`${code} ${to.address}:${to.port}`), { code })
    clock.setTimer(weather.latencyMs, () => host.events.onSendFailed(to, error))
  }

  function sendDatagram(host: Host, bytes: Buffer, to: Destination): void {
    const copies = chance(weather.loss) ? 0 : chance(weather.duplication) ? 2 : 1
    const delays = Array.from({ length: copies }, delayMs)
    record(host, to, bytes, delays)
    const { local } = host.transport
    for (const delay of delays) {
      clock.setTimer(delay, () => {
        // Looked up on arrival: nobody there is a loss, as on most networks.
        const target = hosts.get(keyOf('udp', to))
        target?.events.onMessage(Buffer.from(bytes), {
          transport: 'udp',
          ...local,
          local: target.transport.local,
        })
      })
    }
  }

  function sendOverStream(host: Host, bytes: Buffer, to: Destination) {
    const connection = connectionFor(host, to)
    if (!connection) return fail(host, to, 'ECONNREFUSED')
    const side = connection.ends[0] === host ? 0 : 1
    const peer = connection.ends[1 - side] as Host
    const now = clock.monotonic()
    const arrival = Math.max(now + delayMs(), connection.lastArrival[side])
    connection.lastArrival[side] = arrival
    record(host, to, bytes, [arrival - now])
    const from: Source = {
      transport: 'tcp',
      ...(side === 0 ? connection.dialledFrom : host.transport.local),
      flow: connection.id,
      local: peer.transport.local,
    }
    clock.setTimer(arrival - now, () => {
      if (connections.has(connection.id)) peer.events.onMessage(Buffer.from(bytes), from)
      else host.events.onSendFailed(to, Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' }))
    })
  }

  function connectionFor(host: Host, to: Destination): Connection | undefined {
    const named = to.flow === undefined ? undefined : connections.get(to.flow)
    if (named?.ends.includes(host)) return named
    const listening = hosts.get(keyOf('tcp', to))
    if (!listening) return undefined
    for (const open of connections.values()) {
      if (open.ends[0] === host && open.ends[1] === listening) return open
    }
    const connection: Connection = {
      id: `flow-${nextFlow++}`,
      ends: [host, listening],
      dialledFrom: { address: host.transport.local.address, port: nextPort++ },
      lastArrival: [0, 0],
    }
    connections.set(connection.id, connection)
    return connection
  }

  function open(
    name: 'udp' | 'tcp',
    address: string,
    port: number,
    events: TransportEvents,
    send: (host: Host, bytes: Buffer, to: Destination) => void,
  ): Transport {
    const local = { address, port: port || nextPort++ }
    const key = keyOf(name, local)
    if (hosts.has(key)) throw new Error(`${key} is in use on this memory network`)
    const transport: Transport = {
      name,
      reliable: name === 'tcp',
      local,
      reaches: (to) => to.transport === name && to.address.includes(':') === address.includes(':'),
      send(bytes, to) {
        if (hosts.get(key) === host) send(host, bytes, to)
        else fail(host, to, 'ENOTCONN')
      },
      async close() {
        hosts.delete(key)
        for (const [id, connection] of connections) if (connection.ends.includes(host)) connections.delete(id)
      },
    }
    const host: Host = { transport, events }
    hosts.set(key, host)
    return transport
  }

  return {
    udp: (address, port, events) => open('udp', address, port, events, sendDatagram),
    tcp: (address, port, events) => open('tcp', address, port, events, sendOverStream),
    weather,
    trace,
    breakConnections() {
      for (const [id, connection] of connections) {
        connections.delete(id)
        const [dialled, listening] = connection.ends
        const { dialledFrom } = connection
        const at = (from: SocketAddress, local: SocketAddress): Source => ({
          transport: 'tcp',
          ...from,
          flow: id,
          local,
        })
        dialled.events.onClosed?.(at(listening.transport.local, dialledFrom))
        listening.events.onClosed?.(at(dialledFrom, listening.transport.local))
      }
    },
  }
}

function keyOf(name: TransportName, { address, port }: SocketAddress): string {
  return `${name} ${address} ${port}`
}
