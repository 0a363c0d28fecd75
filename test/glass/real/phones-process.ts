import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { systemClock } from '../../../src/shared/clock.ts'
import { systemRandom } from '../../../src/shared/random.ts'
import { type ScriptedPhone, scriptedPhone } from '../../helpers/scripted-phone.ts'
import { headerOf, openWire, statusOf } from '../../helpers/sip-wire.ts'
import type { Habit, PhoneSetting } from './owners-phones.ts'

/** A process with all the owner's phones: what they do takes no time of the callers that measure. */

/** A listener calls at any moment within so long after the machine has answered, and stays at least, and at most, for so long. */
const COMES_WITHIN_MS = 900
const STAYS_MS = [300, 2500] as const

interface PluggedIn {
  readonly phone: ScriptedPhone
  heard: number
}
const phones = new Map<string, PluggedIn>()
const within = (ms: number) => (systemRandom.uint32() / 2 ** 32) * ms

async function plugIn({ name, password, habit, to, listenTo }: PhoneSetting): Promise<void> {
  const rtp = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
  rtp.bind(0, '127.0.0.1')
  await once(rtp, 'listening')
  const wire = await openWire({ to })
  const phone = scriptedPhone({
    wire,
    clock: systemClock,
    random: systemRandom,
    user: name,
    password,
    domain: `${to.host}:${to.port}`,
    rtpPort: rtp.address().port,
  })
  const plugged = { phone, heard: 0 }
  rtp.on('message', () => {
    plugged.heard++
  })
  phone.onCall = (call) => {
    call.ring()
    if (habit === 'declines') call.after(50 + within(700), () => call.refuse(name.endsWith('0') ? 486 : 603))
    if (habit === 'listens') void call.over.then(() => listen(phone, `sip:${listenTo}@${to.host}:${to.port}`))
  }
  const answer = await phone.register()
  if (statusOf(answer) !== 200)
    throw new Error(`${name} can not register: ${headerOf(answer, 'CSeq')} ${answer}`)
  phones.set(name, plugged)
}

function listen(phone: ScriptedPhone, uri: string): void {
  systemClock.setTimer(within(COMES_WITHIN_MS), () => {
    const call = phone.call(uri, { direction: 'recvonly' })
    call.after(STAYS_MS[0] + within(STAYS_MS[1] - STAYS_MS[0]), () => call.hangUp())
  })
}

/** What each phone has been through. */
function report(): Habit[] {
  return [...phones].map(([name, { phone, heard }]) => ({
    name,
    heard,
    rung: phone.calls.filter(({ direction }) => direction === 'in').length,
    statuses: phone.calls.map(({ status }) => status ?? 0),
  }))
}

process.on('message', async (message: { readonly plugIn: readonly PhoneSetting[] } | 'report') => {
  if (message === 'report') return void process.send?.(report())
  try {
    for (const setting of message.plugIn) await plugIn(setting)
    process.send?.('ready')
  } catch (error) {
    process.send?.({ why: String(error) })
  }
})
process.on('disconnect', () => process.exit())
