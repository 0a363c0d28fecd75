import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../../shared/clock.ts'
import { limitHandshakes } from '../../shared/handshake-limit.ts'
import { type DoorOptions, type HttpLimits, limitConnections } from '../connection-limits.ts'
import { asksForPhoneSocket } from '../phone-socket/serve-phone-socket.ts'
import type { CertificateSource } from './certificate.ts'

/** The certificate's own root, for browsers to trust. */
const ROOT_PATH = '/answerphone-root.crt'
const CHALLENGE_PATH = '/.well-known/acme-challenge'

export interface HttpsOptions {
  readonly certificate: CertificateSource
  /** What clients may take. */
  readonly doors: Omit<DoorOptions, 'limits' | 'admits'> & { readonly limits: HttpLimits }
  readonly clock: Clock
  /** Lets WebSockets in that come to this server. */
  readonly takeUpgrades: (server: Server) => void
  /** Public names of this machine. */
  readonly names: readonly string[]
}

export interface HttpsDoor {
  /** Resolves with the port taken; rejects with the system's error. */
  listen(host: string, port: number): Promise<number>
}

/** A second door to the same routes, by TLS. Before `app.ready()`; it closes with the app. */
export function serveHttps(app: FastifyInstance, options: HttpsOptions): HttpsDoor {
  const { certificate, doors, clock, takeUpgrades, names } = options
  const { requestMs, headMs, checkEveryMs, handshakeMs } = doors.limits
  const mayShakeHands = limitHandshakes()
  const server = createServer(
    {
      ...certificate.current,
      minVersion: 'TLSv1.2',
      requestTimeout: requestMs,
      headersTimeout: headMs,
      connectionsCheckingInterval: checkEveryMs,
      handshakeTimeout: handshakeMs,
      shouldUpgradeCallback: asksForPhoneSocket,
    },
    (request, response) => app.routing(request, response),
  )
  certificate.onReplaced = (next) => server.setSecureContext({ ...next, minVersion: 'TLSv1.2' })
  // A stranger who speaks no TLS is no news.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  takeUpgrades(server)
  limitConnections(server, { ...doors, admits: (address) => mayShakeHands(address, clock.monotonic()) })
  app.addHook('onClose', async () => {
    certificate[Symbol.dispose]()
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeIdleConnections()
    await closed
  })
  leadToHttps(app, certificate, () => (server.listening ? names : []))
  offerRoot(app, certificate)
  answerChallenges(app, certificate)

  return {
    async listen(host, port) {
      server.listen({ host, port })
      await once(server, 'listening')
      return (server.address() as AddressInfo).port
    },
  }
}

/**
 * Who types a public name comes by plain HTTP, to port 80: he is sent on, so that no password goes over the Internet in the clear.
 * Not before the certificate is one that browsers know.
 */
function leadToHttps(
  app: FastifyInstance,
  certificate: CertificateSource,
  names: () => readonly string[],
): void {
  app.addHook('onRequest', async (request, reply) => {
    const { protocol, method, url, headers } = request
    const isMeant = protocol === 'http' && method === 'GET' && names().includes(headers.host ?? '')
    if (isMeant && certificate.root === undefined && !url.startsWith(CHALLENGE_PATH))
      return reply.redirect(`https://${headers.host}${url}`, 308)
  })
}

/** To everybody: a root is no secret, and who needs it can't log in yet. */
function offerRoot(app: FastifyInstance, certificate: CertificateSource): void {
  app.get(ROOT_PATH, { config: { access: 'anyone' } }, (_request, reply) =>
    certificate.root === undefined
      ? reply.callNotFound()
      : reply.type('application/x-x509-ca-cert').send(certificate.root),
  )
}

/** RFC 8555 §8.3: the authority asks under the name that is to be certified, on port 80, by plain HTTP. */
function answerChallenges(app: FastifyInstance, certificate: CertificateSource): void {
  app.get<{ Params: { token: string } }>(
    `${CHALLENGE_PATH}/:token`,
    { config: { access: 'anyone' } },
    ({ params }, reply) => {
      const answer = certificate.challenge(params.token)
      return answer === undefined ? reply.callNotFound() : reply.type('text/plain').send(answer)
    },
  )
}
