import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HeardPacket, mediaScene, talk } from '../../../test/helpers/media-scene.ts'
import { crossing } from '../codec/codecs.ts'
import { aLaw, muLaw } from '../codec/g711.ts'
import { sequenceAhead, timestampAhead } from '../rtp/packet.ts'

const isSilent = ({ payload }: HeardPacket) => payload.every((code) => code === 0xff || code === 0xd5)
const spoken = (heard: readonly HeardPacket[]) => heard.filter((packet) => !isSilent(packet))

/** One SSRC, gapless, timestamps that only grow (RFC 3550 §5.1); events stand still. */
function expectOneStream(heard: readonly HeardPacket[]): void {
  for (const [i, packet] of heard.entries()) {
    const before = heard[i - 1]
    if (!before) continue
    expect(packet.ssrc).toBe(before.ssrc)
    expect(sequenceAhead(before.sequence, packet.sequence)).toBe(1)
    if (packet.payload.length === 4 || before.payload.length === 4) continue
    expect(timestampAhead(before.timestamp, packet.timestamp)).toBeGreaterThanOrEqual(before.payload.length)
  }
}

describe('a session that hears another as it comes', () => {
  it('RFC 3550 §5.1: sends each packet within a phase, in one stream of its own, with the source’s steps', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    scene.clock.advance(11)
    const phone = await scene.party({}, caller)
    talk(scene, [caller], 0, 2)
    phone.session.hear(caller.session, { pace: 'as-it-comes' })
    talk(scene, [caller], 2, 50)
    const voice = spoken(phone.heard())
    expect(voice.map(({ payload }) => payload[0])).toEqual(Array.from({ length: 50 }, (_, i) => i + 2))
    for (const [i, { at }] of voice.entries()) expect(at - (51 + 7 + 20 * i)).toBeLessThanOrEqual(5)
    for (const [i, { timestamp }] of voice.entries())
      expect(timestampAhead(voice[0]?.timestamp ?? 0, timestamp)).toBe(160 * i)
    expect(voice.map(({ marker }) => marker)).toEqual(voice.map((_, i) => i === 0))
    expectOneStream(phone.heard())
    // While packets come nothing else is sent.
    const during = phone.heard().filter(({ at }) => at > 80 && at < 1000)
    expect(during.every((packet) => !isSilent(packet))).toBe(true)
    await scene.end()
  })

  it('fills pauses with silence after 60 ms, and goes on with a marker (RFC 3551 §4.1)', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    const phone = await scene.party({}, caller)
    phone.session.hear(caller.session, { pace: 'as-it-comes' })
    talk(scene, [caller], 0, 10)
    scene.clock.advance(1000)
    talk(scene, [caller], 60, 10) // it kept its clock
    scene.clock.advance(1000)
    talk(scene, [caller], 70, 10) // it did not
    const heard = phone.heard()
    expectOneStream(heard)
    expect(spoken(heard).length).toBe(30)
    expect(spoken(heard).flatMap(({ marker }, i) => (marker ? [i] : []))).toEqual([0, 10, 20])
    const pause = heard.filter(({ at }) => at > 270 && at < 1190)
    expect(pause.length).toBeGreaterThan(44)
    for (const [i, { at }] of pause.entries()) if (i > 0) expect(at - (pause[i - 1]?.at ?? 0)).toBe(20)
    await scene.end()
  })

  it('RFC 3550 §5.1: is one stream whatever the sources do', async () => {
    const act = fc.record({
      kind: fc.constantFrom(
        'ssrc',
        'jump',
        'back',
        'lose',
        'swap',
        'twice',
        'pause',
        'play',
        'deaf',
        'hear',
        'hold',
      ),
      count: fc.nat(6),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const scene = await mediaScene()
        const caller = await scene.party()
        const phone = await scene.party({ codec: 'PCMA', payloadType: 8 }, caller)
        phone.session.hear(caller.session, { pace: 'as-it-comes' })
        let [ssrc, sequence, timestamp] = [7, 0, 0]
        const say = () => {
          timestamp += 160
          caller.say(1, { ssrc, sequence: sequence++, timestamp })
        }
        for (const { kind, count } of acts) {
          for (let i = 0; i < count; i++) {
            say()
            scene.clock.advance(20)
          }
          if (kind === 'ssrc') [ssrc, sequence, timestamp] = [ssrc + 1, 5 * ssrc, 99_000 * ssrc]
          if (kind === 'jump') timestamp += 1_000_000
          if (kind === 'back') timestamp -= 1_000_000
          if (kind === 'lose') [sequence, timestamp] = [sequence + count, timestamp + count * 160]
          if (kind === 'swap') {
            caller.say(1, { ssrc, sequence: sequence + 1, timestamp: timestamp + 320 })
            say()
            sequence++
            timestamp += 160
          }
          if (kind === 'twice') caller.say(1, { ssrc, sequence, timestamp })
          if (kind === 'pause') scene.clock.advance(100 * count)
          if (kind === 'play') phone.session.play('beep', 'mark')
          if (kind === 'deaf') phone.session.hear(undefined)
          if (kind === 'hear') phone.session.hear(caller.session, { pace: 'as-it-comes', gainDb: count })
          if (kind === 'hold') {
            phone.session.setFlow({ ...phone.flow, send: false })
            scene.clock.advance(50 * count)
            phone.session.setFlow(phone.flow)
          }
        }
        scene.clock.advance(300)
        expectOneStream(phone.heard())
        expect(phone.heard().at(-1)?.at).toBeGreaterThan(scene.clock.monotonic() - 25)
        await scene.end()
      }),
      { numRuns: 60 },
    )
  })

  it('ITU-T G.711 §3.6: crosses from law to law, and makes it louder', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    const phone = await scene.party({ codec: 'PCMA', payloadType: 8 }, caller)
    phone.session.hear(caller.session, { pace: 'as-it-comes' })
    talk(scene, [caller], 0, 5)
    phone.session.hear(caller.session, { pace: 'as-it-comes', gainDb: 6 })
    talk(scene, [caller], 5, 5)
    const codes = spoken(phone.heard()).map(({ payload, payloadType }) => [payloadType, payload[0]])
    const table = (number: number) => crossing(muLaw, aLaw, number < 5 ? 0 : 6)[number]
    expect(codes).toEqual(Array.from({ length: 10 }, (_, number) => [8, table(number)]))
    expectOneStream(phone.heard())
    expect(spoken(phone.heard()).filter(({ marker }) => marker)).toHaveLength(1)
    await scene.end()
  })

  it('RFC 4733 §2.3: passes telephone-events on with the negotiated payload type, else leaves them out', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    const phone = await scene.party({ eventPayloadType: 96 }, caller)
    const { eventPayloadType: _, ...plain } = phone.flow
    const old = await scene.party({}, caller)
    old.session.setFlow({ ...plain, remote: old.flow.remote ?? { address: '', port: 0, rtcpPort: 0 } })
    for (const { session } of [phone, old]) session.hear(caller.session, { pace: 'as-it-comes' })
    talk(scene, [caller], 0, 5)
    for (const [i, event] of ['0b0a00a0', '0b0a0140', '0b8a01e0', '0b8a01e0', '0b8a01e0'].entries()) {
      const payload = Buffer.from(event, 'hex')
      caller.say(0, { payload, payloadType: 101, timestamp: 800, sequence: 5 + i, marker: i === 0 })
      scene.clock.advance(20)
    }
    const heard = phone.heard()
    const events = heard.filter(({ payloadType }) => payloadType === 96)
    expect(events.map(({ payload }) => payload.toString('hex'))).toEqual([
      '0b0a00a0',
      '0b0a0140',
      '0b8a01e0',
      '0b8a01e0',
      '0b8a01e0',
    ])
    expect(events.map(({ marker }) => marker)).toEqual([true, false, false, false, false])
    const before = spoken(heard).filter(({ payloadType }) => payloadType === 0)
    for (const { timestamp } of events)
      expect(timestampAhead(before.at(-1)?.timestamp ?? 0, timestamp)).toBe(160)
    expectOneStream(heard)
    expect(old.heard().every(({ payloadType }) => payloadType === 0)).toBe(true)
    expect(caller.events).toEqual([{ kind: 'digit', digit: '#', durationMs: 60 }])
    await scene.end()
  })

  it('falls back to silence when the other closes, and leaves nothing behind', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    const phone = await scene.party({}, caller)
    phone.session.hear(caller.session, { pace: 'as-it-comes' })
    caller.session.hear(phone.session, { pace: 'evened-out' })
    talk(scene, [caller, phone], 0, 5)
    await caller.session.close()
    scene.clock.advance(200)
    expectOneStream(phone.heard())
    expect(phone.heard().slice(-5).every(isSilent)).toBe(true)
    const stats = await phone.session.close()
    expect(stats.packetsSent).toBe(phone.heard().length)
    expect(scene.engine.sessions).toBe(0)
    await scene.end()
  })

  it('forwards no flood, nor one saved up for by a long silence', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    const phone = await scene.party({}, caller)
    phone.session.hear(caller.session, { pace: 'as-it-comes' })
    scene.clock.advance(20_000)
    for (let number = 0; number < 5000; number++) {
      caller.say(number)
      if (number % 10 === 0) scene.clock.advance(5)
    }
    expect(spoken(phone.heard()).length).toBeLessThan((2 * 2500 + 1000) / 20 + 5)
    await scene.end()
  })
})
