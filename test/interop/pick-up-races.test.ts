import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOneStream, framesBetween } from '../helpers/caller-stream.ts'
import type { LoopbackPhone } from '../helpers/loopback-phone.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import {
  expectQuiet,
  type Lane,
  openRaceTrack,
  type RaceTrack,
  ringingSince,
  until,
} from '../helpers/race-track.ts'
import { readNumberedFrames, type ScriptedCall } from '../helpers/scripted-caller.ts'
import { type PhoneCall, rings } from '../helpers/scripted-phone.ts'
import { headerOf } from '../helpers/sip-wire.ts'

/**
 * Picking up in the very millisecond in which the machine answers, another owner picks up, or the caller hangs up. Twenty
 * calls at a time, each on a line of its own.
 */
const LANES = 20
const RING_MS = 1000
/** Where the machine's answer is not in the race: a computer that stands still for a second must not let it win. */
const LONG_RING_SECONDS = 30
const STAGGER_MS = 40

let track: RaceTrack

beforeAll(async () => {
  track = await openRaceTrack({ lanes: LANES })
})
afterAll(() => track?.[Symbol.asyncDispose]())

/** How a phone takes a call. */
type Way = 'answers' | 'dials' | 'replaces early'
const WAYS: readonly Way[] = ['answers', 'dials', 'replaces early']

/** The phone takes the call now; its side of it. */
function take(phone: LoopbackPhone, way: Way, call: ScriptedCall): PhoneCall {
  const { host } = track.machine.sip
  if (way === 'dials') return phone.call(`sip:*8@${host}`)
  if (way === 'replaces early') {
    const ringing = call.responses.find(({ status }) => status === 180)?.text ?? ''
    const tag = (name: string) => /tag=([^;>\s]+)/.exec(headerOf(ringing, name) ?? '')?.[1]
    const replaces = `Replaces: ${call.callId};to-tag=${tag('To')};from-tag=${tag('From')};early-only`
    return phone.call(`sip:${host}`, { headers: [replaces] })
  }
  const rung = phone.calls.findLast(({ direction }) => direction === 'in')
  if (!rung) throw new Error(`${phone.user} did not ring`)
  rung.answer()
  return rung
}

/** Runs `race` so many times, as many at once as there are lanes. */
async function repeat<Result>(
  times: number,
  race: (lane: Lane, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let begun = 0; begun < times; begun += LANES) {
    const round = track.lanes.slice(0, times - begun).map(async (lane, index) => {
      // One after the other, so that none is late because the machine is busy with its neighbours.
      await sleep(index * STAGGER_MS)
      return race(lane, begun + index)
    })
    results.push(...(await Promise.all(round)))
  }
  return results
}

/** Spread evenly over the races. */
const offsetOf = (index: number, times: number, reachMs: number) =>
  (index / (times - 1)) * 2 * reachMs - reachMs

const settled = ({ state, status }: PhoneCall) =>
  state === 'talking' || state === 'over' || status !== undefined

async function callIn(lane: Lane): Promise<{ call: ScriptedCall; ringingAt: number }> {
  for (const phone of lane.phones) phone.onCall = rings
  const before = lane.phones.map(({ calls }) => calls.length)
  const call = await track.caller.call(lane.line)
  const ringingAt = await ringingSince(call)
  // Perhaps they don't ring any more when we look: then they are too late, as who looks up too late is.
  await eventually(async () => lane.phones.every(({ calls }, which) => calls.length > (before[which] ?? 0)))
  return { call, ringingAt }
}

/** One 200, whatever raced, and a stream without a hole. */
function expectUnharmed(call: ScriptedCall, what: string): void {
  const finals = call.responses.filter(({ status }) => status >= 200)
  expect(new Set(finals.map(({ status, text }) => `${status} ${headerOf(text, 'To')}`)).size, what).toBe(1)
  expectOneStream(call.received, 500)
}

/** No phone says so many; what fills in for a packet that is late may look like such a number. */
const MOST_FRAMES = 10_000

/** The numbers in the frames of the phone that the caller has heard: none twice, none out of order. */
function ownerHeard(call: ScriptedCall): number[] {
  const numbers = framesBetween(call.received, 0)
    .flatMap(({ payload }) => readNumberedFrames(payload))
    .filter((number) => number >= 0 && number < MOST_FRAMES)
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  return numbers
}

/** What the caller hears of the greeting: anything that is neither silence nor a phone's frame. */
const greetingHeard = (call: ScriptedCall) =>
  framesBetween(call.received, 0).some(
    ({ payload }) => new Set(payload).size > 5 && readNumberedFrames(payload).includes(-1),
  )

/** Sooner or later: how soon is for pick-up.test.ts to say. */
async function hears(what: string, isHeard: () => boolean): Promise<void> {
  await eventually(async () => isHeard(), 5000).catch((error: Error) => {
    throw new Error(`${what}: nothing is heard, ${error.message}`)
  })
}

