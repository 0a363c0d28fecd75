import type { Clock } from '../../shared/clock.ts'
import { type Log, silentLog } from '../../shared/log.ts'
import type { Random } from '../../shared/random.ts'
import type { SipMessage, SipRequest } from '../message/message.ts'
import { parseMessage } from '../message/parse.ts'
import { topVia } from '../message/read.ts'
import { serialize } from '../message/serialize.ts'
import { validateResponse } from '../message/validate.ts'
import { PING } from '../transport/connection.ts'
import { isWebSocket, type Source, type Transport, type TransportEvents } from '../transport/transport.ts'
import { markReceived, responseDestination } from '../transport/via-routing.ts'
import { createClientTransactions } from './client-transactions.ts'
import type { TransactionLayer, TransactionLayerEvents } from './layer.ts'
import { receiveRequests } from './receive-requests.ts'
import { createServerTransactions } from './server-transactions.ts'
import { type StatelessAnswer, statelessAnswers } from './stateless-answers.ts'
import type { Tap } from './tap.ts'
import { defaultTimers, type SipTimers } from './timers.ts'
import { createWire } from './wire.ts'

/** What keeps a flood from filling the memory. */
export interface TransactionLimits {
  /** Server transactions at a time; past it a new request gets 503 and is forgotten. */
  readonly serverTransactions: number
}

/** 1,000 calls a second over UDP hold 64,000: an INVITE's for 32 s after its 2xx (timer L), a BYE's for 32 s (timer J). */
const defaultLimits: TransactionLimits = { serverTransactions: 100_000 }

export interface TransactionLayerOptions {
  readonly events: TransactionLayerEvents
  readonly clock: Clock
  readonly random: Random
  /** RFC 3261's unless given. */
  readonly timers?: Partial<SipTimers>
  readonly limits?: Partial<TransactionLimits>
  /** The address to name in Via and Contact instead of the local one (a NAT with forwarded ports). */
  readonly publicAddress?: string | undefined
  readonly tap?: Tap | undefined
  readonly log?: Log
}

/** A layer to which transports are attached once they are open: they need `receive` to open. */
export interface AttachableLayer extends TransactionLayer {
  /** Where transports put what they receive. */
  readonly receive: TransportEvents
  attach(transport: Transport): void
}

/** Transactions over transports: RFC 3261 §17 and §18, RFC 3581, RFC 6026. */
export function createTransactionLayer(options: TransactionLayerOptions): AttachableLayer {
  const { events, clock, random, tap, log = silentLog } = options
  const timers = { ...defaultTimers, ...options.timers }
  const limits = { ...defaultLimits, ...options.limits }
  const wire = createWire(clock, options.publicAddress, tap)
  const servers = createServerTransactions(clock, timers, wire)
  const clients = createClientTransactions(clock, random, timers, wire)
  const buildAnswer = statelessAnswers(Buffer.from(random.bytes(16)))
  const receiveRequest = receiveRequests({ servers, events, limits, refuse })

  function refuse(request: SipRequest, source: Source, status: number, answer?: StatelessAnswer): void {
    wire.send(serialize(buildAnswer(request, status, answer)), responseDestination(topVia(request), source))
  }

  function receive(bytes: Buffer, source: Source, framing: 'datagram' | 'stream') {
    const isResponse = startsLikeResponse(bytes)
    if (!isResponse && !events.admits(source)) return
    tap?.({ direction: 'in', bytes, peer: source, local: () => source.local })
    const parsed = parseMessage(bytes, framing)
    if (parsed.ok) return receiveMessage(parsed.message, source)
    const { why, status, request } = parsed.failure
    log.debug({ from: source.address, why }, 'not a SIP message')
    // RFC 3261 §8.2: a request that can't be read gets 400 or 505; never an ACK, which takes no response.
    if (isResponse || !request || request.method === 'ACK') return
    markReceived(request, source)
    refuse(request, source, status, { reason: status === 400 ? `Bad Request (${why})` : undefined })
  }

  function receiveMessage(message: SipMessage, source: Source): void {
    if (message.kind === 'request') {
      markReceived(message, source)
      receiveRequest({ ...message, source })
      return
    }
    // RFC 3261 §8.1.3.3: more than one Via means that it was meant for somebody before us.
    if (validateResponse(message) !== undefined || message.headers.values('Via').length !== 1) return
    const response = { ...message, source }
    if (!clients.receive(response)) events.onStrayResponse(response)
  }

  return {
    attach: wire.attach,
    receive: {
      onMessage: (bytes, from) => receive(bytes, from, framingOf(from)),
      onBroken: (bytes, from) => receive(bytes, from, 'stream'),
      onClosed: (from) => events.onClosed?.(from),
      onStun: (bytes, from) => events.onStun?.(bytes, from),
      onSendFailed: wire.onSendFailed,
    },
    request: clients.request,
    sendStateless: clients.sendStateless,
    sendResponse: (response, to) => wire.send(serialize(response), responseDestination(topVia(response), to)),
    keepAlive: (to) => wire.sendBytes(PING, to),
    sendBytes: wire.sendBytes,
    drop: (to) => wire.transportTo(to)?.drop?.(to),
    localFor: wire.localFor,
    get size() {
      return servers.size + clients.size
    },
    async close() {
      servers.close()
      clients.close()
      await wire.close()
    },
  }
}

/** A WebSocket keeps messages apart as datagrams do, so that none needs a Content-Length (RFC 7118 §5.1). */
function framingOf(from: Source): 'datagram' | 'stream' {
  return from.flow === undefined || isWebSocket(from) ? 'datagram' : 'stream'
}

const STATUS_LINE = Buffer.from('SIP/')

/** Tells a response from a request before anything is read of it, so that a stranger's request costs nothing. */
function startsLikeResponse(bytes: Buffer): boolean {
  let at = 0
  while (bytes[at] === 0x0d || bytes[at] === 0x0a) at++
  return bytes.subarray(at, at + STATUS_LINE.length).equals(STATUS_LINE)
}
