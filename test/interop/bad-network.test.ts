import { expect, it } from 'vitest'
import { eventually, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import type { ScriptedCall } from '../helpers/scripted-call.ts'
import { openCaller } from '../helpers/scripted-caller.ts'
import { seededRandom } from '../helpers/seeded-random.ts'
import { openUdpChaos } from '../helpers/udp-chaos.ts'

/** Signalling through bad weather: a fifth is lost, much comes twice or late. RTP takes another way, as it often does. */
const CALLS = 500
/** One in so many callers leaves a message, for whose sound two cores have room. */
const MESSAGE_EVERY = 15
const APART_MS = 25

interface Past {
  readonly callerNumber: string
  readonly outcome: string
}

interface Plan {
  readonly outcome: 'abandoned' | 'hung-up' | 'message'
  readonly line: 'slow' | 'quick'
}

/** What the n-th caller does, and the outcome that its call must have. */
function planOf(n: number): Plan {
  if (n % MESSAGE_EVERY === 0) return { outcome: 'message', line: 'quick' }
  return n % 2 === 0 ? { outcome: 'abandoned', line: 'slow' } : { outcome: 'hung-up', line: 'quick' }
}

/** A µ-law packet in which something is to be heard. */
const isSound = ({ bytes }: { readonly bytes: Buffer }) =>
  bytes.subarray(12).some((sample) => (sample & 0x7f) < 0x60)

async function play(call: ScriptedCall, outcome: Plan['outcome']): Promise<void> {
  if (outcome === 'abandoned') {
    await eventually(async () => call.responses.length > 0, 30_000)
    await call.cancel()
    expect(await call.final).toBe(487)
    return
  }
  expect(await call.final).toBe(200)
  call.talk()
  if (outcome === 'message') {
    // Until the ACK gets through there is only silence: the greeting waits for it.
    await eventually(async () => call.received.some(isSound), 32_000)
    await sleep(8000)
  } else await sleep(1000)
  await call.bye()
}

/** What a call has been through, for whoever has to find out why it failed. */
function storyOf(call: ScriptedCall, line: string, outcome: string): string {
  const since = call.responses[0]?.at ?? 0
  const steps = [
    ...call.responses.map(({ status, at }) => ({ at, what: `${status}` })),
    ...call.requests.map(({ method, at }) => ({ at, what: `${method} of the machine` })),
  ].sort((one, other) => one.at - other.at)
  const told = steps.map(({ at, what }) => `${what} at ${Math.round(at - since)} ms`)
  return `${call.number} (${line}, to be ${outcome}) got ${told.join(', ') || 'nothing'}; ${call.received.length} packets, ${call.received.filter(isSound).length} with sound; ${call.framesSent} sent, at most ${Math.round(call.mostLateMs)} ms late`
}

async function allCalls({
  api,
}: RunningMachine): Promise<{ live: readonly unknown[]; past: readonly Past[] }> {
  const past: Past[] = []
  for (let cursor: string | null = ''; ; ) {
    const answer = await api(`/calls?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    const page = (await answer.json()) as { live: unknown[]; past: Past[]; nextCursor: string | null }
    past.push(...page.past)
    cursor = page.nextCursor
    if (cursor === null) return { live: page.live, past }
  }
}

it('500 calls end right with 20 % of the signalling lost, and more of it doubled and disordered', async () => {
  await using machine = await startMachine()
  await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
  await machine.line('slow', { trunk: '127.0.0.0/8', ringSeconds: 60 })
  const random = seededRandom(42)
  await using network = await openUdpChaos(machine.sip, {
    lossPercent: 20,
    duplicatePercent: 10,
    reorderPercent: 20,
    jitterMs: 100,
    random: () => random.uint32() / 2 ** 32,
  })
  await using caller = await openCaller(network, { contactPort: network.farPort })

  const calls = Array.from({ length: CALLS }, async (_, i) => {
    await sleep(i * APART_MS)
    const { line, outcome } = planOf(i)
    const call = await caller.call(line, { number: `+49${1000 + i}` })
    await play(call, outcome).catch((error) => {
      // One in five hundred fails once in a while: what it had by then is the only trace of why.
      throw new Error(`${storyOf(call, line, outcome)}: ${error}`, { cause: error })
    })
    return [`+49${1000 + i}`, outcome] as const
  })
  const expected = Object.fromEntries(await Promise.all(calls))
  expect(network.counts.lost).toBeGreaterThan(50)
  expect(network.counts.duplicated).toBeGreaterThan(20)

  const got = await eventually(async () => {
    const { live, past } = await allCalls(machine)
    // Thrown, so that it is told when time is up.
    if (live.length > 0) throw new Error(`still live: ${JSON.stringify(live)}`)
    return Object.fromEntries(past.map((row) => [row.callerNumber, row.outcome]))
  }, 40_000)
  const numbers = Object.keys({ ...expected, ...got })
  const wrong = numbers.filter((number) => got[number] !== expected[number])
  expect(
    wrong.map((number) => `${number}: ${got[number]} instead of ${expected[number]}`),
    `of ${CALLS} calls, with ${JSON.stringify(network.counts)}`,
  ).toEqual([])
  // Timers H, J and L over, nothing is kept of any of them.
  await eventually(async () => {
    const metrics = await (await fetch(`${machine.http}/metrics`)).text()
    const left = metrics.match(/^\w+(?:sip_dialogs|sip_transactions|live_calls) [1-9]\d*$/gm)
    if (left) throw new Error(`left: ${left.join(', ')}`)
    return /live_calls 0\n/.test(metrics)
  }, 60_000)
}, 180_000)