describe('picking up', () => {
  it('in the last instant: the owner has the caller or is told that it is too late, 200 times', async () => {
    const times = 200
    await track.ringFor(RING_MS / 1000)
    const outcomes = await repeat(times, async (lane, index) => {
      const way = WAYS[index % WAYS.length] ?? 'answers'
      const offsetMs = offsetOf(index, times, 20)
      const what = `${way} at ${offsetMs.toFixed(1)} ms`
      const [phone] = lane.phones
      const { call, ringingAt } = await callIn(lane)
      await until(ringingAt + RING_MS + offsetMs)
      const taken = take(phone, way, call)
      expect(await call.final, what).toBe(200)
      const answeredAfterMs = (call.responses.at(-1)?.at ?? 0) - ringingAt
      await eventually(async () => settled(taken), 5000)
      call.talk()
      const heardBefore = phone.rtp.received.length
      if (taken.state === 'talking') phone.talk(taken)
      await sleep(600)
      expectUnharmed(call, what)
      const connected = taken.state === 'talking'
      if (connected) {
        await hears(what, () => ownerHeard(call).length > 10)
        await hears(what, () => phone.rtp.received.length - heardBefore > 10)
      } else {
        expect([480, 481, 486, 487], `${what}: ${taken.status}`).toContain(taken.status ?? 0)
        await hears(what, () => greetingHeard(call))
      }
      phone.rtp.stopTalking()
      await call.bye()
      await eventually(async () => taken.state === 'over', 5000)
      if (!connected) return 'too late'
      return answeredAfterMs < RING_MS - 2 ? 'at once' : 'out of the greeting'
    })
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length
    expect(outcomes).toHaveLength(times)
    // Both sides of the instant were met.
    expect(count('at once'), outcomes.join()).toBeGreaterThan(20)
    expect(count('too late') + count('out of the greeting'), outcomes.join()).toBeGreaterThan(20)
    await expectQuiet(track)
  })

  it('by two owners at once: one has the caller, the other is told so, 200 times', async () => {
    const times = 200
    await track.ringFor(LONG_RING_SECONDS)
    const winners = await repeat(times, async (lane, index) => {
      const offsetMs = offsetOf(index, times, 5)
      const { call, ringingAt } = await callIn(lane)
      const ways = [WAYS[index % 3] ?? 'answers', WAYS[Math.floor(index / 3) % 3] ?? 'answers'] as const
      const what = `${ways.join(' against ')}, ${offsetMs.toFixed(1)} ms apart`
      const startAt = ringingAt + 300
      const taken = await Promise.all(
        lane.phones.map(async (phone, which) => {
          await until(startAt + (which === 0 ? 0 : offsetMs))
          return take(phone, ways[which === 0 ? 0 : 1], call)
        }),
      )
      expect(await call.final, what).toBe(200)
      await eventually(async () => taken.every(settled), 5000)
      call.talk()
      // Who answers in the second place hears it a moment later, by BYE.
      await eventually(async () => taken.filter(({ state }) => state === 'talking').length === 1, 3000)
      const winner = taken.findIndex(({ state }) => state === 'talking')
      const phone = lane.phones[winner === 0 ? 0 : 1]
      const [won, lost] = [taken[winner], taken[1 - winner]]
      if (!won || !lost) throw new Error('no race')
      phone.talk(won)
      await sleep(300)
      expect(lost.state, what).toBe('over')
      const told = lost.endedBy ? /elsewhere/i.test(lost.endedBy) : lost.status === 486
      expect(told, `${what}: the loser heard ${lost.status} ${lost.endedBy}`).toBe(true)
      expectUnharmed(call, what)
      await hears(what, () => ownerHeard(call).length > 5)
      phone.rtp.stopTalking()
      await call.bye()
      await eventually(async () => won.state === 'over', 5000)
      return winner
    })
    expect(winners.filter((winner) => winner === 0).length).toBeGreaterThan(20)
    expect(winners.filter((winner) => winner === 1).length).toBeGreaterThan(20)
    await expectQuiet(track)
  })

  it('when the caller cancels or hangs up in that moment leaves no phone with nobody, 120 times', async () => {
    const times = 120
    await track.ringFor(RING_MS / 1000)
    await repeat(times, async (lane, index) => {
      const cancels = index % 2 === 0
      const way = WAYS[Math.floor(index / 2) % (cancels ? 3 : 2)] ?? 'answers'
      const offsetMs = offsetOf(index, times, 5)
      const what = `${way}, ${offsetMs.toFixed(1)} ms after the caller ${cancels ? 'cancels' : 'hangs up'}`
      const [phone] = lane.phones
      const { call, ringingAt } = await callIn(lane)
      // Answering ends the ringing for the machine too, so there the caller hangs up on the owner's heels.
      const at = ringingAt + (cancels || way === 'answers' ? 300 : RING_MS + 300)
      const leaves = async () => {
        await until(at)
        if (cancels) return call.cancel()
        if ((await call.final) === 200) await call.bye()
      }
      const takes = async () => {
        await until(at + offsetMs)
        return take(phone, way, call)
      }
      const [, taken] = await Promise.all([leaves(), takes()])
      const status = await call.final
      expect([200, 487], what).toContain(status)
      // The 200 crossed the CANCEL: RFC 3261 §9.1 leaves the call to be ended by BYE.
      if (cancels && status === 200) await call.bye()
      await eventually(async () => taken.state === 'over', 5000)
      const finals = call.responses.filter((each) => each.status >= 200)
      expect(new Set(finals.map((each) => each.status)).size, what).toBe(1)
    })
    await expectQuiet(track)
  })
})
