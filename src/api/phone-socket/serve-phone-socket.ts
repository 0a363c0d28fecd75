import type { IncomingMessage, Server } from 'node:http'
import { isIPv6 } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import { AnswerphoneError } from '../../shared/errors.ts'
import { MAX_PHONE_MESSAGE_BYTES, type PhoneConnection } from '../../shared/web-socket.ts'
import { authenticate } from '../auth/authenticate.ts'
import { nameOf } from '../auth/name-of.ts'
import { requireOwnOrigin } from '../auth/same-origin.ts'
import { hashSecret } from '../auth/secret.ts'
import type { Context } from '../context.ts'
import type { HostNames } from '../host-names.ts'
import { followAccess } from './follow-access.ts'

export interface PhoneSocketOptions {
  readonly names: HostNames
  /** Takes what has been let in. */
  readonly accept: (connection: PhoneConnection) => void
}

/** Where browsers' phones connect. */
export const PHONE_SOCKET_PATH = '/sip'
/** Where a browser connects that came by a link for a test call, with its secret as `token`. */
const TEST_CALL_PATH = '/sip/test'
/** A minute more at most, and the connection of a test call is over. */
const LONGEST_TEST_CALL_MS = 10 * 60_000
/** The subprotocol of SIP (RFC 7118 §4). */
const SUBPROTOCOL = 'sip'

/** Not by `import`: that runs the getters of all that node:http exports, and so loads Node's fetch and WebSocket. */
const { ServerResponse } = process.getBuiltinModule('node:http')

interface Upgrade {
  readonly socket: Duplex
  readonly head: Buffer
}

interface Admission {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly upgrade: Upgrade
  readonly account: string
  readonly isStillAllowed: () => Promise<boolean>
}

/**
 * Whether a request wants to become something else. Only WebSockets at these two places do; all others are answered as if
 * they had not asked (RFC 9110 §7.8).
 */
export function asksForPhoneSocket({ url = '', headers }: IncomingMessage): boolean {
  const path = url.split('?', 1)[0]
  return (
    (path === PHONE_SOCKET_PATH || path === TEST_CALL_PATH) && headers.upgrade?.toLowerCase() === 'websocket'
  )
}

/**
 * Serves SIP over WebSocket (RFC 7118). A connection is let in like any other request, by its Host, its Origin and its
 * session or token (§7), and ends with these. Returns what lets in those that come to one more server.
 */
export function servePhoneSocket(
  app: FastifyInstance,
  context: Context,
  options: PhoneSocketOptions,
): (server: Pick<Server, 'on'>) => void {
  const { names, accept } = options
  const upgrades = new WeakMap<IncomingMessage, Upgrade>()
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_PHONE_MESSAGE_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  })
  const open = followAccess(context)

  // Through the router, so that it passes all that other requests pass; a refusal is an ordinary answer.
  const takeUpgrades = (from: Pick<Server, 'on'>) =>
    void from.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => {})
      upgrades.set(request, { socket, head })
      const response = new ServerResponse(request)
      response.shouldKeepAlive = false
      response.assignSocket(socket as never)
      response.on('finish', () => socket.end())
      app.routing(request, response)
    })
  takeUpgrades(app.server)
  app.addHook('preClose', async () => open.close())

  const common = { method: 'GET', exposeHeadRoute: false } as const
  app.route({
    ...common,
    url: PHONE_SOCKET_PATH,
    config: { access: 'member' },
    async handler(request: FastifyRequest, reply: FastifyReply) {
      const upgrade = upgradeOf(request, reply)
      const isStillAllowed = async () => nameOf(await authenticate(request, context)) === nameOf(request.who)
      letIn({ request, reply, upgrade, account: nameOf(request.who), isStillAllowed })
    },
  })
  app.route({
    ...common,
    url: TEST_CALL_PATH,
    config: { access: 'anyone' },
    async handler(request: FastifyRequest, reply: FastifyReply) {
      // Before the link is used up: what could not connect has not called.
      const upgrade = upgradeOf(request, reply)
      const { token } = request.query as { readonly token?: unknown }
      const account = await context.throttle.attempt(request.ip, 'test call', async () =>
        typeof token === 'string' ? context.machine.testCalls.enter(hashSecret(token)) : undefined,
      )
      if (account === undefined) throw new AnswerphoneError('AP_TEST_CALL_OVER')
      const until = context.clock.monotonic() + LONGEST_TEST_CALL_MS
      const isStillAllowed = async () => context.clock.monotonic() < until
      letIn({ request, reply, upgrade, account, isStillAllowed })
    },
  })

  /** Throws when this is no browser's phone of ours. */
  function upgradeOf(request: FastifyRequest, reply: FastifyReply): Upgrade {
    const upgrade = upgrades.get(request.raw)
    if (request.who.kind !== 'token') requireOwnOrigin(request, names)
    if (upgrade && offersSip(request)) return upgrade
    reply.header('upgrade', 'websocket')
    throw new AnswerphoneError('AP_PHONE_SOCKET_ONLY')
  }

  function letIn({ request, reply, upgrade, account, isStillAllowed }: Admission): void {
    reply.hijack()
    reply.raw.detachSocket(upgrade.socket as never)
    server.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket: WebSocket) => {
      // What breaks is closed, and that is all there is to know.
      socket.on('error', () => {})
      open.add(socket, isStillAllowed)
      accept({ socket, ...placesOf(request), secure: request.protocol === 'https', account })
    })
  }

  return takeUpgrades
}

/** RFC 7118 §4.1: who does not speak SIP is not connected. */
function offersSip({ headers }: FastifyRequest): boolean {
  const offered = headers['sec-websocket-protocol']?.split(',') ?? []
  return offered.some((name) => name.trim() === SUBPROTOCOL)
}

/** Behind a proxy, the client is where the proxy says; by which address of ours it would reach us, nobody knows. */
function placesOf({ ip, socket }: FastifyRequest): Pick<PhoneConnection, 'remote' | 'local'> {
  const address = plain(ip)
  const local =
    address === plain(socket.remoteAddress) ? plain(socket.localAddress) : isIPv6(address) ? '::' : '0.0.0.0'
  return {
    remote: { address, port: socket.remotePort ?? 0 },
    local: { address: local, port: socket.localPort ?? 0 },
  }
}

/** An IPv4 address as such, though it came to a socket for both. */
function plain(address = ''): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '')
}
