import { describe, expect, it } from 'vitest'
import { mediaScene, talk } from '../../../test/helpers/media-scene.ts'
import { muLaw } from '../codec/g711.ts'

const take = { takeId: 't', meta: {} }

function pcmOf(payload: Uint8Array): Int16Array {
  const pcm = new Int16Array(payload.length)
  muLaw.decode(payload, pcm)
  return pcm
}

describe('a take of both sides', () => {
  it('mixes what comes in with what goes out, a packet for each that is sent', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    scene.clock.advance(9)
    const owner = await scene.party({}, caller)
    caller.session.hear(owner.session, { pace: 'evened-out' })
    caller.session.startTake({ ...take, both: true })
    for (let number = 0; number < 40; number++) {
      scene.clock.advance(7)
      caller.say(number, { payload: Buffer.alloc(160, 0x90) })
      owner.say(number, { payload: Buffer.alloc(160, 0x20) })
      scene.clock.advance(13)
    }
    caller.session.stopTake()
    const kept = scene.recorder.kept.get('t') ?? []
    expect(kept.length).toBe(40)
    const [first] = kept
    for (const [i, packet] of kept.entries()) {
      expect(packet.sequence).toBe(i)
      expect((packet.timestamp - (first?.timestamp ?? 0)) >>> 0).toBe(160 * i)
      expect(packet.ssrc).toBe(first?.ssrc)
      expect(packet.arrivedAt - (first?.arrivedAt ?? 0)).toBe(20 * i)
    }
    const both = (pcmOf(Buffer.of(0x90))[0] ?? 0) + (pcmOf(Buffer.of(0x20))[0] ?? 0)
    const mixed = pcmOf(kept.at(-1)?.payload ?? Buffer.alloc(160))
    expect(new Set(mixed)).toEqual(new Set([pcmOf(encoded(both))[0]]))
    expect(caller.events.map(({ kind }) => kind)).toEqual(['take-started', 'take-ended'])
    await scene.end()
  })

  it('has the beep in it, and nothing of it changes what is sent', async () => {
    const run = async (both: boolean) => {
      const scene = await mediaScene()
      const caller = await scene.party()
      if (both) caller.session.startTake({ ...take, both })
      talk(scene, [caller], 0, 20)
      caller.session.play('beep', 'beeped')
      talk(scene, [caller], 20, 200)
      caller.session.stopTake()
      const loud = scene.recorder.kept.get('t')?.filter(({ payload }) => pcmOf(payload).some((s) => s > 9000))
      const sent = caller.wire().map(({ at, bytes }) => [at, bytes.toString('hex')])
      await scene.end()
      return { sent, loud }
    }
    const recorded = await run(true)
    expect(recorded.loud?.length).toBeGreaterThanOrEqual(14)
    expect(recorded.sent).toEqual((await run(false)).sent)
  })

  it('goes on while the caller hears nothing, and ends with the session', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    caller.session.startTake({ ...take, both: true })
    talk(scene, [caller], 0, 10)
    caller.session.setFlow({ ...caller.flow, send: false })
    talk(scene, [caller], 10, 10)
    await caller.session.close()
    expect(scene.recorder.kept.get('t')?.length).toBe(20)
    expect(caller.events.at(-1)?.kind).toBe('take-ended')
    await scene.end()
  })
})

function encoded(sample: number): Uint8Array {
  const code = new Uint8Array(1)
  muLaw.encode(Int16Array.of(sample), code)
  return code
}
