import type { Clock } from '../src/shared/clock.ts'
import { systemClock } from '../src/shared/clock.ts'
import { systemRandom } from '../src/shared/random.ts'
import { buildResponse } from '../src/sip/message/build.ts'
import { createTransactionLayer } from '../src/sip/transaction/create-layer.ts'
import type { TransactionLayerEvents } from '../src/sip/transaction/layer.ts'
import type { Transport, TransportEvents } from '../src/sip/transport/transport.ts'
import { memoryNetwork } from '../test/helpers/memory-network.ts'

/**
 * CPU µs that the transaction layer spends on a call that it serves: INVITE in, 100, 180 and 200 out, ACK in, BYE in, 200
 * out, over the network in memory. The floor is the same seven messages carried with nobody behind them. Rounds
 * alternate, and the best of each counts.
 */
const CALLS = 4000
const ROUNDS = 8
const MACHINE = { address: '192.0.2.2', port: 5060 }
const PEER = { address: '192.0.2.1', port: 5060 }

/** Real timers, except that what is due at once comes in the next microtask: a network without any wait. */
const clock: Clock = {
  ...systemClock,
  setTimer(delayMs, fire) {
    if (delayMs > 0) return systemClock.setTimer(delayMs, fire)
    queueMicrotask(fire)
    return { cancel: () => {}, [Symbol.dispose]: () => {} }
  },
}

const SDP = `v=0\r\no=- 1 1 IN IP4 ${PEER.address}\r\ns=-\r\nc=IN IP4 ${PEER.address}\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n`

function request(method: string, cseq: number, call: number, toTag: string, body = ''): Buffer {
  return Buffer.from(
    [
      `${method} sip:line@${MACHINE.address} SIP/2.0`,
      `Via: SIP/2.0/UDP ${PEER.address}:5060;rport;branch=z9hG4bK${method}${call}`,
      'Max-Forwards: 70',
      `From: "Alice" <sip:alice@${PEER.address}>;tag=a${call}`,
      `To: <sip:line@${MACHINE.address}>${toTag}`,
      `Call-ID: ${call}@${PEER.address}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:alice@${PEER.address}:5060>`,
      'User-Agent: bench',
      ...(body ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  )
}

/** The caller's three messages. Here nothing waits: the machine has answered each before the next is looked at. */
function sendCall(peer: Transport, call: number): void {
  peer.send(request('INVITE', 1, call, '', SDP), toMachine)
  peer.send(request('ACK', 1, call, ';tag=machine'), toMachine)
  peer.send(request('BYE', 2, call, ';tag=machine'), toMachine)
}

const deaf: TransportEvents = { onMessage: () => {}, onBroken: () => {}, onSendFailed: () => {} }
const answer = { contentType: 'application/sdp', bytes: Buffer.from(SDP) }
const toMachine = { transport: 'udp' as const, ...MACHINE }
const toPeer = { transport: 'udp' as const, ...PEER }

interface Run {
  readonly cpuMicros: number
  readonly sent: number
}

async function measure(work: (call: number) => Promise<void>, sent: () => number): Promise<Run> {
  const before = process.cpuUsage()
  for (let call = 0; call < CALLS; call++) await work(call)
  const { user, system } = process.cpuUsage(before)
  return { cpuMicros: (user + system) / CALLS, sent: sent() }
}

/** Lets everything that is under way arrive. */
const settle = () => new Promise<void>((next) => setImmediate(next))

async function serve(firstCall: number): Promise<Run> {
  const network = memoryNetwork({ clock, random: systemRandom, latencyMs: 0 })
  const events: TransactionLayerEvents = {
    onRequest(served) {
      const toTag = 'machine'
      if (served.request.method === 'INVITE') {
        served.respond(buildResponse(served.request, 180, { toTag }))
        const headers: [string, string][] = [['Contact', `<sip:${MACHINE.address}:5060>`]]
        served.respond(buildResponse(served.request, 200, { toTag, headers, body: answer }))
      } else served.respond(buildResponse(served.request, 200))
    },
    onAck: () => {},
    onStrayResponse: () => {},
    admits: () => true,
  }
  const layer = createTransactionLayer({ clock, random: systemRandom, events })
  layer.attach(network.udp(MACHINE.address, MACHINE.port, layer.receive))
  const peer = network.udp(PEER.address, PEER.port, deaf)
  const run = await measure(
    async (each) => {
      sendCall(peer, firstCall + each)
      await settle()
    },
    () => network.trace.length,
  )
  await Promise.all([layer.close(), peer.close()])
  return run
}

async function carry(firstCall: number): Promise<Run> {
  const network = memoryNetwork({ clock, random: systemRandom, latencyMs: 0 })
  const machine = network.udp(MACHINE.address, MACHINE.port, deaf)
  const peer = network.udp(PEER.address, PEER.port, deaf)
  const response = Buffer.alloc(450)
  const run = await measure(
    async (each) => {
      sendCall(peer, firstCall + each)
      for (let count = 0; count < 4; count++) machine.send(response, toPeer)
      await settle()
    },
    () => network.trace.length,
  )
  await Promise.all([machine.close(), peer.close()])
  return run
}

let [floor, total] = [Infinity, Infinity]
for (let round = 0; round < ROUNDS; round++) {
  const carried = await carry(round * CALLS)
  const served = await serve(round * CALLS)
  if (served.sent !== 7 * CALLS) throw new Error(`${served.sent} messages for ${CALLS} calls`)
  floor = Math.min(floor, carried.cpuMicros)
  total = Math.min(total, served.cpuMicros)
}
const own = total - floor
console.log(`A call served (INVITE 100 180 200 ACK BYE 200), CPU µs, best of ${ROUNDS} rounds of ${CALLS}`)
console.log(`  floor: the seven messages carried         ${floor.toFixed(1)}`)
console.log(`  with the transaction layer                ${total.toFixed(1)}`)
console.log(`  the layer's own, parsing included         ${own.toFixed(1)}  (set-up in all: target 1000)`)
console.log(`  of this for each of its two transactions  ${(own / 2).toFixed(1)}`)
