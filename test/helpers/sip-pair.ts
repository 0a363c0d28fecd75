import { buildRequest } from '../../src/sip/message/build.ts'
import type { SipRequest } from '../../src/sip/message/message.ts'
import {
  type AttachableLayer,
  createTransactionLayer,
  type TransactionLayerOptions,
} from '../../src/sip/transaction/create-layer.ts'
import type {
  ClientTransactionEvents,
  ReceivedRequest,
  ReceivedResponse,
  ServerTransaction,
  TransactionLayerEvents,
} from '../../src/sip/transaction/layer.ts'
import type { Destination } from '../../src/sip/transport/transport.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type MemoryNetwork, memoryNetwork, type Weather } from './memory-network.ts'
import { seededRandom } from './seeded-random.ts'

/** Where the two sides of a pair live. */
export const CALLER = '192.0.2.1'
export const CALLEE = '192.0.2.2'

export interface SipPairOptions extends Partial<Weather> {
  readonly transport?: 'udp' | 'tcp'
  readonly seed?: number
  /** What the called side does; by default it keeps what it gets in `requests`, `acks` and `strays`. */
  readonly callee?: Partial<TransactionLayerEvents>
  readonly limits?: TransactionLayerOptions['limits']
}

/** Two transaction layers, caller and callee, on one memory network. */
export interface SipPair {
  readonly clock: FakeClock
  readonly network: MemoryNetwork
  readonly caller: AttachableLayer
  readonly callee: AttachableLayer
  /** What reached the callee's user. */
  readonly requests: ServerTransaction[]
  readonly acks: ReceivedRequest[]
  /** Responses that reached the caller outside of any transaction. */
  readonly strays: ReceivedResponse[]
  /** The callee, as seen by the caller. */
  readonly to: Destination
  close(): Promise<void>
}

/** Sets up two layers that reach each other by UDP or TCP in memory. */
export function sipPair(options: SipPairOptions = {}): SipPair {
  const clock = fakeClock()
  const random = seededRandom(options.seed ?? 1)
  const network = memoryNetwork({ ...options, clock, random })
  const name = options.transport ?? 'udp'
  const requests: ServerTransaction[] = []
  const acks: ReceivedRequest[] = []
  const strays: ReceivedResponse[] = []
  const events: TransactionLayerEvents = {
    onRequest: (transaction) => void requests.push(transaction),
    onAck: (ack) => void acks.push(ack),
    onStrayResponse: (response) => void strays.push(response),
    admits: () => true,
  }
  const { limits = {} } = options
  const caller = createTransactionLayer({ events, clock, random })
  const callee = createTransactionLayer({ events: { ...events, ...options.callee }, clock, random, limits })
  caller.attach(network[name](CALLER, 5060, caller.receive))
  callee.attach(network[name](CALLEE, 5060, callee.receive))
  return {
    clock,
    network,
    caller,
    callee,
    requests,
    acks,
    strays,
    to: { transport: name, address: CALLEE, port: 5060 },
    async close() {
      await caller.close()
      await callee.close()
    },
  }
}

/** A request with all that RFC 3261 §8.1.1 wants but the Via, which the layer adds. */
export function plainRequest(method: string, change: { cseq?: number; callId?: string } = {}): SipRequest {
  return buildRequest({
    method,
    uri: 'sip:line@192.0.2.2',
    headers: [
      ['Max-Forwards', '70'],
      ['From', '<sip:caller@192.0.2.1>;tag=caller'],
      ['To', '<sip:line@192.0.2.2>'],
      ['Call-ID', change.callId ?? 'call-1@192.0.2.1'],
      ['CSeq', `${change.cseq ?? 1} ${method}`],
      ['Contact', '<sip:caller@192.0.2.1>'],
    ],
  })
}

/** Notes what a client transaction reports: statuses, `timeout`, `failed`. */
export function noteEvents(): ClientTransactionEvents & { readonly log: string[] } {
  const log: string[] = []
  return {
    log,
    onProvisional: (response) => void log.push(String(response.status)),
    onFinal: (response) => void log.push(String(response.status)),
    onTimeout: () => void log.push('timeout'),
    onFailed: () => void log.push('failed'),
  }
}

/** The trace in short: `INVITE`, `180 INVITE`, one entry for each message sent. */
export function summary(network: MemoryNetwork): string[] {
  return network.trace.map(({ text }) => {
    const [first = ''] = text.split('\r\n', 1)
    const cseq = /^CSeq: *\d+ +(\S+)/im.exec(text)?.[1] ?? ''
    return first.startsWith('SIP/2.0') ? `${first.split(' ')[1]} ${cseq}` : (first.split(' ')[0] ?? '')
  })
}
