import { expect, it } from 'vitest'
import { eventually, sleep } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import type { ScriptedCall } from '../helpers/scripted-call.ts'
import { openCaller } from '../helpers/scripted-caller.ts'
import { seededRandom } from '../helpers/seeded-random.ts'
import { openUdpChaos } from '../helpers/udp-chaos.ts'

/** Signalling through bad weather: a fifth is lost, much comes twice or late. RTP takes another way, as it often does. */
const CALLS = 102

interface Past {
  readonly callerNumber: string
  readonly outcome: string
}

/** What the n-th caller does, and the outcome that its call must have. */
const PLANS = [
  { outcome: 'abandoned', line: 'slow' },
  { outcome: 'hung-up', line: 'quick' },
  { outcome: 'message', line: 'quick' },
] as const

/** A µ-law packet in which something is to be heard. */
const isSound = ({ bytes }: { readonly bytes: Buffer }) =>
  bytes.subarray(12).some((sample) => (sample & 0x7f) < 0x60)

async function play(call: ScriptedCall, outcome: (typeof PLANS)[number]['outcome']): Promise<void> {
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

it('a hundred calls end right with 20 % of the signalling lost, and more of it doubled and disordered', async () => {
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
    await sleep(i * 100)
    const { line, outcome } = PLANS[i % PLANS.length] ?? PLANS[0]
    const call = await caller.call(line, { number: `+49${1000 + i}` })
    await play(call, outcome)
    return [`+49${1000 + i}`, outcome] as const
  })
  const expected = Object.fromEntries(await Promise.all(calls))
  expect(network.counts.lost).toBeGreaterThan(50)
  expect(network.counts.duplicated).toBeGreaterThan(20)

  const got = await eventually(async () => {
    const answer = await machine.api('/calls?limit=200')
    const { live, past } = (await answer.json()) as { live: unknown[]; past: Past[] }
    return live.length === 0 && Object.fromEntries(past.map((row) => [row.callerNumber, row.outcome]))
  }, 40_000)
  expect(got).toEqual(expected)
  // Timers H, J and L over, nothing is kept of any of them.
  await eventually(async () => {
    const metrics = await (await fetch(`${machine.http}/metrics`)).text()
    return (
      /sip_dialogs 0\n/.test(metrics) &&
      /sip_transactions 0\n/.test(metrics) &&
      /live_calls 0\n/.test(metrics)
    )
  }, 60_000)
}, 180_000)
