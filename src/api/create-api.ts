import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import cookie from '@fastify/cookie'
import { type FastifyInstance, fastify } from 'fastify'
import type { ListDesk } from '../lists/list-desk.ts'
import type { Machine } from '../machine/machine.ts'
import type { Greetings } from '../mailbox/greetings.ts'
import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { MqttStanding } from '../notify/mqtt/open-mqtt.ts'
import type { Carrier } from '../notify/outbox/carrier.ts'
import type { PushNotifier } from '../notify/push/open-push.ts'
import { bracketed } from '../shared/bracketed.ts'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { MakeId } from '../shared/ids.ts'
import type { Log } from '../shared/log.ts'
import { createPasswords, type Passwords } from '../shared/passwords.ts'
import { publicNames } from '../shared/public-names.ts'
import type { Random } from '../shared/random.ts'
import { version } from '../shared/version.ts'
import type { PhoneConnection } from '../shared/web-socket.ts'
import type { Line } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import type { Transcription } from '../transcribe/open-transcription.ts'
import type { KeptTranscription } from '../transcribe/settings.ts'
import type { HouseVoice } from '../voice/house-voice.ts'
import type { KeptVoice } from '../voice/settings.ts'
import { createLoginThrottle } from './auth/login-throttle.ts'
import { createNoteUse } from './auth/note-use.ts'
import { createSessions } from './auth/sessions.ts'
import { defaultHttpLimits, type HttpLimits, limitConnections } from './connection-limits.ts'
import type { Context, Doctor, Mail, SipPlace } from './context.ts'
import { createEventHub } from './events/event-hub.ts'
import { createLevelHub } from './events/level-hub.ts'
import { createHostNames } from './host-names.ts'
import { createMetrics, type PhonesInUse, type SipInUse } from './metrics.ts'
import { servePage } from './page.ts'
import { asksForPhoneSocket, servePhoneSocket } from './phone-socket/serve-phone-socket.ts'
import { sendProblem } from './problem.ts'
import { createAppLinks } from './provisioning/app-links.ts'
import { guardRoutes, registerRoutes } from './register-routes.ts'
import { allRoutes } from './routes/all-routes.ts'
import { addSecurityHeaders } from './security-headers.ts'
import type { CertificateSource } from './tls/certificate.ts'
import { serveHttps } from './tls/serve-https.ts'

export interface ApiOptions {
  readonly store: Store
  readonly mailboxes: Mailboxes
  readonly greetings: Greetings
  readonly voice: HouseVoice
  readonly keptVoice: KeptVoice
  readonly machine: Machine
  /** Reads block lists. */
  readonly lists: ListDesk
  readonly mail: Mail
  readonly keptTranscription: KeptTranscription
  /** Tells what is said while it is said; undefined: nothing is. */
  readonly transcription?: Pick<Transcription, 'wordsOf' | 'watch'>
  /** Whether the broker of MQTT is told. */
  readonly mqttStanding: () => MqttStanding
  /** Carry events to webhooks and topics. */
  readonly carriers: readonly Carrier[]
  readonly doctor: Doctor
  readonly makeId: MakeId
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Names under which browsers reach the page; addresses and localhost are known anyway. */
  readonly hostNames?: readonly string[]
  /** Proxies whose X-Forwarded-* headers are believed; default none. */
  readonly trustedProxies?: readonly string[]
  /** The built page; default web/dist beside src. */
  readonly webDir?: string
  /** RTP packets ignored since the start, for /metrics. */
  readonly rtpPacketsIgnored?: () => number
  /** The lines as the machine answers them now, for /metrics. */
  readonly answeredLines?: () => readonly Pick<Line, 'name' | 'ringSeconds'>[]
  /** What SIP holds now, for /metrics. */
  readonly phonesInUse?: () => PhonesInUse
  readonly sipInUse?: () => SipInUse
  /** Takes the WebSockets of phones that were let in; they are sent away unless given. */
  readonly acceptPhone?: (connection: PhoneConnection) => void
  /** Where phones reach SIP now, for the page. */
  readonly sipPlaces?: () => readonly SipPlace[]
  /** The data directory, whose disk the page shows. */
  readonly dataDir?: string
  /** Tells browsers of calls and messages; undefined: none. */
  readonly push?: PushNotifier
  /** With it the same is served by HTTPS, too. */
  readonly certificate?: CertificateSource
  readonly limits?: Partial<HttpLimits>
  /** For tests, which can't wait for good hashes. */
  readonly passwords?: Passwords
}

/** Where it is served. */
interface Place {
  readonly host: string
  readonly port: number
}

