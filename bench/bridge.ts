/**
 * How long sound takes from a caller to those who listen in, from an owner to the caller, and from the act of picking up
 * to the first of the owner's packets: everything on loopback, the media engine in a process of its own. Beside it, the
 * same packets from socket to socket; the figures are what is added to those.
 *
 *     node bench/bridge.ts [--calls 4] [--listeners 1,10] [--seconds 10] [--pick-ups 200]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { OpenDescriptors } from '../src/media/socket/open-descriptors.ts'
import { cheapestSockets } from '../src/media/socket/open-sockets.ts'
import { systemClock } from '../src/shared/clock.ts'
import type { BridgeOrder, BridgeReport } from './bridge/orders.ts'
import { type Arrival, Party } from './bridge/party.ts'
import { type Child, openChild } from './calls/child.ts'
import { percentile } from './calls/percentile.ts'
import { openTable } from './calls/table.ts'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '4' },
    listeners: { type: 'string', default: '1,10' },
    seconds: { type: 'string', default: '10' },
    'pick-ups': { type: 'string', default: '200' },
    folder: { type: 'string', default: '.' },
  },
})
const CALLS = Number(values.calls)
const SETTLE_MS = 1000
/** How long a caller hears the owner after a pick-up, in which nothing may be lost or come twice. */
const TALK_MS = 400

const openRtp = await cheapestSockets(systemClock, new OpenDescriptors())
type Subject = Child<BridgeOrder, BridgeReport>

interface Call {
  readonly caller: Party
  readonly phones: readonly Party[]
}

/** Parties of calls on the engine, all of them talking; `scattered` so that no phase of the engine is preferred. */
async function openCalls(subject: Subject, listeners: number): Promise<Call[]> {
  const calls: Call[] = []
  for (let number = 0; number < CALLS; number++) {
    const caller = new Party(2 * number)
    const phones = Array.from({ length: listeners }, () => new Party(2 * number + 1))
    const callerPort = await caller.open(openRtp)
    const phonePorts = await Promise.all(phones.map((phone) => phone.open(openRtp)))
    const at = await subject.ask({ kind: 'open', callerPort, phonePorts }, 'opened')
    const firstAt = performance.now() + 20 + Math.random() * 20
    const [owner] = phones
    if (owner) caller.talkTo(at.callerPort, owner, firstAt)
    for (const [i, phone] of phones.entries())
      phone.talkTo(at.phonePorts[i] ?? 0, caller, firstAt + Math.random() * 20)
    calls.push({ caller, phones })
  }
  return calls
}

const delays = (from: Party, arrivals: readonly Arrival[]) =>
  arrivals.map(({ frame, at }) => at - (from.sentAt[frame] ?? Number.NaN))

/** Numbers that are missing between the first and the last, and that came twice or late. */
function faults(arrivals: readonly Arrival[]): { lost: number; repeated: number } {
  let [lost, repeated] = [0, 0]
  for (const [i, { frame }] of arrivals.entries()) {
    const step = i === 0 ? 1 : frame - (arrivals[i - 1]?.frame ?? 0)
    if (step > 1) lost += step - 1
    if (step < 1) repeated++
  }
  return { lost, repeated }
}

/** What a packet takes from socket to socket, clocks' differences included: the zero of all other figures. */
async function measureDirect(): Promise<number> {
  const [a, b] = [new Party(0), new Party(1)]
  const [portA, portB] = [await a.open(openRtp), await b.open(openRtp)]
  a.talkTo(portB, b, performance.now())
  b.talkTo(portA, a, performance.now() + 10)
  await pause(2 * SETTLE_MS)
  const direct = percentile(delays(a, b.takeArrivals()), 0.5)
  for (const party of [a, b]) party.close()
  return direct
}

async function withSubject(run: (subject: Subject) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(`${values.folder}/bridge-`)
  {
    await using subject = openChild<BridgeOrder, BridgeReport>('bridge/subject.ts', [folder])
    await run(subject)
    await subject.ask({ kind: 'close' }, 'closed')
  }
  await rm(folder, { recursive: true })
}

const row = openTable('Added by the machine, ms, and packets that went wrong', [
  'way',
  'listeners',
  'packets',
  'p50',
  'p99',
  'max',
  'lost',
  'repeated',
  'stand-ins',
])
const direct = await measureDirect()
const tell = (way: string, listeners: number, waited: readonly number[], wrong: readonly number[]) => {
  const added = waited.map((delay) => delay - direct)
  const [p50, p99, max] = [percentile(added, 0.5), percentile(added, 0.99), percentile(added, 1)]
  row(way, listeners, added.length, p50, p99, max, ...wrong)
}

for (const listeners of values.listeners.split(',').map(Number))
  await withSubject(async (subject) => {
    const calls = await openCalls(subject, listeners)
    const parties = calls.flatMap(({ caller, phones }) => [caller, ...phones])
    await subject.ask({ kind: 'listen' }, 'done')
    await subject.ask({ kind: 'talk', on: true }, 'done')
    await pause(SETTLE_MS)
    for (const party of parties) party.takeArrivals()
    const standInsBefore = calls.map(({ caller }) => caller.standIns)
    await pause(Number(values.seconds) * 1000)

    const total = { toPhones: [] as number[], toCaller: [] as number[] }
    const wrong = { toPhones: [0, 0, 0], toCaller: [0, 0, 0] }
    const count = (way: 'toPhones' | 'toCaller', from: Party, to: Party, standIns: number) => {
      const arrivals = to.takeArrivals()
      const { lost, repeated } = faults(arrivals)
      total[way].push(...delays(from, arrivals))
      wrong[way] = [lost, repeated, standIns].map((one, i) => one + (wrong[way][i] ?? 0))
    }
    for (const [i, { caller, phones }] of calls.entries()) {
      for (const phone of phones) count('toPhones', caller, phone, phone.standIns)
      const [owner] = phones
      if (owner) count('toCaller', owner, caller, caller.standIns - (standInsBefore[i] ?? 0))
    }
    tell('to phone', listeners, total.toPhones, wrong.toPhones)
    tell('to caller', listeners, total.toCaller, wrong.toCaller)
    for (const party of parties) party.close()
  })

await withSubject(async (subject) => {
  const calls = await openCalls(subject, 1)
  await subject.ask({ kind: 'listen' }, 'done')
  await pause(SETTLE_MS)
  const waited: number[] = []
  const wrong = [0, 0, 0]
  for (let turn = 0; turn < Number(values['pick-ups']); turn++) {
    const call = turn % CALLS
    const caller = calls[call]?.caller
    if (!caller) break
    await pause(50 + Math.random() * 50)
    caller.takeArrivals()
    const { standIns } = caller
    const actedAt = performance.now()
    await subject.ask({ kind: 'talk', call, on: true }, 'done')
    await pause(TALK_MS)
    const arrivals = caller.takeArrivals()
    await subject.ask({ kind: 'talk', call, on: false }, 'done')
    waited.push((arrivals[0]?.at ?? Number.NaN) - actedAt)
    const { lost, repeated } = faults(arrivals)
    for (const [i, one] of [lost, repeated, caller.standIns - standIns].entries())
      wrong[i] = (wrong[i] ?? 0) + one
  }
  tell('pick-up', 1, waited, wrong)
  for (const { caller, phones } of calls) for (const party of [caller, ...phones]) party.close()
})
