import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeReport } from '../rtcp/write-report.ts'
import { writeRtpHeader } from '../rtp/packet.ts'
import { REFUSED } from './guard.ts'
import { openGuard } from './open-guard.ts'
import { MAX_OVERHEAD, Protector } from './protector.ts'
import { WINDOW } from './replay-window.ts'
import { type MasterKey, type SuiteName, suites } from './suite.ts'
import { Unprotector } from './unprotector.ts'

const SSRC = 0xfedc_ba98
const names = Object.keys(suites) as SuiteName[]

const masterOf = (suite: SuiteName): MasterKey => ({
  suite,
  key: Buffer.alloc(suites[suite].keyBytes, 0x5a),
  salt: Buffer.alloc(suites[suite].saltBytes, 0xa5),
})

function rtp(sequence: number, payload: Uint8Array = Buffer.alloc(160, sequence), ssrc = SSRC): Buffer {
  const packet = Buffer.alloc(12 + payload.length)
  writeRtpHeader(packet, false, 0, sequence & 0xffff, 160 * sequence, ssrc)
  packet.set(payload, 12)
  return packet
}
const report = writeReport({ ssrc: SSRC, cname: 'somebody', bye: false })

/** What is sent, in a buffer of its own. */
function sent(packet: Buffer, seal: (packet: Buffer, length: number, into: Buffer) => number): Buffer {
  const into = Buffer.alloc(packet.length + MAX_OVERHEAD)
  return into.subarray(0, seal(packet, packet.length, into))
}

/** What comes out of a copy of these bytes; undefined when they are refused. */
function opened(bytes: Buffer, open: (bytes: Buffer, length: number) => number): Buffer | undefined {
  const copy = Buffer.from(bytes)
  const length = open(copy, copy.length)
  return length === REFUSED ? undefined : copy.subarray(0, length)
}

describe.each(names)('a stream secured by %s', (suite) => {
  const ends = () => {
    const ours = new Protector(masterOf(suite))
    const theirs = new Unprotector(masterOf(suite))
    return {
      rtp: (packet: Buffer) => sent(packet, (...args) => ours.rtp(...args)),
      rtcp: (packet: Buffer) => sent(packet, (...args) => ours.rtcp(...args)),
      openRtp: (bytes: Buffer) => opened(bytes, (...args) => theirs.rtp(...args)),
      openRtcp: (bytes: Buffer) => opened(bytes, (...args) => theirs.rtcp(...args)),
    }
  }

  it('RFC 3711 §3.3: comes out as it went in, whatever is lost, doubled or overtaken, and nothing comes out twice', () => {
    const arrivals = fc.array(fc.record({ ahead: fc.nat(90), skip: fc.nat(3) }), { maxLength: 80 })
    fc.assert(
      fc.property(fc.nat(0x7fff), arrivals, (first, steps) => {
        const { rtp: send, openRtp } = ends()
        const wire = Array.from({ length: 330 }, (_, i) => send(rtp(first + i)))
        const came = new Set<number>()
        let at = 0
        let highest = -1
        // The first packet must come first: its roll-over counter is known to be 0.
        for (const { ahead, skip } of [{ ahead: 0, skip: 0 }, ...steps]) {
          const which = at + ahead
          const plain = openRtp(wire[which] as Buffer)
          const fresh = !came.has(which) && which > highest - WINDOW
          expect(plain).toEqual(fresh ? rtp(first + which) : undefined)
          came.add(which)
          highest = Math.max(highest, which)
          at += skip
        }
      }),
      { numRuns: 60 },
    )
  })

  it('RFC 3711 §3.3.1: goes on past the roll-over of the sequence number, and again', () => {
    const { rtp: send, openRtp } = ends()
    for (let sequence = 0x7ff0; sequence < 0x2_0100; sequence += 0x1ff) {
      const packet = rtp(sequence)
      expect(openRtp(send(packet))).toEqual(packet)
    }
  })

  it('RFC 3711 §4.2: a packet with one bit changed never comes out, and spoils nothing for the next', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), fc.uint8Array({ maxLength: 40 }), fc.nat(), (sequence, payload, place) => {
        const { rtp: send, rtcp: sendReport, openRtp, openRtcp } = ends()
        const secured = send(rtp(sequence, payload))
        const changed = Buffer.from(secured)
        const bit = place % (8 * changed.length)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(openRtp(changed)).toBeUndefined()
        expect(openRtp(secured)).toEqual(rtp(sequence, payload))

        const told = sendReport(report)
        const forged = Buffer.from(told)
        const other = place % (8 * forged.length)
        forged[other >> 3] = (forged[other >> 3] ?? 0) ^ (1 << (other & 7))
        expect(openRtcp(forged)).toBeUndefined()
        expect(openRtcp(told)).toEqual(report)
      }),
    )
  })

  it('RFC 3711 §3.4: reports come out once each', () => {
    const { rtcp: send, openRtcp } = ends()
    const wire = Array.from({ length: 100 }, () => send(report))
    expect(new Set(wire.map((bytes) => bytes.toString('hex'))).size).toBe(100)
    for (const secured of [wire[1], wire[0], wire[99]] as Buffer[]) {
      expect(openRtcp(secured)).toEqual(report)
      expect(openRtcp(secured)).toBeUndefined()
    }
    expect(openRtcp(wire[2] as Buffer)).toBeUndefined() // too old to say
  })

  it('RFC 3711 §3.1: what is no packet of this key is refused, whatever the bytes', () => {
    const { openRtp, openRtcp } = ends()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (raw, seemly) => {
        const bytes = Buffer.from(raw)
        if (seemly && bytes.length > 0) bytes[0] = 0x80 | ((bytes[0] ?? 0) & 0x1f)
        expect(openRtp(bytes)).toBeUndefined()
        expect(openRtcp(bytes)).toBeUndefined()
      }),
    )
  })

  it('RFC 3711 §3.1: CSRCs and header extensions stay readable', () => {
    const secured = Buffer.from('b1c00001000000a0fedcba98', 'hex')
    const extension = Buffer.from('0000000cbede000110ff0000', 'hex')
    const packet = Buffer.concat([secured, extension, Buffer.alloc(20, 7), Buffer.from([1])])
    // Ours have none: sealed as theirs would be, by the guard itself.
    const { openRtp } = ends()
    const sealed = sent(packet, (bytes, length, into) => {
      bytes.copy(into)
      return openGuard(masterOf(suite)).sealRtp(into, length, 24, 1)
    })
    expect(sealed.subarray(0, 24)).toEqual(packet.subarray(0, 24))
    expect(openRtp(sealed)).toEqual(packet)
  })

  it('RFC 3711 §3.2.3: sources have windows of their own, and only so many are remembered', () => {
    const { openRtp } = ends()
    const first = sent(rtp(1, undefined, 0), (...args) => new Protector(masterOf(suite)).rtp(...args))
    for (let ssrc = 0; ssrc < 70; ssrc++) {
      const secured = sent(rtp(1, undefined, ssrc), (...args) => new Protector(masterOf(suite)).rtp(...args))
      expect(openRtp(secured) !== undefined).toBe(ssrc < 64)
    }
    expect(openRtp(first)).toBeUndefined()
  })
})
