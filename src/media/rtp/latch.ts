import { sequenceAhead } from './packet.ts'

/** A transport address. Sockets hand out the same object while packets come from the same place. */
export interface Endpoint {
  readonly address: string
  readonly port: number
  /** The address of ours at which it came, and from which what goes there leaves, where a session has several. */
  readonly at?: string
}

/**
 * Where a leg's packets are taken from and sent to: symmetric RTP (RFC 4961), learned behind a NAT where the SDP's
 * address is not the one that packets come from (RFC 7362 §4), without becoming a door for injectors.
 *
 *     waiting ── first packet that fits ──▶ latched ──┐ a packet that keeps SSRC and sequence (the NAT moved), or
 *        ▲                                    │  ▲    │ one from nearer the SDP's address
 *        └────── the SDP's address changed ───┘  └────┘
 */
export type Latch =
  | { readonly kind: 'waiting'; readonly expected?: Endpoint }
  | {
      readonly kind: 'latched'
      readonly expected?: Endpoint
      readonly source: Endpoint
      readonly ssrc: number
    }

/** A valid RTP packet of the negotiated formats, from a source that the latch does not hold yet. */
export interface Arrival {
  readonly source: Endpoint
  readonly ssrc: number
  readonly sequence: number
  /** The latest sequence number of the latched stream; what a moved stream must continue. */
  readonly latest: number
}

/** How far a stream that moves may have run on while its packets were lost: 10 s. */
const MAX_RUN_ON = 500

/** Starts to wait. `expected` is the remote address of the SDP, absent while it has none. */
export const waitFor = (expected: Endpoint | undefined): Latch =>
  expected ? { kind: 'waiting', expected } : { kind: 'waiting' }

/** Holds on to `source`, remembering what the SDP said. */
function holdOn(latch: Latch, { source, ssrc }: Arrival): Latch {
  const held = { kind: 'latched', source, ssrc } as const
  return latch.expected ? { ...held, expected: latch.expected } : held
}

/** The latch after an arrival; the same object when the packet is to be ignored. */
export function latchOnto(latch: Latch, arrival: Arrival): Latch {
  if (latch.kind === 'waiting') return holdOn(latch, arrival)
  // The same place with another SSRC: a PBX has put another stream through.
  if (samePlace(latch.source, arrival.source)) return holdOn(latch, arrival)
  // Whoever came first from elsewhere yields to the address that the signalling named.
  if (nearness(arrival.source, latch.expected) > nearness(latch.source, latch.expected))
    return holdOn(latch, arrival)
  const ahead = sequenceAhead(arrival.latest, arrival.sequence)
  if (arrival.ssrc === latch.ssrc && ahead > 0 && ahead <= MAX_RUN_ON) return holdOn(latch, arrival)
  return latch
}

/** The SDP's address changed: what was latched counts no more. The same address keeps the latch. */
export function expectFrom(latch: Latch, expected: Endpoint | undefined): Latch {
  const same = expected && latch.expected ? samePlace(expected, latch.expected) : expected === latch.expected
  return same ? latch : waitFor(expected)
}

export const samePlace = (a: Endpoint, b: Endpoint): boolean =>
  a.port === b.port && a.address === b.address && a.at === b.at

/** 2 for the SDP's address and port, 1 for its address alone, 0 for elsewhere. */
function nearness(source: Endpoint, expected: Endpoint | undefined): number {
  if (source.address !== expected?.address) return 0
  return source.port === expected.port ? 2 : 1
}
