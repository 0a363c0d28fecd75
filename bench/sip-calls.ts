import { type Clock, systemClock } from '../src/shared/clock.ts'
import { systemRandom } from '../src/shared/random.ts'
import { createEndpoint } from '../src/sip/create-endpoint.ts'
import type { InviteEvent } from '../src/sip/endpoint.ts'
import type { TransportEvents } from '../src/sip/transport/transport.ts'
import { memoryNetwork } from '../test/helpers/memory-network.ts'

/**
 * CPU µs of a whole call between two endpoints over the network in memory: INVITE, 100, 180, 200, ACK, BYE, 200, with
 * parsing, transactions and dialogs of both. The floor is the same seven messages carried with nobody behind them.
 * Rounds alternate, and the best of each counts.
 *
 *     node bench/sip-calls.ts
 */
const CALLS = 2000
const ROUNDS = 8
const MACHINE = { address: '192.0.2.2', port: 5060 }
const CALLER = { address: '192.0.2.1', port: 5060 }
const body = {
  contentType: 'application/sdp',
  bytes: Buffer.from(
    'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8 101\r\n',
  ),
}

/** Real timers, except that what is due at once comes in the next microtask: a network without any wait. */
const clock: Clock = {
  ...systemClock,
  setTimer(delayMs, fire) {
    if (delayMs > 0) return systemClock.setTimer(delayMs, fire)
    queueMicrotask(fire)
    return { cancel: () => {}, [Symbol.dispose]: () => {} }
  },
}
const network = () => memoryNetwork({ clock, random: systemRandom, latencyMs: 0 })
const settle = () => new Promise<void>((next) => setImmediate(next))

async function measure(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  for (let call = 0; call < CALLS; call++) await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / CALLS
}

async function call(): Promise<{ cpuMicros: number; traced: readonly Buffer[] }> {
  const net = network()
  const machine = createEndpoint({
    clock,
    random: systemRandom,
    events: {
      onInvite(invite) {
        invite.ring()
        invite.accept(body)
      },
    },
  })
  const caller = createEndpoint({ clock, random: systemRandom, events: { onInvite: () => {} } })
  machine.attach(net.udp(MACHINE.address, MACHINE.port, machine.receive))
  caller.attach(net.udp(CALLER.address, CALLER.port, caller.receive))

  let ended = 0
  const cpuMicros = await measure(async () => {
    const invite = caller.invite({
      uri: 'sip:line@192.0.2.2',
      to: { transport: 'udp', ...MACHINE },
      from: { displayName: 'Alice', uri: 'sip:alice@192.0.2.1', params: new Map() },
      body,
    })
    invite.onEvent = (event: InviteEvent) => {
      if (event.kind === 'confirmed') invite.hangUp()
      if (event.kind === 'ended') ended++
    }
    await settle()
  })
  const traced = net.trace.map(({ bytes }) => bytes)
  if (ended !== CALLS || traced.length !== 7 * CALLS || machine.size.dialogs !== 0)
    throw new Error(`${ended} of ${CALLS} calls ended, ${traced.length} messages`)
  await Promise.all([machine.close(), caller.close()])
  return { cpuMicros, traced }
}

async function carry(messages: readonly Buffer[]): Promise<number> {
  const deaf: TransportEvents = { onMessage: () => {}, onBroken: () => {}, onSendFailed: () => {} }
  const net = network()
  const machine = net.udp(MACHINE.address, MACHINE.port, deaf)
  const caller = net.udp(CALLER.address, CALLER.port, deaf)
  let next = 0
  const cpuMicros = await measure(async () => {
    for (const last = next + 7; next < last; next++) {
      caller.send(messages[next] ?? Buffer.alloc(0), { transport: 'udp', ...MACHINE })
    }
    await settle()
  })
  await Promise.all([machine.close(), caller.close()])
  return cpuMicros
}

let [floor, total] = [Infinity, Infinity]
for (let round = 0; round < ROUNDS; round++) {
  const { cpuMicros, traced } = await call()
  total = Math.min(total, cpuMicros)
  floor = Math.min(floor, await carry(traced))
}
console.log(
  `A call between two endpoints (INVITE 100 180 200 ACK BYE 200), CPU µs, best of ${ROUNDS} × ${CALLS}`,
)
console.log(`  floor: the seven messages carried     ${floor.toFixed(1)}`)
console.log(`  both endpoints                        ${total.toFixed(1)}`)
console.log(
  `  one endpoint's own share              ${((total - floor) / 2).toFixed(1)}  (set-up in all: target 1000)`,
)
