import { describe, expect, it } from 'vitest'
import { writeReport } from '../rtcp/write-report.ts'
import { writeRtpHeader } from '../rtp/packet.ts'
import { REFUSED } from './guard.ts'
import { MAX_OVERHEAD, Protector } from './protector.ts'
import { SdesLink } from './sdes-link.ts'
import { type MasterKey, type SuiteName, suites } from './suite.ts'

const SSRC = 0xfedc_ba98
const master = (fill: number, suite: SuiteName = 'AES_CM_128_HMAC_SHA1_80', mki?: Buffer): MasterKey => ({
  suite,
  key: Buffer.alloc(suites[suite].keyBytes, fill),
  salt: Buffer.alloc(suites[suite].saltBytes, fill + 1),
  ...(mki && { mki }),
})
const ours = master(0x11)

function packet(sequence: number): Buffer {
  const bytes = Buffer.alloc(172, sequence)
  writeRtpHeader(bytes, false, 0, sequence & 0xffff, 160 * sequence, SSRC)
  return bytes
}
const report = writeReport({ ssrc: SSRC, cname: 'somebody', bye: false })

/** The other side, which changes its key as its maker has read the RFCs. */
function sender(key: MasterKey) {
  const protector = new Protector(key)
  const sealed = (seal: (into: Buffer) => number) => {
    const into = Buffer.alloc(300 + MAX_OVERHEAD)
    return into.subarray(0, seal(into))
  }
  return {
    rtp: (sequence: number) => sealed((into) => protector.rtp(packet(sequence), 172, into)),
    rtcp: () => sealed((into) => protector.rtcp(report, report.length, into)),
  }
}

function opened(link: SdesLink, secured: Buffer, of: 'Rtp' | 'Rtcp' = 'Rtp'): Buffer | undefined {
  const copy = Buffer.from(secured)
  const length = link[`open${of}`](copy, copy.length)
  if (length === REFUSED) expect(copy).toEqual(secured)
  return length === REFUSED ? undefined : copy.subarray(0, length)
}

describe.each(Object.keys(suites) as SuiteName[])('keys of session descriptions, %s', (suite) => {
  const [first, second] = [master(0x22, suite), master(0x33, suite)]
  const linkBy = (receive: MasterKey) => new SdesLink({ kind: 'sdes', send: ours, receive })

  it('RFC 4568 §7.1.4: the same keys again change nothing: roll-over counter and replay list go on', () => {
    const link = linkBy(first)
    const them = sender(first)
    for (let sequence = 0xff00; sequence < 0x1_0100; sequence += 0x40) {
      if (sequence === 0x1_0040) link.settle({ kind: 'sdes', send: { ...ours }, receive: { ...first } })
      const secured = them.rtp(sequence)
      expect(opened(link, secured)).toEqual(packet(sequence))
      expect(opened(link, secured)).toBeUndefined()
    }
  })

  it('RFC 4568 §7.1.4: a changed key takes over without a gap, its first packet ends the old one', () => {
    const link = linkBy(first)
    const [old, fresh] = [sender(first), sender(second)]
    expect(opened(link, old.rtp(1))).toEqual(packet(1))
    link.settle({ kind: 'sdes', send: ours, receive: second })
    expect(opened(link, old.rtp(2))).toEqual(packet(2))
    expect(opened(link, old.rtcp(), 'Rtcp')).toEqual(report)
    const late = old.rtp(3)
    expect(opened(link, fresh.rtp(4))).toEqual(packet(4))
    expect(opened(link, late)).toBeUndefined()
    expect(opened(link, old.rtp(5))).toBeUndefined()
    expect(opened(link, fresh.rtcp(), 'Rtcp')).toEqual(report)
    expect(opened(link, old.rtcp(), 'Rtcp')).toBeUndefined()
  })

  it.each([
    ['goes on (RFC 3711 §3.3.1)', true],
    ['begins anew (RFC 4568 §7.1.4)', false],
  ])('after a key was changed the roll-over counter %s', (_, goesOn) => {
    const link = linkBy(first)
    const old = sender(first)
    const fresh = sender(second)
    for (let sequence = 0xf000; sequence < 0x1_1000; sequence += 0x800) {
      expect(opened(link, old.rtp(sequence))).toEqual(packet(sequence))
      // By keeping count with the old one it has roll-over counter 1, too.
      if (goesOn) fresh.rtp(sequence)
    }
    link.settle({ kind: 'sdes', send: ours, receive: second })
    for (let sequence = 0x1_1000; sequence < 0x1_1010; sequence++)
      expect(opened(link, fresh.rtp(sequence))).toEqual(packet(sequence))
  })

  it('RFC 3711 §3.1, §3.4: an identifier is taken off, and another one’s packet refused', () => {
    const marked = master(0x22, suite, Buffer.from([0, 0, 0, 1]))
    const link = linkBy(marked)
    const them = sender(marked)
    const bare = sender(first)
    const secured = them.rtp(1)
    expect(secured).toHaveLength(bare.rtp(1).length + 4)
    expect(opened(link, bare.rtp(2))).toBeUndefined()
    expect(opened(link, sender(master(0x22, suite, Buffer.from([0, 0, 0, 2]))).rtp(2))).toBeUndefined()
    const forged = Buffer.from(secured)
    forged[20] = (forged[20] ?? 0) ^ 1
    expect(opened(link, forged)).toBeUndefined()
    expect(opened(link, secured)).toEqual(packet(1))
    expect(opened(link, them.rtcp(), 'Rtcp')).toEqual(report)
    for (let length = 0; length < 40; length++)
      expect(link.openRtp(Buffer.alloc(40, 0x80), length)).toBe(REFUSED)
  })

  it('RFC 3711 §3.1: the identifier stands before the tag, or at the end where the cipher has the tag (RFC 7714 §8.2)', () => {
    const mki = Buffer.from('cafe', 'hex')
    const bare = sender(first).rtp(1)
    const tagBytes = suites[suite].mode === 'gcm' ? 0 : suites[suite].rtpTagBytes
    const at = bare.length - tagBytes
    expect(sender(master(0x22, suite, mki)).rtp(1)).toEqual(
      Buffer.concat([bare.subarray(0, at), mki, bare.subarray(at)]),
    )
  })
})

it('RFC 4568 §7.1.4: what we send is by the key that was settled last, and never begins anew with the same', () => {
  const link = new SdesLink({ kind: 'sdes', send: ours, receive: master(0x22) })
  const sent = Buffer.from(link.sealRtp(packet(1), 172))
  link.settle({ kind: 'sdes', send: { ...ours }, receive: master(0x44) })
  const reports = [link.sealRtcp(report), link.sealRtcp(report)].map((bytes) => bytes.toString('hex'))
  expect(new Set(reports).size).toBe(2)
  link.settle({ kind: 'sdes', send: master(0x55), receive: master(0x44) })
  expect(Buffer.from(link.sealRtp(packet(1), 172))).not.toEqual(sent)
})
