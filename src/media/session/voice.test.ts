import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HeardPacket, mediaScene, press, talk } from '../../../test/helpers/media-scene.ts'
import { crossing } from '../codec/codecs.ts'
import { aLaw, muLaw } from '../codec/g711.ts'
import type { Flow, HearOptions } from '../engine.ts'

const evened: HearOptions = { pace: 'evened-out' }
const isSilent = ({ payload }: HeardPacket) => payload.every((code) => code === 0xff || code === 0xd5)
const spoken = (heard: readonly HeardPacket[]) => heard.filter((packet) => !isSilent(packet))
const codesOf = (heard: readonly HeardPacket[]) => spoken(heard).map(({ payload }) => payload[0])
const upTo = (count: number) => Array.from({ length: count }, (_, number) => number)

/** A caller, and an owner whom the caller is to hear. */
async function house(callerFlow: Partial<Flow> = {}, ownerFlow: Partial<Flow> = {}) {
  const scene = await mediaScene()
  scene.clock.advance(3)
  const caller = await scene.party(callerFlow)
  scene.clock.advance(9)
  const owner = await scene.party(ownerFlow, caller)
  return { scene, caller, owner }
}

/** Power of a frequency in a µ-law frame (a sum over it, as Goertzel's filter makes it), as an amplitude. */
function amplitudeOf(payload: Uint8Array, hertz: number): number {
  const pcm = new Int16Array(payload.length)
  muLaw.decode(payload, pcm)
  let [sine, cosine] = [0, 0]
  for (const [i, sample] of pcm.entries()) {
    sine += sample * Math.sin((2 * Math.PI * hertz * i) / 8000)
    cosine += sample * Math.cos((2 * Math.PI * hertz * i) / 8000)
  }
  return (2 * Math.hypot(sine, cosine)) / pcm.length
}

