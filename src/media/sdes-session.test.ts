import { afterEach, describe, expect, it } from 'vitest'
import { type MediaScene, mediaScene, sceneFlow } from '../../test/helpers/media-scene.ts'
import type { SdesSecurity } from './engine.ts'
import { readReport } from './rtcp/read-report.ts'
import { writeReport } from './rtcp/write-report.ts'
import { emptyRtpPacket, parseRtp, writeRtpHeader } from './rtp/packet.ts'
import { SdesLink } from './srtp/sdes-link.ts'
import type { MasterKey } from './srtp/suite.ts'

let scene: MediaScene
afterEach(() => scene.end())

const key = (fill: number): MasterKey => ({
  suite: 'AES_CM_128_HMAC_SHA1_80',
  key: Buffer.alloc(16, fill),
  salt: Buffer.alloc(14, fill),
})
const security: SdesSecurity = { kind: 'sdes', send: key(1), receive: key(2) }
const theirs = { address: '192.0.2.1', port: 4000 }

/** A party whose sound is secured, and who reads and writes as it does. */
async function join() {
  scene = await mediaScene()
  const party = await scene.party({ security })
  const link = new SdesLink({ kind: 'sdes', send: security.receive, receive: security.send })
  const say = (number: number, payload = Buffer.alloc(160, number)) => {
    const bytes = Buffer.concat([Buffer.alloc(12), payload])
    writeRtpHeader(bytes, false, 0, number, 160 * number, 77)
    const sealed = Buffer.from(link.sealRtp(bytes, bytes.length))
    scene.wire.inject(theirs, party.session.local, sealed)
    return sealed
  }
  return { party, link, say }
}

describe('a session with keys of its descriptions (RFC 4568)', () => {
  it('RFC 3711 §3.1: sends nothing that can be read, one stream whose packets the other side opens', async () => {
    const { party, link } = await join()
    scene.clock.advance(200)
    const wire = party.wire().map(({ bytes }) => Buffer.from(bytes))
    expect(wire.length).toBeGreaterThan(9)
    const payloads = wire.map((bytes) => {
      const length = link.openRtp(bytes, bytes.length)
      const packet = emptyRtpPacket()
      expect(parseRtp(bytes, length, packet)).toBe(true)
      return bytes.toString('hex', packet.payloadStart, packet.payloadEnd)
    })
    expect(new Set(payloads)).toEqual(new Set(['ff'.repeat(160)]))
  })

  it('RFC 3711 §3.3: takes what is genuine, once, and counts the rest as a stranger’s', async () => {
    const { party, say } = await join()
    for (let number = 1; number <= 5; number++) {
      const sealed = say(number)
      scene.wire.inject(theirs, party.session.local, sealed)
      party.say(number + 100) // in the clear
      scene.clock.advance(20)
    }
    const stats = await party.session.close()
    expect(stats).toMatchObject({ packetsReceived: 5, packetsIgnored: 10 })
  })

  it('RFC 3711 §3.4: reports go and come secured, on their own port', async () => {
    const { party, link, say } = await join()
    for (let number = 1; number < 400; number++) {
      say(number)
      scene.clock.advance(20)
      if (number === 10) {
        const report = link.sealRtcp(writeReport({ ssrc: 77, cname: 'them', bye: false }))
        scene.wire.inject(
          { ...theirs, port: 4001 },
          { ...party.session.local, port: party.session.local.port + 1 },
          Buffer.from(report),
        )
      }
    }
    const reports = party.wire().filter(({ from }) => from.port === party.session.local.port + 1)
    expect(reports.length).toBeGreaterThan(0)
    for (const { bytes } of reports) {
      const copy = Buffer.from(bytes)
      expect(readReport(copy, link.openRtcp(copy, copy.length))).toMatchObject({ bye: false })
    }
  })

  it('RFC 4568 §7.1.4: a new key after a re-INVITE, and the stream goes on', async () => {
    const { party, link, say } = await join()
    for (let number = 1; number <= 3; number++) {
      say(number)
      scene.clock.advance(20)
    }
    const again: SdesSecurity = { ...security, receive: key(3) }
    party.session.setFlow({ ...sceneFlow, ...party.flow, security: again })
    say(4) // was under way
    link.settle({ kind: 'sdes', send: key(3), receive: security.send })
    for (let number = 5; number <= 8; number++) {
      say(number)
      scene.clock.advance(20)
    }
    expect(await party.session.close()).toMatchObject({ packetsReceived: 8, packetsIgnored: 0 })
  })
})
