import { expect, it } from 'vitest'
import { mediaScene } from '../../../test/helpers/media-scene.ts'
import { writeReport } from '../rtcp/write-report.ts'
import { writeRtpHeader } from '../rtp/packet.ts'

/** RTP bleed: who knows nothing of a call sends to ports at random, and listens to what comes back. */
const PROBER = { address: '203.0.113.66', port: 6666 }

function probe(sequence: number, payloadType = 0): Buffer {
  const bytes = Buffer.alloc(172, 0xf1)
  writeRtpHeader(bytes, false, payloadType, sequence, sequence * 160, 666)
  return bytes
}

it('ports without a call are closed, and those with one give nothing to whom they do not know', async () => {
  const scene = await mediaScene()
  const party = await scene.party()
  party.say(1)
  scene.clock.advance(100)
  const { address, port } = party.session.local
  const report = writeReport({ ssrc: 71, cname: 'x', bye: false })
  for (let at = 10_000; at < 11_000; at++)
    for (let n = 1; n <= 3; n++) scene.wire.inject(PROBER, { address, port: at }, at % 2 ? report : probe(n))
  for (let n = 2; n < 300; n++) {
    scene.wire.inject(PROBER, { address, port }, probe(n, n % 128))
    scene.wire.inject(PROBER, { address, port: port + 1 }, report)
    party.say(n)
    scene.clock.advance(20)
  }
  expect(scene.wire.carried.filter(({ to }) => to.address === PROBER.address)).toEqual([])
  expect(party.heard().length).toBeGreaterThan(295)
  expect(await party.session.close()).toMatchObject({ packetsReceived: 299 })
  await scene.end()
})

it('who comes before the caller has what is sent until the caller’s first packet, and nothing after it', async () => {
  const scene = await mediaScene()
  const party = await scene.party()
  party.session.startTake({ takeId: 't', meta: {} })
  scene.wire.inject(PROBER, party.session.local, probe(1))
  scene.clock.advance(60)
  const bled = () => scene.wire.carried.filter(({ to }) => to.address === PROBER.address).length
  expect(bled()).toBeLessThanOrEqual(3)
  party.say(1)
  const before = bled()
  for (let n = 2; n < 100; n++) {
    scene.wire.inject(PROBER, party.session.local, probe(n))
    party.say(n)
    scene.clock.advance(20)
  }
  expect(bled()).toBe(before)
  const ofCaller = scene.recorder.kept.get('t')?.filter(({ payload }) => payload[0] !== 0xf1)
  expect(ofCaller).toHaveLength(99)
  await scene.end()
})
