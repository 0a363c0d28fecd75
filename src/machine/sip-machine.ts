import type { EndpointOptions } from '../sip/create-endpoint.ts'
import type { Endpoint, EndpointEvents } from '../sip/endpoint.ts'
import type { Tap } from '../sip/transaction/tap.ts'
import type { Destination, SocketAddress, Source } from '../sip/transport/transport.ts'
import type { Line } from '../store/model.ts'
import type { Machine } from './machine.ts'
import type { PhoneSide } from './phone-side.ts'

/** The machine, and what its SIP endpoint asks and tells. */
export interface SipMachine extends Machine {
  /** The lines as calls are answered now: a change of them in the store gets here a moment later. */
  readonly lines: readonly Line[]
  /** Whether anybody at this place is answered at all. */
  admits(source: Source): boolean
  /** Whether its STUN is answered: only where a phone has registered, so that nobody else gets back more than he sent. */
  answersStun(source: Source): boolean
  /** How this peer sees us, where it has told and a NAT is between. */
  seenBy(peer: Destination): SocketAddress | undefined
  /** What its endpoint can do and tells. */
  readonly capabilities: Pick<EndpointOptions, 'methods' | 'extensions' | 'eventPackages'>
  readonly events: EndpointEvents
  /** Sees what its endpoint says and is told. */
  readonly tap: Tap
  readonly phonesInUse: PhoneSide['inUse']
  /** How much later it is at the registrars of lines than here, in ms, where they say so. */
  registrarClocks(): { readonly line: string; readonly aheadMs: number }[]
  /** RTP packets of strangers in all calls that have ended. */
  readonly rtpPacketsIgnored: number
  /** The endpoint that the calls come from, and by which phones are called. Before any packet comes. */
  attach(endpoint: Endpoint): void
}
