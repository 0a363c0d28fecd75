import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MediaParty, mediaScene, press } from '../../../test/helpers/media-scene.ts'
import { writeReport } from '../rtcp/write-report.ts'

/** When listeners join and leave, and what the caller says meanwhile. */
interface Script {
  readonly seed: number
  readonly gapsMs: readonly number[]
  readonly comings: readonly { readonly afterMs: number; readonly listener: number }[]
}

/** Everything that the caller gets and that is kept of the call, with so many listeners who come and go. */
async function record({ seed, gapsMs, comings }: Script, listeners: number) {
  const scene = await mediaScene({ seed })
  const caller = await scene.party()
  const said: string[] = []
  const phones: MediaParty[] = []
  for (let i = 0; i < listeners; i++) phones.push(await scene.party({}, caller))
  const present = new Set<MediaParty>()
  const due = [...comings].sort((a, b) => a.afterMs - b.afterMs)
  const come = () => {
    while (due[0] && due[0].afterMs <= scene.clock.monotonic()) {
      const phone = phones[(due.shift()?.listener ?? 0) % Math.max(1, listeners)]
      if (!phone) continue
      const leaves = present.delete(phone)
      phone.session.hear(leaves ? undefined : caller.session, { pace: 'as-it-comes' })
      if (!leaves) present.add(phone)
    }
  }
  const note = () => {
    for (const event of caller.events.splice(0))
      said.push(`${scene.clock.monotonic()} ${JSON.stringify(event)}`)
  }

  let number = 0
  for (const [turn, gapMs] of gapsMs.entries()) {
    for (let ms = 0; ms < gapMs; ms++) {
      scene.clock.advance(1)
      come()
      note()
    }
    caller.say(number++)
    if (turn === 3) caller.session.startTake({ takeId: 't', meta: {} })
    if (turn === 8) caller.session.play('beep', 'beeped')
    if (turn === 5)
      scene.wire.inject(
        { address: '192.0.2.1', port: 4001 },
        { ...caller.session.local, port: caller.session.local.port + 1 },
        writeReport({ ssrc: 71, cname: 'c', bye: false }),
      )
    if (turn === 12) {
      press(scene, caller, number, { code: 11, durationMs: 60 })
      number += 5
    }
    if (turn === 20) caller.session.stopTake()
  }
  scene.clock.advance(6000)
  note()
  const stats = await caller.session.close()
  const sent = caller
    .wire()
    .map(({ at, from, to, bytes }) => ({ at, from, to, bytes: bytes.toString('hex') }))
  const kept = scene.recorder.kept
    .get('t')
    ?.map((packet) => ({ ...packet, payload: packet.payload.toString('hex') }))
  const heard = phones.map((phone) => phone.heard().length)
  await scene.end()
  return { trace: { sent, kept, said, stats }, heard }
}

describe('the one-way glass of media', () => {
  it('what a caller gets, every byte and moment, and what is kept, is the same with 0, 1 and 10 listeners', async () => {
    const script = fc.record({
      seed: fc.integer({ min: 1, max: 1000 }),
      gapsMs: fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 10, maxLength: 40 }),
      comings: fc.array(fc.record({ afterMs: fc.nat(1000), listener: fc.nat(9) }), {
        minLength: 2,
        maxLength: 20,
      }),
    })
    await fc.assert(
      fc.asyncProperty(script, async (script) => {
        const [none, one, ten] = [await record(script, 0), await record(script, 1), await record(script, 10)]
        expect(one.trace).toEqual(none.trace)
        expect(ten.trace).toEqual(none.trace)
        expect(one.heard[0]).toBeGreaterThan(0)
      }),
      { numRuns: 25 },
    )
  })

  it('the caller’s packet leaves before those of the listeners, also when what they hear came just before it', async () => {
    const scene = await mediaScene()
    const caller = await scene.party()
    const phones = [await scene.party({}, caller), await scene.party({}, caller)]
    for (const { session } of phones) session.hear(caller.session, { pace: 'as-it-comes' })
    const order: string[] = []
    for (let ms = 0; ms < 400; ms++) {
      const before = scene.wire.carried.length
      // In the very millisecond in which the caller's stream has its deadline, and in all others.
      if (ms % 21 === 0) caller.say(ms)
      scene.clock.advance(1)
      const sent = scene.wire.carried
        .slice(before)
        .filter(({ from }) => from.address === caller.session.local.address)
      const ports = sent.map(({ from }) => (from.port === caller.session.local.port ? 'caller' : 'listener'))
      if (new Set(ports).size > 1) order.push(ports.join(' '))
    }
    expect(order.length).toBeGreaterThan(2)
    for (const ports of order) expect(ports).toMatch(/^caller/)
    await scene.end()
  })
})
