import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arrival, type Endpoint, expectFrom, type Latch, latchOnto, waitFor } from './latch.ts'

const sdp: Endpoint = { address: '192.0.2.1', port: 4000 }
const nat: Endpoint = { address: '198.51.100.9', port: 31_000 }
const injector: Endpoint = { address: '203.0.113.66', port: 666 }
const from = (source: Endpoint, ssrc: number, sequence = 10, latest = 9): Arrival => ({
  source,
  ssrc,
  sequence,
  latest,
})
const sourceOf = (latch: Latch) => (latch.kind === 'latched' ? latch.source : undefined)

describe('the latch of symmetric RTP (RFC 4961, RFC 7362)', () => {
  it('holds on to the first that comes, be it from behind a NAT', () => {
    expect(sourceOf(latchOnto(waitFor(sdp), from(nat, 1)))).toEqual(nat)
    expect(sourceOf(latchOnto(waitFor(undefined), from(nat, 1)))).toEqual(nat)
  })

  it('gives the SDP’s address precedence over whoever came before', () => {
    const beside = { ...sdp, port: 4002 }
    let latch = latchOnto(waitFor(sdp), from(injector, 66))
    latch = latchOnto(latch, from(beside, 1))
    expect(sourceOf(latch)).toEqual(beside)
    latch = latchOnto(latch, from(sdp, 2))
    expect(sourceOf(latch)).toEqual(sdp)
    expect(latchOnto(latch, from(beside, 1))).toBe(latch)
  })

  it('ignores an injector, whatever it sends', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffff),
        fc.nat(0xffff),
        fc.nat(0xffff_ffff),
        fc.boolean(),
        (sequence, latest, ssrc, behindNat) => {
          const held = latchOnto(waitFor(sdp), from(behindNat ? nat : sdp, 1))
          fc.pre(ssrc !== 1)
          expect(latchOnto(held, from(injector, ssrc, sequence, latest))).toBe(held)
        },
      ),
    )
  })

  it('ignores who knows the SSRC and not the sequence', () => {
    const held = latchOnto(waitFor(sdp), from(sdp, 1))
    for (const sequence of [8, 9, 9 + 501, 40_000])
      expect(latchOnto(held, from(injector, 1, sequence, 9))).toBe(held)
  })

  it('follows a stream that goes on from another place', () => {
    const held = latchOnto(waitFor(sdp), from(nat, 1))
    const moved = { ...nat, port: 31_444 }
    expect(sourceOf(latchOnto(held, from(moved, 1, 2, 65_530)))).toEqual(moved)
  })

  it('takes another stream from the same place', () => {
    const held = latchOnto(waitFor(sdp), from(nat, 1))
    expect(latchOnto(held, from({ ...nat }, 2, 50_000))).toMatchObject({ source: nat, ssrc: 2 })
  })

  it('waits anew when the SDP names another address, and not when it names the same', () => {
    const held = latchOnto(waitFor(sdp), from(nat, 1))
    expect(expectFrom(held, { ...sdp })).toBe(held)
    expect(expectFrom(held, { ...sdp, port: 4004 })).toEqual({
      kind: 'waiting',
      expected: { ...sdp, port: 4004 },
    })
    expect(expectFrom(held, undefined)).toEqual({ kind: 'waiting' })
  })
})
