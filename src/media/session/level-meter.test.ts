import { describe, expect, it } from 'vitest'
import { type MediaParty, mediaScene, talk } from '../../../test/helpers/media-scene.ts'
import { codecs } from '../codec/codecs.ts'
import { emptyRtpPacket } from '../rtp/packet.ts'
import { LevelMeter } from './level-meter.ts'

/** 20 ms of a square wave. */
const wave = (codec: 'PCMU' | 'PCMA', amplitude: number) => {
  const payload = Buffer.alloc(160)
  codecs[codec].openEncoder()(
    Int16Array.from({ length: 160 }, (_, i) => (i % 8 < 4 ? amplitude : -amplitude)),
    payload,
  )
  return payload
}

describe('a level meter', () => {
  const hear = (meter: LevelMeter, codec: 'PCMU' | 'PCMA', amplitude: number) => {
    const payload = wave(codec, amplitude)
    meter.audio(payload, { ...emptyRtpPacket(), payloadStart: 0, payloadEnd: payload.length }, codec)
  }

  it.each(['PCMU', 'PCMA'] as const)('shows the greatest amplitude since it was read last: %s', (codec) => {
    const meter = new LevelMeter()
    for (const amplitude of [1000, 16_384, 4000]) hear(meter, codec, amplitude)
    expect(meter.read()).toBeCloseTo(0.5, 1)
    hear(meter, codec, 1000)
    expect(meter.read()).toBeCloseTo(0.03, 2)
    expect(meter.read()).toBe(0)
  })

  it('follows a change of codec, and keeps no more than it needs of a flood', () => {
    const meter = new LevelMeter()
    hear(meter, 'PCMU', 30_000)
    hear(meter, 'PCMA', 4096)
    expect(meter.read()).toBeCloseTo(0.125, 2)
    for (let packet = 0; packet < 1000; packet++) hear(meter, 'PCMA', packet < 20 ? 100 : 30_000)
    expect(meter.read()).toBeLessThan(0.01)
  })
})

describe('the meter of a session', () => {
  const says = (party: MediaParty, amplitude: number) => (number: number) =>
    party.say(number, { payload: wave('PCMU', amplitude) })

  it('tells each 100 ms how loud the other side is, while it is asked for and no longer', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    const peaks: { at: number; peak: number }[] = []
    const speak = (from: number, amplitude: number) => {
      for (let number = from; number < from + 50; number++) {
        says(caller, amplitude)(number)
        scene.clock.advance(20)
      }
    }
    speak(0, 16_384)
    expect(peaks).toEqual([])
    caller.session.meter((peak) => peaks.push({ at: scene.clock.monotonic(), peak }))
    speak(50, 16_384)
    expect(peaks).toHaveLength(10)
    expect(peaks.slice(1).map(({ at }, place) => at - (peaks[place]?.at ?? 0))).toEqual(Array(9).fill(100))
    for (const { peak } of peaks.slice(1)) expect(peak).toBeCloseTo(0.5, 1)
    peaks.length = 0
    scene.clock.advance(1000)
    expect(
      peaks.slice(1).map(({ peak }) => peak),
      'silence is told, too',
    ).toEqual(Array(9).fill(0))
    caller.session.meter(undefined)
    peaks.length = 0
    speak(100, 16_384)
    expect(peaks).toEqual([])
    await scene.end()
  })

  it('is of its own session, and ends with it', async () => {
    const scene = await mediaScene()
    const [loud, soft] = [await scene.party(), await scene.party()]
    const peaks: { loud: number[]; soft: number[] } = { loud: [], soft: [] }
    loud.session.meter((peak) => peaks.loud.push(peak))
    soft.session.meter((peak) => peaks.soft.push(peak))
    for (let number = 0; number < 50; number++) {
      says(loud, 16_384)(number)
      says(soft, 1024)(number)
      scene.clock.advance(20)
    }
    expect(Math.max(...peaks.loud)).toBeCloseTo(0.5, 1)
    expect(Math.max(...peaks.soft)).toBeCloseTo(0.03, 2)
    await loud.session.close()
    const told = peaks.loud.length
    talk(scene, [soft], 50, 20)
    expect(peaks.loud).toHaveLength(told)
    await scene.end()
  })
})
