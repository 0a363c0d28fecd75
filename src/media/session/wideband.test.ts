import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type MediaParty, mediaScene, press } from '../../../test/helpers/media-scene.ts'
import { recordingStudio } from '../../../test/helpers/recording-studio.ts'
import {
  amplitudeOf,
  decodeAll,
  FRAME_MS,
  flows,
  HIGH,
  heardBy,
  LEAST,
  LOW,
  MOST,
  sineAt,
  speak,
  speaker,
  wide,
} from '../../../test/helpers/wideband-sound.ts'
import { codecs } from '../codec/codecs.ts'
import type { CodecName, Flow } from '../engine.ts'
import type { RecordedTake } from '../recorder/recorder.ts'

async function house(callerFlow: Partial<Flow>, ownerFlow: Partial<Flow>, seed = 1) {
  const scene = await mediaScene({ seed, wideband: true })
  scene.clock.advance(3)
  const caller = await scene.party(callerFlow)
  scene.clock.advance(9)
  const owner = await scene.party(ownerFlow, caller)
  return { scene, caller, owner }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a caller in wideband', () => {
  it.each(['G722', 'opus'] as const)(
    'in %s is heard by who speaks the same as the very payloads',
    async (codec) => {
      const { scene, caller, owner } = await house(flows[codec], flows[codec])
      owner.session.hear(caller.session, { pace: 'as-it-comes' })
      const said: string[] = []
      const next = speaker(codec)
      speak(
        scene,
        caller,
        () => {
          const payload = next()
          said.push(payload.toString('hex'))
          return payload
        },
        0,
        30,
      )
      const heard = owner.heard().map(({ payload }) => payload.toString('hex'))
      expect(heard.filter((payload) => said.includes(payload))).toEqual(said)
      await scene.end()
    },
  )

  it.each([
    ['G722', 'PCMU'],
    ['G722', 'PCMA'],
    ['PCMU', 'G722'],
    ['opus', 'PCMU'],
    ['opus', 'G722'],
    ['PCMU', 'opus'],
  ] as const)('transcodes %s for who listens in %s, as it comes', async (from, to) => {
    const { scene, caller, owner } = await house(flows[from], flows[to])
    owner.session.hear(caller.session, { pace: 'as-it-comes' })
    speak(scene, caller, speaker(from), 0, 60)
    const { low } = heardBy(owner)
    expect(low).toBeGreaterThan(LEAST)
    expect(low).toBeLessThan(MOST)
    const heard = owner.heard()
    const { bytesPerMs, clockRate } = codecs[to]
    for (const [i, { sequence, payload, timestamp }] of heard.entries()) {
      expect(sequence).toBe(((heard[0]?.sequence ?? 0) + i) & 0xffff)
      expect(payload.length).toBe(FRAME_MS * bytesPerMs)
      if (i > 10)
        expect((timestamp - (heard[i - 1]?.timestamp ?? 0)) >>> 0).toBe((FRAME_MS * clockRate) / 1000)
    }
    // Within the phase of 5 ms in which it came.
    const spoken = heard.slice(10, 50)
    const lateMs = spoken.map(({ at }) => (((at - 12 - 7) % 20) + 20) % 20)
    expect(Math.max(...lateMs)).toBeLessThanOrEqual(5)
    await scene.end()
  })

  it.each([
    ['G722', 'G722'],
    ['PCMU', 'G722'],
    ['G722', 'PCMU'],
    ['opus', 'opus'],
    ['PCMU', 'opus'],
    ['opus', 'G722'],
    ['opus', 'PCMA'],
  ] as const)('who speaks %s is heard by a caller in %s, evened out', async (from, to) => {
    const { scene, caller, owner } = await house(flows[to], flows[from])
    caller.session.hear(owner.session, { pace: 'evened-out' })
    speak(scene, owner, speaker(from), 0, 80)
    const { low, high } = heardBy(caller)
    expect(low).toBeGreaterThan(LEAST)
    expect(low).toBeLessThan(MOST)
    if (codecs[from].sampleRate > 8000 && codecs[to].sampleRate > 8000) expect(high).toBeGreaterThan(1500)
    await scene.end()
  })

  it.each(['G722', 'opus'] as const)('stands in for what is lost of %s without a gap', async (codec) => {
    const { scene, caller, owner } = await house(flows[codec], flows[codec])
    caller.session.hear(owner.session, { pace: 'evened-out' })
    const next = speaker(codec)
    speak(scene, owner, next, 0, 40)
    next()
    scene.clock.advance(FRAME_MS)
    speak(scene, owner, next, 41, 40)
    const pcm = decodeAll(
      codec,
      caller.heard().map(({ payload }) => payload),
    )
    // From the first sound to the last no 10 ms are silent.
    const loud: boolean[] = []
    for (let at = 0; at + 160 <= pcm.length; at += 160)
      loud.push(pcm.subarray(at, at + 160).some((sample) => Math.abs(sample) > 500))
    const sounding = loud.slice(loud.indexOf(true), loud.lastIndexOf(true))
    expect(sounding.length).toBeGreaterThan(150)
    expect(sounding).not.toContain(false)
    await scene.end()
  })

  it.each(['G722', 'opus'] as const)('hears the greeting in %s, and silence around it', async (codec) => {
    const { scene, caller } = await house(flows[codec], {})
    const rate = 16_000
    await scene.engine.loadClip(
      'greeting',
      Int16Array.from({ length: rate }, (_, i) => sineAt(rate, i)),
      rate,
    )
    scene.clock.advance(200)
    caller.session.play('greeting', 'greeted')
    scene.clock.advance(1500)
    expect(caller.events).toEqual([{ kind: 'played', mark: 'greeted' }])
    const pcm = decodeAll(
      codec,
      caller.heard().map(({ payload }) => payload),
    )
    const startsAt = pcm.findIndex((sample) => Math.abs(sample) > 1000)
    const sounding = pcm.subarray(startsAt + 1600, startsAt + 14_400)
    expect(amplitudeOf(sounding, LOW, rate)).toBeGreaterThan(LEAST)
    expect(amplitudeOf(sounding, HIGH, rate)).toBeGreaterThan(1500)
    const after = pcm.subarray(startsAt + 17_600)
    expect(after.length).toBeGreaterThan(1600)
    // ADPCM may be left with a constant, which nobody hears.
    expect(after.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(100)
    await scene.end()
  })

  it.each([
    ['opus', 'opus'],
    ['opus', 'PCMU'],
    ['G722', 'PCMA'],
    ['PCMU', 'opus'],
  ] as const)('has no packet wait while another’s is made: %s of an owner in %s', async (spoken, owned) => {
    const scene = await mediaScene({ wideband: true })
    const next = speaker(owned)
    const worked: { at: number; sent: number }[] = []
    for (const codec of [codecs.opus, codecs.G722]) {
      const { openEncoder, openDecoder } = codec
      const noted =
        <A extends unknown[]>(work: (...args: A) => void) =>
        (...args: A) => {
          worked.push({ at: scene.clock.monotonic(), sent: scene.wire.carried.length })
          work(...args)
        }
      vi.spyOn(codec, 'openEncoder').mockImplementation(() => noted(openEncoder()))
      vi.spyOn(codec, 'openDecoder').mockImplementation(() => {
        const decode = openDecoder()
        return Object.assign(noted(decode), decode.conceal && { conceal: decode.conceal })
      })
    }
    // All of them in one phase.
    const callers = [await scene.party(flows[spoken]), await scene.party(flows[spoken])]
    const owners = [await scene.party(flows[owned], callers[0]), await scene.party(flows[owned], callers[1])]
    for (const [i, caller] of callers.entries())
      caller.session.hear((owners[i] as MediaParty).session, { pace: 'evened-out' })
    worked.length = 0
    for (let number = 0; number < 40; number++) {
      scene.clock.advance(7)
      const timestamp = (number * FRAME_MS * codecs[owned].clockRate) / 1000
      for (const owner of owners) owner.say(number, { payload: next(), timestamp })
      scene.clock.advance(13)
    }
    expect(worked.length).toBeGreaterThan(60)
    const ports = callers.map(({ session }) => session.local.port)
    for (const { at, sent } of worked) {
      const later = scene.wire.carried.slice(sent).filter((packet) => packet.at === at)
      expect(later.filter(({ from }) => ports.includes(from.port))).toEqual([])
    }
    for (const caller of callers) expect(heardBy(caller).low).toBeGreaterThan(LEAST)
    await scene.end()
  })

  it('RFC 4733 §2.4.1: understands and tells keys whose durations count in 8 kHz beside Opus', async () => {
    const eights = { ...flows.opus, eventPayloadType: 101, eventClockRate: 8000 }
    const { scene, caller, owner } = await house(eights, { eventPayloadType: 96 })
    owner.session.hear(caller.session, { pace: 'as-it-comes' })
    caller.session.hear(owner.session, { pace: 'evened-out' })
    const durations = (party: MediaParty, payloadType: number) =>
      party
        .heard()
        .filter((packet) => packet.payloadType === payloadType)
        .map(({ payload }) => payload.readUInt16BE(2))
    press(scene, caller, 10, { code: 5, durationMs: 100 })
    expect(caller.events).toEqual([{ kind: 'digit', digit: '5', durationMs: 100 }])
    expect(durations(owner, 96)).toEqual([160, 320, 480, 640, 800, 800, 800])
    press(scene, { ...owner, say: (n, said) => owner.say(n, { ...said, payloadType: 96 }) }, 10, {
      code: 6,
      durationMs: 100,
    })
    scene.clock.advance(100)
    expect(owner.events).toEqual([{ kind: 'digit', digit: '6', durationMs: 100 }])
    expect(durations(caller, 101)).toEqual([160, 320, 480, 640, 800, 800, 800])
    await scene.end()
  })

  it('hears nothing in place of a greeting in a format in which it is not ready, for as long as it is', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    await scene.engine.loadClip('greeting', new Int16Array(8000).fill(5000), 8000)
    caller.session.play('greeting', 'greeted')
    scene.clock.advance(400)
    caller.session.setFlow({ ...caller.flow, ...flows.opus } as Flow)
    scene.clock.advance(400)
    expect(caller.events).toEqual([])
    scene.clock.advance(300)
    expect(caller.events).toEqual([{ kind: 'played', mark: 'greeted' }])
    await scene.end()
  })

  it('hears the greeting in the format that it has come to while that was made ready in another', async () => {
    const scene = await mediaScene()
    const caller = await scene.party(flows.G722)
    await scene.engine.loadClip(
      'greeting',
      Int16Array.from({ length: 12_000 }, (_, i) => sineAt(8000, i)),
      8000,
    )
    caller.session.play('greeting', 'greeted')
    caller.session.setFlow({ ...caller.flow, ...flows.opus } as Flow)
    await scene.clock.advanceAsync(3000)
    expect(caller.events).toEqual([{ kind: 'played', mark: 'greeted' }])
    const heard = caller.heard().filter(({ payloadType }) => payloadType === flows.opus.payloadType)
    const pcm = decodeAll(
      'opus',
      heard.map(({ payload }) => payload),
    )
    expect(pcm.filter((sample) => Math.abs(sample) > 1000).length).toBeGreaterThan(12_000)
    await scene.end()
  })

  it('gets the same bytes at the same moments, whether and however listeners are transcoded for', async () => {
    const listeners = [flows.PCMU, flows.opus, flows.G722]
    const run = async (spoken: CodecName, seed: number, gapsMs: readonly number[], count: number) => {
      const scene = await mediaScene({ seed, wideband: true })
      const caller = await scene.party(flows[spoken])
      const phones: MediaParty[] = []
      for (let i = 0; i < count; i++) phones.push(await scene.party(listeners[i % 3], caller))
      for (const { session } of phones) session.hear(caller.session, { pace: 'as-it-comes', gainDb: 6 })
      caller.session.play('beep', 'beeped')
      caller.session.startTake({ takeId: 't', meta: {} })
      const next = speaker(spoken)
      for (const [number, gapMs] of gapsMs.entries()) {
        scene.clock.advance(gapMs)
        const timestamp = (number * FRAME_MS * codecs[spoken].clockRate) / 1000
        caller.say(number, { payload: next(), timestamp })
      }
      scene.clock.advance(300)
      const sent = caller.wire().map(({ at, bytes }) => `${at} ${bytes.toString('hex')}`)
      const kept = scene.recorder.kept.get('t')?.map(({ payload }) => payload.toString('hex'))
      const heard = phones.map((phone) => phone.heard().length)
      await scene.end()
      return { trace: { sent, kept }, heard }
    }
    const gaps = fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 5, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('G722', 'opus', 'PCMU'), fc.nat(1000), gaps, async (...script) => {
        const [none, three] = [await run(...script, 0), await run(...script, 3)]
        expect(three.trace).toEqual(none.trace)
        for (const count of three.heard) expect(count).toBeGreaterThan(0)
      }),
      { numRuns: 4 },
    )
  })

  it('is not held up by many listeners: what is too much for one phase waits for the next', async () => {
    const scene = await mediaScene({ wideband: true })
    const caller = await scene.party()
    const phones: MediaParty[] = []
    for (let i = 0; i < 8; i++) phones.push(await scene.party(flows.opus, caller))
    for (const { session } of phones) session.hear(caller.session, { pace: 'as-it-comes' })
    // Each packet takes one ms to encode; the pacer sets its timer at the end of each phase.
    const { monotonic, setTimer } = scene.clock
    let phase = 0
    vi.spyOn(scene.clock, 'setTimer').mockImplementation((...args) => {
      phase++
      return setTimer(...args)
    })
    const packets = new Map<number, number>()
    const work = new Map<number, number>()
    vi.spyOn(scene.clock, 'monotonic').mockImplementation(() => monotonic() + (work.get(monotonic()) ?? 0))
    const { openEncoder } = codecs.opus
    vi.spyOn(codecs.opus, 'openEncoder').mockImplementation(() => {
      const encode = openEncoder()
      return (pcm, into) => {
        work.set(monotonic(), (work.get(monotonic()) ?? 0) + 1)
        packets.set(phase, (packets.get(phase) ?? 0) + 1)
        encode(pcm, into)
      }
    })
    speak(scene, caller, speaker('PCMU'), 0, 40)
    expect(Math.max(...packets.values())).toBe(3)
    for (const phone of phones) expect(heardBy(phone).low).toBeGreaterThan(LEAST)
    await scene.end()
  })

  it('has no work done for a listener before its own packet has left', async () => {
    const scene = await mediaScene({ wideband: true })
    const caller = await scene.party(wide)
    const phones = [await scene.party({}, caller), await scene.party({}, caller)]
    for (const { session } of phones) session.hear(caller.session, { pace: 'as-it-comes' })
    let transcoded = 0
    const mixed: string[] = []
    const next = speaker('G722')
    for (let ms = 0; ms < 400; ms++) {
      const before = scene.wire.carried.length
      if (ms % 21 === 0) caller.say(ms / 21, { payload: next() })
      scene.clock.advance(1)
      const ports = scene.wire.carried.slice(before).flatMap(({ from }) => {
        if (from.address !== caller.session.local.address) return []
        return from.port === caller.session.local.port ? ['caller'] : ['listener']
      })
      transcoded += ports.filter((port) => port === 'listener').length
      if (new Set(ports).size > 1) mixed.push(ports.join(' '))
    }
    expect(transcoded).toBeGreaterThan(20)
    expect(mixed.length).toBeGreaterThan(2)
    for (const ports of mixed) expect(ports).toMatch(/^caller/)
    await scene.end()
  })
})