describe('a session that hears another evened out', () => {
  it('sends what it would send with silence: same headers, same instants, same reports', async () => {
    const act = fc.record({
      kind: fc.constantFrom('talk', 'pause', 'jitter', 'lose', 'play', 'deaf', 'hear', 'codec', 'key'),
      count: fc.nat(8),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 10 }), async (acts) => {
        const run = async (audible: boolean) => {
          // Without telephone-events keys are tones, and every packet has the length of silence.
          const { scene, caller, owner } = await house({ eventPayloadType: undefined as never })
          let number = 0
          const hear = (from: typeof owner | undefined) =>
            audible && caller.session.hear(from?.session, evened)
          hear(owner)
          for (const { kind, count } of acts) {
            if (kind === 'talk') talk(scene, [caller, owner], number, count)
            if (kind === 'pause') scene.clock.advance(20 * count)
            if (kind === 'jitter') {
              for (let i = 0; i < count; i++) owner.say(number + i)
              scene.clock.advance(20 * count)
            }
            if (kind === 'key') press(scene, owner, number, { code: count, durationMs: 80 })
            if (kind === 'play') caller.session.play('beep', 'beeped')
            if (kind === 'deaf') hear(undefined)
            if (kind === 'hear') hear(owner)
            if (kind === 'codec') caller.session.setFlow({ ...caller.flow, codec: 'PCMA', payloadType: 8 })
            number += count
          }
          scene.clock.advance(3000)
          await caller.session.close()
          const sent = caller.wire().map(({ at, from, to, bytes }) => {
            const rtcp = from.port % 2 === 1
            return {
              at,
              from,
              to,
              length: bytes.length,
              bytes: bytes.toString('hex', 0, rtcp ? undefined : 12),
            }
          })
          await scene.end()
          return sent
        }
        expect(await run(true)).toEqual(await run(false))
      }),
      { numRuns: 40 },
    )
  })

  it('loses and repeats nothing of an even voice, and plays it soon', async () => {
    const { scene, caller, owner } = await house()
    talk(scene, [owner], 0, 1)
    scene.clock.advance(20)
    caller.session.hear(owner.session, evened)
    talk(scene, [owner], 1, 200)
    scene.clock.advance(200)
    const heard = spoken(caller.heard())
    // µ-law has two codes for zero, and the one is sent for the other: that packet is silent.
    const numbers = upTo(200)
      .map((number) => number + 1)
      .filter((number) => number !== 0x7f)
    expect(heard.slice(0, 199).map(({ payload }) => payload[0])).toEqual(numbers)
    expect((heard[0]?.at ?? 0) - (12 + 47)).toBeLessThanOrEqual(25)
    await scene.end()
  })

  it.each([
    [30, 20],
    [20, 30],
    [10, 60],
    [60, 10],
  ])('puts packets of %d ms into packets of %d ms', async (from, to) => {
    const { scene, caller, owner } = await house({ ptimeMs: to })
    caller.session.hear(owner.session, evened)
    const perMs = 8
    let said = 0
    for (let number = 0; number < 40; number++) {
      const payload = Uint8Array.from({ length: from * perMs }, () => said++ % 100)
      owner.say(0, { payload, sequence: number, timestamp: number * from * perMs })
      scene.clock.advance(from)
    }
    scene.clock.advance(500)
    const samples = Buffer.concat(caller.heard().map(({ payload }) => payload))
    const start = samples.indexOf(Buffer.from([0, 1, 2, 3]))
    expect(start).toBeGreaterThan(0)
    const expected = Buffer.from(upTo(said).map((number) => number % 100))
    expect(samples.subarray(start, start + said).equals(expected)).toBe(true)
    await scene.end()
  })

  it('stands in for a lost packet with the one before it, softer', async () => {
    const { scene, caller, owner } = await house()
    caller.session.hear(owner.session, evened)
    talk(scene, [owner], 0, 20)
    scene.clock.advance(20)
    talk(scene, [owner], 21, 20)
    const codes = codesOf(caller.heard())
    const stand = crossing(muLaw, muLaw, -2)[19]
    expect(codes.slice(18, 23)).toEqual([18, 19, stand, 21, 22])
    await scene.end()
  })

  it('ITU-T G.711 §3.6: crosses from law to law', async () => {
    const { scene, caller, owner } = await house({ codec: 'PCMA', payloadType: 8 })
    caller.session.hear(owner.session, evened)
    talk(scene, [owner], 0, 20)
    const table = crossing(muLaw, aLaw)
    expect(codesOf(caller.heard()).slice(0, 15)).toEqual(upTo(15).map((number) => table[number]))
    await scene.end()
  })

  it('lets a clip sound over the voice, which then goes on where it is', async () => {
    const { scene, caller, owner } = await house()
    caller.session.play('beep', 'replaced')
    caller.session.hear(owner.session, evened)
    talk(scene, [owner], 0, 20)
    caller.session.play('beep', 'beeped')
    talk(scene, [owner], 20, 40)
    expect(caller.events).toEqual([{ kind: 'played', mark: 'beeped' }])
    const codes = codesOf(caller.heard())
    expect(codes.at(-1)).toBeGreaterThan(55)
    const beeping = caller.heard().filter(({ payload }) => amplitudeOf(payload, 1000) > 3000)
    expect(beeping.length).toBe(15)
    await scene.end()
  })

  it('RFC 4733 §2.5.1: tells a press again in its own stream: start, growing duration, three ends', async () => {
    const { scene, caller, owner } = await house({ eventPayloadType: 96 })
    caller.session.hear(owner.session, evened)
    talk(scene, [owner], 0, 10)
    press(scene, owner, 10, { code: 5, durationMs: 100 })
    talk(scene, [owner], 17, 10)
    const heard = caller.heard()
    const keys = heard.filter(({ payloadType }) => payloadType === 96)
    expect(keys.map(({ payload }) => payload.toString('hex'))).toEqual([
      '050a00a0',
      '050a0140',
      '050a01e0',
      '050a0280',
      '058a0320',
      '058a0320',
      '058a0320',
    ])
    expect(keys.map(({ marker }) => marker)).toEqual([true, ...Array(6).fill(false)])
    expect(new Set(keys.map(({ timestamp }) => timestamp)).size).toBe(1)
    for (const [i, { at, sequence, timestamp, payloadType }] of heard.entries()) {
      expect(at - (heard[0]?.at ?? 0)).toBe(20 * i)
      expect(sequence).toBe(((heard[0]?.sequence ?? 0) + i) & 0xffff)
      if (payloadType === 0) expect((timestamp - (heard[0]?.timestamp ?? 0)) >>> 0).toBe(160 * i)
    }
    const firstKey = heard.findIndex(({ payloadType }) => payloadType === 96)
    expect((keys[0]?.timestamp ?? 0) - (heard[0]?.timestamp ?? 0)).toBe(160 * firstKey)
    expect(owner.events).toEqual([{ kind: 'digit', digit: '5', durationMs: 100 }])
    await scene.end()
  })

  it('ITU-T Q.23: sounds the tones of a key where no telephone-events were negotiated', async () => {
    const { scene, caller, owner } = await house()
    const { eventPayloadType: _, ...plain } = caller.flow
    caller.session.setFlow(plain)
    caller.session.hear(owner.session, evened)
    press(scene, owner, 10, { code: 11, durationMs: 100 })
    scene.clock.advance(100)
    const heard = caller.heard()
    expect(heard.every(({ payload, payloadType }) => payload.length === 160 && payloadType === 0)).toBe(true)
    const sounding = spoken(heard)
    expect(sounding.length).toBe(5)
    const samples = Buffer.concat(sounding.map(({ payload }) => payload))
    const others = [697, 770, 852, 1209, 1336, 1633]
    for (const hertz of [941, 1477]) expect(amplitudeOf(samples, hertz)).toBeGreaterThan(7000)
    for (const hertz of others) expect(amplitudeOf(samples, hertz)).toBeLessThan(1000)
    await scene.end()
  })
})
