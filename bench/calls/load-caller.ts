/** Callers in a process of their own: SIP by `sip-caller.ts`, sound by `talker.ts`, all of it told by the parent. */
import { OpenDescriptors } from '../../src/media/socket/open-descriptors.ts'
import { cheapestSockets } from '../../src/media/socket/open-sockets.ts'
import { Pacer } from '../../src/media/worker/pacer.ts'
import { systemClock } from '../../src/shared/clock.ts'
import type { BurstResult, LoadOrder, LoadReport, TalkResult } from './orders.ts'
import { percentile } from './percentile.ts'
import { openSipCaller, type PlacedCall, type SipCaller } from './sip-caller.ts'
import { Talker } from './talker.ts'

const report = (message: LoadReport) => process.send?.(message)
const openRtp = await cheapestSockets(systemClock, new OpenDescriptors())
const pacer = new Pacer(systemClock)
/** The clock's timers keep no process alive. */
const hold = setInterval(() => {}, 1000)
let talkers: Talker[] = []
let ports: number[] = []
let placed: PlacedCall[] = []
let sip: SipCaller | undefined
let onOver = (): unknown => undefined

function talk(talker: Talker, port: number, share: number): void {
  talker.talkTo(port, Pacer.firstAt(systemClock.monotonic()) + share * 20)
  pacer.add(talker)
}

/** Does something `calls` times, `perSecond` times a second, on absolute deadlines. */
function spread(calls: number, perSecond: number, act: (index: number) => void): void {
  const began = performance.now()
  let done = 0
  const more = () => {
    const due = Math.min(calls, Math.floor(((performance.now() - began) * perSecond) / 1000) + 1)
    while (done < due) act(done++)
    if (done < calls) setTimeout(more, 1)
  }
  more()
}

async function dial(sipPort: number, perSecond: number): Promise<void> {
  let waiting = talkers.length
  const settled = () => --waiting === 0 && report({ kind: 'talking' })
  onOver = settled // a call that fails instead
  sip = await openSipCaller(sipPort, {
    onAnswered({ number, remotePort }) {
      const talker = talkers[number]
      if (talker) talk(talker, remotePort, 0)
      settled()
    },
    onOver: () => onOver(),
  })
  placed = []
  spread(talkers.length, perSecond, (index) => {
    if (sip) placed.push(sip.invite(index, ports[index] ?? 0))
  })
}

async function stop(): Promise<TalkResult> {
  const late = talkers.flatMap((talker) => talker.lateness())
  for (const talker of talkers) talker.measuring = false
  if (sip) {
    const over = Promise.withResolvers<void>()
    let left = placed.length
    onOver = () => --left === 0 && over.resolve()
    // 200 calls end in a second: each keeps talking until its own BYE.
    spread(placed.length, 200, (index) => {
      const [talker, call] = [talkers[index], placed[index]]
      if (talker) pacer.remove(talker)
      if (call) sip?.bye(call)
    })
    await over.promise
  } else for (const talker of talkers) pacer.remove(talker)
  for (const talker of talkers) talker.close()
  sip?.close()
  const sum = (pick: (talker: Talker) => number) => talkers.reduce((total, each) => total + pick(each), 0)
  const { user, system } = process.cpuUsage()
  return {
    sent: talkers.map(({ sent }) => sent),
    received: sum(({ received }) => received),
    gaps: sum(({ gaps }) => gaps),
    ...(sip?.counts ?? { retransmitted: 0, failed: 0 }),
    lateP50: percentile(late, 0.5),
    lateP99: percentile(late, 0.99),
    cpuMs: (user + system) / 1000,
  }
}

async function burst(sipPort: number, perSecond: number, calls: number): Promise<BurstResult> {
  const silent = new Talker(0)
  const rtpPort = await silent.open(openRtp)
  const drain = setInterval(() => silent.drain(), 20)
  const over = Promise.withResolvers<void>()
  const answered: number[] = []
  let left = calls
  const began = performance.now()
  const caller = await openSipCaller(sipPort, {
    onAnswered(call) {
      answered.push(call.answeredAt - call.invitedAt)
      caller.bye(call)
    },
    onOver: () => --left === 0 && over.resolve(),
  })
  spread(calls, perSecond, (index) => caller.invite(index, rtpPort))
  await over.promise
  const lastedMs = performance.now() - began
  clearInterval(drain)
  silent.close()
  caller.close()
  return {
    ...caller.counts,
    answerP50: percentile(answered, 0.5),
    answerP99: percentile(answered, 0.99),
    lastedMs,
  }
}

process.on('message', async (order: LoadOrder) => {
  switch (order.kind) {
    case 'open':
      talkers = Array.from({ length: order.calls }, (_, call) => new Talker(call))
      ports = []
      for (const talker of talkers) ports.push(await talker.open(openRtp))
      return report({ kind: 'opened', ports })
    case 'talk':
      for (const [i, talker] of talkers.entries()) talk(talker, order.ports[i] ?? 0, i / talkers.length)
      return report({ kind: 'talking' })
    case 'dial':
      return dial(order.sipPort, order.perSecond)
    case 'measure':
      for (const talker of talkers) talker.measuring = true
      return report({ kind: 'measuring' })
    case 'stop':
      report({ kind: 'stopped', ...(await stop()) })
      clearInterval(hold)
      return process.disconnect()
    case 'burst':
      return report({ kind: 'burst-over', ...(await burst(order.sipPort, order.perSecond, order.calls)) })
  }
})
process.on('disconnect', () => process.exit())
