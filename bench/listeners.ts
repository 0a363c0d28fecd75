/**
 * What it costs that somebody listens: CPU of the media engine for a telephone (RTP) and for a browser (SRTP, and its
 * checks) beside that of the callers alone, all in one run, in turns. Loopback; the engine in a process of its own.
 *
 *     node bench/listeners.ts [--calls 8] [--listeners 5] [--seconds 5] [--turns 3]
 */

import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { OpenDescriptors } from '../src/media/socket/open-descriptors.ts'
import { cheapestSockets } from '../src/media/socket/open-sockets.ts'
import type { RtpSocket } from '../src/media/socket/rtp-socket.ts'
import { systemClock } from '../src/shared/clock.ts'
import { makeCheck } from '../test/helpers/scripted-browser.ts'
import { Party } from './bridge/party.ts'
import { openChild } from './calls/child.ts'
import { percentile } from './calls/percentile.ts'
import { openTable } from './calls/table.ts'
import type { ListenersOrder, ListenersReport } from './listeners/orders.ts'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '8' },
    listeners: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    turns: { type: 'string', default: '3' },
  },
})
const [calls, most, seconds, turns] = [values.calls, values.listeners, values.seconds, values.turns].map(
  Number,
)
const AT = '127.0.0.1'
const SETTLE_MS = 1000
/** As often as Chromium checks its way. */
const CHECK_MS = 2500
const openRtp = await cheapestSockets(systemClock, new OpenDescriptors())

type Who = 'nobody' | 'telephones' | 'browsers'

/** CPU ms a second of the engine, and how many packets came to those who listen. */
async function measure(who: Who): Promise<{ readonly cpu: number; readonly heard: number }> {
  await using subject = openChild<ListenersOrder, ListenersReport>('listeners/subject.ts')
  const parties: Party[] = []
  const sockets: RtpSocket[] = []
  const ends: { readonly socket: RtpSocket; port: number }[] = []
  let heard = 0
  const count = (bytes: Buffer) => {
    // RTP, and not the answer to a check (RFC 7983 §7).
    if ((bytes[0] ?? 0) >= 128) heard++
  }
  for (let call = 0; call < (calls ?? 0); call++) {
    const caller = new Party(call)
    parties.push(caller)
    const callerPort = await caller.open(openRtp)
    const own: RtpSocket[] = []
    for (let one = 0; one < (who === 'nobody' ? 0 : (most ?? 0)); one++) own.push(await openRtp(AT, 0, count))
    const listenerPorts = own.map(({ port }) => port)
    const at = await subject.ask(
      { kind: 'open', callerPort, listenerPorts, browsers: who === 'browsers' },
      'opened',
    )
    caller.talkTo(at.callerPort, caller, performance.now() + Math.random() * 20)
    ends.push(...own.map((socket, i) => ({ socket, port: at.listenerPorts[i] ?? 0 })))
    sockets.push(...own)
  }
  const check = () => {
    const bytes = makeCheck()
    if (who === 'browsers')
      for (const { socket, port } of ends) socket.send(bytes, bytes.length, { address: AT, port })
  }
  const timers = [
    setInterval(check, CHECK_MS),
    setInterval(() => sockets.forEach((one) => void one.poll()), 10),
  ]
  check()
  await pause(SETTLE_MS)
  await subject.ask({ kind: 'start' }, 'started')
  heard = 0
  await pause((seconds ?? 0) * 1000)
  const { cpuMs, wallMs } = await subject.ask({ kind: 'read' }, 'measured')
  for (const timer of timers) clearInterval(timer)
  for (const party of parties) party.close()
  for (const socket of sockets) socket.close()
  return { cpu: (cpuMs / wallMs) * 1000, heard }
}

const found: Record<Who, { cpu: number; heard: number }[]> = { nobody: [], telephones: [], browsers: [] }
for (let turn = 0; turn < (turns ?? 0); turn++)
  for (const who of ['nobody', 'telephones', 'browsers'] as const) found[who].push(await measure(who))

const median = (who: Who) =>
  percentile(
    found[who].map(({ cpu }) => cpu),
    0.5,
  )
const listeners = (calls ?? 0) * (most ?? 0)
const each = (who: Who) => (median(who) - median('nobody')) / listeners
const row = openTable(`CPU ms a second; ${calls} callers, ${most} listeners to each; medians of ${turns}`, [
  'who listens',
  'in all',
  'a listener',
  'ratio',
  'packets',
])
row('nobody', median('nobody'), '', '', '')
for (const who of ['telephones', 'browsers'] as const) {
  const packets = percentile(
    found[who].map(({ heard }) => heard / listeners / (seconds ?? 1)),
    0.5,
  )
  row(who, median(who), each(who), each(who) / each('telephones'), packets)
}
