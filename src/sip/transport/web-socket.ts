import type { Clock } from '../../shared/clock.ts'
import { type Log, silentLog } from '../../shared/log.ts'
import type { PhoneConnection } from '../../shared/web-socket.ts'
import type { Connection } from './connection.ts'
import { isWebSocket, type SocketAddress, type Transport, type TransportEvents } from './transport.ts'
import {
  defaultWebSocketConnectionLimits,
  openWebSocketConnection,
  type WebSocketConnectionLimits,
} from './web-socket-connection.ts'

/** What one peer, and all of them, may take. */
export interface WebSocketLimits extends WebSocketConnectionLimits {
  /** Open connections in all; past it new ones are closed at once. */
  readonly connections: number
  /** Connections of one account. */
  readonly connectionsPerAccount: number
}

const defaultLimits: WebSocketLimits = {
  ...defaultWebSocketConnectionLimits,
  connections: 2000,
  connectionsPerAccount: 64,
}

export interface WebSocketTransportOptions {
  /** Where the HTTP server listens. */
  readonly local: SocketAddress
  readonly events: TransportEvents
  readonly clock: Clock
  readonly limits?: Partial<WebSocketLimits>
  readonly log?: Log
}

/** A transport to which an HTTP server hands the WebSockets that it has let in. */
export interface WebSocketTransport extends Transport {
  accept(connection: PhoneConnection): void
}

/** RFC 6455 §7.4.1, and the registry of its close codes. */
const TRY_AGAIN_LATER = 1013

/**
 * SIP over WebSocket, as a server (RFC 7118): `ws`, and `wss` where TLS is under it. Nobody can be connected to; what has
 * no open connection to go to fails.
 */
export function createWebSocketTransport(options: WebSocketTransportOptions): WebSocketTransport {
  const { local, events, clock, log = silentLog } = options
  const limits = { ...defaultLimits, ...options.limits }
  const byFlow = new Map<string, Connection>()
  const perAccount = new Map<string, number>()
  let nextFlow = 1
  let closing = false

  return {
    name: 'ws',
    reliable: true,
    local,
    reaches: isWebSocket,
    accept({ socket, remote, local: ours, secure, account }) {
      const count = perAccount.get(account) ?? 0
      if (closing || byFlow.size >= limits.connections || count >= limits.connectionsPerAccount) {
        log.debug({ from: remote.address, account, open: byFlow.size }, 'WebSocket not taken')
        socket.on('error', () => {})
        socket.close(TRY_AGAIN_LATER)
        return
      }
      const transport = secure ? 'wss' : 'ws'
      const flow = `ws-${nextFlow++}`
      perAccount.set(account, count + 1)
      const connection = openWebSocketConnection({
        socket,
        from: { transport, address: remote.address, port: remote.port, flow, local: ours, account },
        events,
        clock,
        limits,
        onClosed() {
          byFlow.delete(flow)
          const left = (perAccount.get(account) ?? 1) - 1
          if (left > 0) perAccount.set(account, left)
          else perAccount.delete(account)
        },
      })
      byFlow.set(flow, connection)
    },
    send(bytes, to) {
      const connection = to.flow === undefined ? undefined : byFlow.get(to.flow)
      if (connection) return connection.send(bytes, to)
      const error = new Error(`the WebSocket to ${to.address}:${to.port} is closed`)
      queueMicrotask(() => events.onSendFailed(to, error))
    },
    async close() {
      closing = true
      await Promise.all([...byFlow.values()].map((connection) => connection.close()))
    },
  }
}
