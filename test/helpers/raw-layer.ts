import {
  createTransactionLayer,
  type TransactionLayerOptions,
} from '../../src/sip/transaction/create-layer.ts'
import type { ReceivedRequest, ReceivedResponse, ServerTransaction } from '../../src/sip/transaction/layer.ts'
import type { Transport } from '../../src/sip/transport/transport.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type MemoryNetwork, memoryNetwork } from './memory-network.ts'
import { seededRandom } from './seeded-random.ts'

const HERE = { address: '192.0.2.2', port: 5060 }
const THERE = { address: '192.0.2.1', port: 5060 }

/** A transaction layer and a bare peer that sends it text and keeps what comes back. */
export interface RawLayer {
  readonly clock: FakeClock
  readonly network: MemoryNetwork
  readonly layer: ReturnType<typeof createTransactionLayer>
  readonly requests: ServerTransaction[]
  readonly acks: ReceivedRequest[]
  readonly strays: ReceivedResponse[]
  /** What the layer sent to the peer. */
  readonly heard: string[]
  /** The status codes of what it sent. */
  readonly statuses: () => number[]
  readonly transport: Transport
  /** Sends the text with CRLF for each line end, and lets it arrive and be answered. */
  say(text: string): void
  close(): Promise<void>
}

/** Sets up a layer at 192.0.2.2 and a peer at 192.0.2.1 that speaks any text. */
export function rawLayer(
  options: {
    readonly transport?: 'udp' | 'tcp'
    readonly admits?: boolean
    readonly limits?: TransactionLayerOptions['limits']
  } = {},
): RawLayer {
  const clock = fakeClock()
  const random = seededRandom(7)
  const network = memoryNetwork({ clock, random })
  const name = options.transport ?? 'udp'
  const requests: ServerTransaction[] = []
  const acks: ReceivedRequest[] = []
  const strays: ReceivedResponse[] = []
  const heard: string[] = []
  const layer = createTransactionLayer({
    clock,
    random,
    limits: options.limits ?? {},
    events: {
      onRequest: (transaction) => void requests.push(transaction),
      onAck: (ack) => void acks.push(ack),
      onStrayResponse: (response) => void strays.push(response),
      admits: () => options.admits ?? true,
    },
  })
  layer.attach(network[name](HERE.address, HERE.port, layer.receive))
  const transport = network[name](THERE.address, THERE.port, {
    onMessage: (bytes) => void heard.push(bytes.toString()),
    onBroken: () => {},
    onSendFailed: () => {},
  })
  return {
    clock,
    network,
    layer,
    requests,
    acks,
    strays,
    heard,
    transport,
    statuses: () => heard.map((text) => Number(/^SIP\/2\.0 (\d+)/.exec(text)?.[1] ?? 0)),
    say(text) {
      transport.send(Buffer.from(text.replaceAll('\n', '\r\n')), { transport: name, ...HERE })
      clock.advance(5)
    },
    async close() {
      await layer.close()
      await transport.close()
    },
  }
}

/** A request as text; `lines` go behind the usual headers. */
export function requestText(
  method: string,
  change: {
    readonly branch?: string | undefined
    readonly cseq?: string
    readonly toTag?: string
    readonly lines?: string
    readonly via?: string
  } = {},
): string {
  const branch = change.branch === undefined ? 'z9hG4bKone' : change.branch
  const via = change.via ?? `SIP/2.0/UDP 192.0.2.1:5060;rport;branch=${branch}`
  return `${method} sip:line@192.0.2.2 SIP/2.0
Via: ${via}
Max-Forwards: 70
From: <sip:caller@192.0.2.1>;tag=caller
To: <sip:line@192.0.2.2>${change.toTag ? `;tag=${change.toTag}` : ''}
Call-ID: call-1
CSeq: ${change.cseq ?? `1 ${method}`}
${change.lines ?? ''}Content-Length: 0

`
}
