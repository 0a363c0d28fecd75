import {
  type AttachableEndpoint,
  createEndpoint,
  type EndpointOptions,
} from '../../src/sip/create-endpoint.ts'
import type {
  Body,
  EndpointEvents,
  IncomingInvite,
  InviteEvent,
  InviteOptions,
  OutgoingInvite,
} from '../../src/sip/endpoint.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type MemoryNetwork, memoryNetwork, type Weather } from './memory-network.ts'
import { seededRandom } from './seeded-random.ts'

export const ALICE = '192.0.2.1'
export const MACHINE = '192.0.2.2'

export const sdp = (text: string): Body => ({ contentType: 'application/sdp', bytes: Buffer.from(text) })

export interface EndpointPairOptions extends Partial<Weather> {
  readonly transport?: 'udp' | 'tcp'
  readonly seed?: number
  /** What the machine does with a new call; it keeps it in `calls` in any case. */
  readonly onInvite?: (invite: IncomingInvite) => void
  readonly machine?: Partial<Omit<EndpointOptions, 'events' | 'clock' | 'random'>>
  readonly alice?: Partial<Omit<EndpointOptions, 'events' | 'clock' | 'random'>>
  readonly guard?: NonNullable<EndpointEvents['guard']>
  readonly onSubscribe?: NonNullable<EndpointEvents['onSubscribe']>
}

/** Two endpoints on one memory network: `alice` calls, `machine` is called. */
export interface EndpointPair {
  readonly clock: FakeClock
  readonly network: MemoryNetwork
  readonly alice: AttachableEndpoint
  readonly machine: AttachableEndpoint
  /** Calls that reached the machine, with what they reported. */
  readonly calls: { readonly invite: IncomingInvite; readonly events: InviteEvent[] }[]
  /** Alice calls the machine. */
  call(change?: Partial<InviteOptions>): { readonly invite: OutgoingInvite; readonly events: InviteEvent[] }
  /** Runs until every transaction has had its time, and then some. */
  settle(): void
}

export function endpointPair(options: EndpointPairOptions = {}): EndpointPair {
  const clock = fakeClock()
  const random = seededRandom(options.seed ?? 1)
  const network = memoryNetwork({ ...options, clock, random })
  const transport = options.transport ?? 'udp'
  const calls: EndpointPair['calls'] = []

  const machine = createEndpoint({
    ...options.machine,
    clock,
    random,
    events: {
      ...(options.guard && { guard: options.guard }),
      ...(options.onSubscribe && { onSubscribe: options.onSubscribe }),
      onInvite(invite) {
        const events: InviteEvent[] = []
        calls.push({ invite, events })
        invite.onEvent = (event) => {
          events.push(event)
          if (event.kind === 'renegotiate') event.accept(sdp('machine again'))
        }
        options.onInvite?.(invite)
      },
    },
  })
  const alice = createEndpoint({
    ...options.alice,
    clock,
    random,
    events: { onInvite: (invite) => invite.reject(486) },
  })
  alice.attach(network[transport](ALICE, 5060, alice.receive))
  machine.attach(network[transport](MACHINE, 5060, machine.receive))

  return {
    clock,
    network,
    alice,
    machine,
    calls,
    call(change = {}) {
      const invite = alice.invite({
        uri: 'sip:line@192.0.2.2',
        to: { transport, address: MACHINE, port: 5060 },
        from: { displayName: undefined, uri: 'sip:alice@192.0.2.1', params: new Map() },
        body: sdp('alice'),
        ...change,
      })
      const events: InviteEvent[] = []
      invite.onEvent = (event) => void events.push(event)
      return { invite, events }
    },
    settle: () => clock.advance(120_000),
  }
}
