import { describe, expect, it } from 'vitest'
import { type MediaParty, type MediaScene, mediaScene, talk } from '../../../test/helpers/media-scene.ts'
import { NO_FLOW } from '../engine.ts'
import { writeReport } from '../rtcp/write-report.ts'

const PARTY_SSRC = 71

/** The party says what it has heard of us, by its RR. */
function report(
  scene: MediaScene,
  party: MediaParty,
  block: { ssrc?: number; lost?: number; jitter?: number; lastReport?: number; sinceMs?: number },
): void {
  const ours = party.heard()[0]?.ssrc ?? 0
  const bytes = writeReport({
    ssrc: PARTY_SSRC,
    cname: 'x',
    bye: false,
    block: {
      ssrc: block.ssrc ?? ours,
      fractionLost: 0,
      cumulativeLost: block.lost ?? 0,
      highestSequence: 0,
      jitter: block.jitter ?? 0,
      lastReport: block.lastReport ?? 0,
      sinceLastReportMs: block.sinceMs ?? 0,
    },
  })
  const { address, port } = party.session.local
  scene.wire.inject({ address: '192.0.2.1', port: 4001 }, { address, port: port + 1 }, bytes)
}

/** The middle of the NTP time in our last SR (RFC 3550 §4). */
function lastReportOf(party: MediaParty): { at: number; middle: number } {
  const reports = party.wire().filter(({ bytes }) => bytes[1] === 200)
  const { at, bytes } = reports.at(-1) ?? { at: 0, bytes: Buffer.alloc(20) }
  return { at, middle: bytes.readUInt32BE(10) }
}

describe('the statistics of a session', () => {
  it('count both ways, what is lost, what comes late or twice, and the longest gap', async () => {
    const scene = await mediaScene({ polled: false })
    const party = await scene.party()
    talk(scene, [party], 1, 50)
    scene.clock.advance(200)
    for (const number of [53, 52, 52]) party.say(number)
    talk(scene, [party], 55, 50)
    const stats = await party.session.close()
    expect(stats).toMatchObject({
      codec: 'PCMU',
      packetsReceived: 103,
      bytesReceived: 103 * 160,
      packetsLate: 2,
      // Two of 104 are lost; what came twice hides one (RFC 3550 §6.4.1).
      packetsLost: 1,
      packetsIgnored: 0,
      reported: null,
    })
    expect(stats.longestGapMs).toBe(213)
    expect(stats.durationMs).toBe(100 * 20 + 200)
    expect(stats.packetsSent).toBe(110)
    expect(stats.bytesSent).toBe(110 * 160)
    await scene.end()
  })

  it('know no gap while nothing is to come', async () => {
    const scene = await mediaScene({ polled: false })
    const party = await scene.party()
    talk(scene, [party], 1, 10)
    party.session.setFlow({ ...party.flow, receive: false })
    scene.clock.advance(5000)
    party.session.setFlow(party.flow)
    talk(scene, [party], 11, 10)
    expect((await party.session.close()).longestGapMs).toBe(20)
    await scene.end()
  })

  it('have what the other side says of us: its loss, its jitter, and how long there and back takes', async () => {
    const scene = await mediaScene({ polled: false })
    const party = await scene.party()
    talk(scene, [party], 1, 400)
    const { at, middle } = lastReportOf(party)
    const sinceMs = scene.clock.monotonic() - at - 40
    report(scene, party, { lost: 4, jitter: 80, lastReport: middle, sinceMs })
    const { reported, packetsSent } = await party.session.close()
    expect(reported?.lostShare).toBeCloseTo(4 / packetsSent, 5)
    expect(reported?.jitterMs).toBe(10)
    expect(reported?.roundTripMs).toBeCloseTo(40, 0)
    await scene.end()
  })

  it('believe no report about another stream, nor one that would have come before we spoke', async () => {
    const scene = await mediaScene({ polled: false })
    const party = await scene.party()
    talk(scene, [party], 1, 400)
    report(scene, party, { ssrc: 12345, lost: 99 })
    report(scene, party, { lost: -3, lastReport: lastReportOf(party).middle, sinceMs: 3_600_000 })
    expect((await party.session.close()).reported).toEqual({ lostShare: 0, jitterMs: 0, roundTripMs: null })
    await scene.end()
  })

  it('are nothing where no flow was settled', async () => {
    const scene = await mediaScene({ polled: false })
    const session = await scene.engine.openSession('192.0.2.200', () => {})
    expect(await session.close()).toEqual(NO_FLOW)
    await scene.end()
  })
})