describe('a recording in wideband', () => {
  it('is a WAV file of 16 kHz that has what was said above 4 kHz, every packet in its place', async () => {
    await using studio = await recordingStudio()
    const ended: RecordedTake[] = []
    const take = studio.recorder.startTake({ takeId: 'wide', meta: {} }, 'G722', (event) => {
      if (event.kind === 'take-ended') ended.push(event.take)
    })
    const next = speaker('G722')
    const packets = Array.from({ length: 150 }, (_, number) => ({ number, payload: next() }))
    // Two change places on their way, one is lost, one comes twice.
    const arrivals = packets.toSpliced(60, 2, packets[61] as never, packets[60] as never)
    arrivals.splice(90, 1)
    arrivals.splice(100, 0, arrivals[100] as never)
    for (const { number, payload } of arrivals) {
      take.packet(studio.clock.monotonic(), number, number * 160, 7, payload)
      await studio.pass(FRAME_MS)
    }
    take.stop()
    await studio.recorder.whenSaved('wide')
    expect(ended).toMatchObject([{ durationMs: 3000, hearing: { soundMs: expect.any(Number) } }])
    expect(ended[0]?.hearing.soundMs).toBeGreaterThan(2900)
    const pcm = await studio.wav(ended[0]?.file ?? '')
    expect(pcm.length).toBe(3000 * 16)
    // Decoded in their order: as if nothing had changed places.
    const whole = decodeAll(
      'G722',
      packets.map(({ payload }) => payload),
    )
    expect(pcm.subarray(0, 90 * 320)).toEqual(whole.subarray(0, 90 * 320))
    expect(pcm.subarray(90 * 320, 91 * 320).every((sample) => sample === 0)).toBe(true)
    const after = pcm.subarray(110 * 320)
    expect(amplitudeOf(after, LOW, 16_000)).toBeGreaterThan(5500)
    expect(amplitudeOf(after, HIGH, 16_000)).toBeGreaterThan(2500)
  })
})