/** The HTTP side of the machine: API, events, page. */
export interface Api {
  /** Starts listening; resolves with the port taken. Rejects with AP_HTTP_LISTEN_FAILED. */
  listen(host: string, port: number): Promise<Place>
  /** The same by HTTPS, where there is a certificate. */
  listenHttps(host: string, port: number): Promise<Place>
  /** Ends the event streams, lets requests in progress finish, and closes the port. */
  close(): Promise<void>
  /** Answers a request without a port, for tests. */
  readonly inject: FastifyInstance['inject']
  /** Takes a connection that came to no port, for tests. */
  connect(stream: Duplex): void
}

/** JSON is small; greetings have a limit of their own. */
const MOST_BODY_BYTES = 64 * 1024
/** Routes are checked by the contract's own schemas: Fastify's compilers are not even loaded, which spares 2 MB. */
const noCompilers = { buildValidator: noSchemas, buildSerializer: noSchemas }
/** Of RFC 6455's registry: try again later. */
const NOT_YET = 1013
const WEB_DIR = join(import.meta.dirname, '../../web/dist')

function noSchemas(): never {
  throw new Error('a route has a schema of Fastify’s')
}

/** Sets the API up; it listens once told to. */
export async function createApi(options: ApiOptions): Promise<Api> {
  const { store, clock, random, log } = options
  const noteUse = createNoteUse(log)
  const limits = { ...defaultHttpLimits, ...options.limits }
  const context: Context = {
    ...options,
    noteUse,
    sessions: createSessions({ ...options, noteUse }),
    passwords: options.passwords ?? createPasswords(random),
    throttle: createLoginThrottle(clock),
    appLinks: createAppLinks(clock),
    events: createEventHub(options),
    levels: createLevelHub(options),
    metrics: createMetrics(options),
  }
  const app = fastify({
    bodyLimit: MOST_BODY_BYTES,
    trustProxy: [...(options.trustedProxies ?? [])],
    // A client that is slow to ask is cut off; answers (events) may last.
    requestTimeout: limits.requestMs,
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: noCompilers },
    http: {
      headersTimeout: limits.headMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      shouldUpgradeCallback: asksForPhoneSocket,
    },
  })
  const doors = { limits, trustedProxies: options.trustedProxies ?? [] }
  limitConnections(app.server, doors)
  // Before the routes: each takes the handler that is there when it is registered.
  app.setNotFoundHandler(({ method, url }) => {
    throw new AnswerphoneError('AP_ROUTE_UNKNOWN', { method, path: url.split('?')[0] ?? url })
  })
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log))
  addSecurityHeaders(app)
  await app.register(cookie)
  takeOnlyOurBodies(app)
  const names = createHostNames(options.hostNames ?? [])
  guardRoutes(app, context, names)
  registerRoutes(app, allRoutes(version), context)
  const takeUpgrades = servePhoneSocket(app, context, {
    names,
    accept: options.acceptPhone ?? (({ socket }) => socket.close(NOT_YET)),
  })
  const https =
    options.certificate &&
    serveHttps(app, {
      certificate: options.certificate,
      doors,
      clock,
      takeUpgrades,
      names: publicNames(options.hostNames ?? []),
    })
  await servePage(app, options.webDir ?? WEB_DIR)
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const seen = {
      method,
      route: routeOptions.url ?? '',
      status: reply.statusCode,
      lastedMs: reply.elapsedTime,
    }
    context.metrics.observeRequest(seen)
    log.debug(seen, 'request')
  })
  app.addHook('preClose', async () => {
    context.events.close()
    context.levels.close()
  })
  app.addHook('onClose', async () => context.metrics.close())
  await app.ready()
  await store.sessions.removeExpired(clock.now())

  return {
    listen: (host, port) =>
      listening('--http', host, port, async () => {
        await app.listen({ host, port })
        return (app.server.address() as AddressInfo).port
      }),
    listenHttps: (host, port) =>
      listening('--https', host, port, async () => {
        if (!https) throw new Error('there is no certificate')
        return https.listen(host, port)
      }),
    close: () => app.close(),
    inject: app.inject.bind(app) as FastifyInstance['inject'],
    connect: (stream) => void app.server.emit('connection', stream),
  }
}

async function listening(
  flag: string,
  host: string,
  port: number,
  listen: () => Promise<number>,
): Promise<Place> {
  try {
    return { host, port: await listen() }
  } catch (error) {
    const address = `${bracketed(host)}:${port}`
    const why = (error as Error).message
    throw new AnswerphoneError('AP_HTTP_LISTEN_FAILED', { address, why, flag }, { cause: error })
  }
}

/** JSON, and WAV and vCard files under the names that they go by. Plain text, which a foreign form can send, is not taken. */
function takeOnlyOurBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser(
    [
      'audio/wav',
      'audio/x-wav',
      'audio/wave',
      'audio/vnd.wave',
      'text/vcard',
      'text/csv',
      'text/x-vcard',
      'application/octet-stream',
    ],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  )
}
