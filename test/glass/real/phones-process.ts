import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { getPriority, setPriority } from 'node:os'
import { type Certificate, makeCertificate } from '../../../src/media/dtls/association.ts'
import { systemClock } from '../../../src/shared/clock.ts'
import { systemRandom } from '../../../src/shared/random.ts'
import { type PhoneCall, type ScriptedPhone, scriptedPhone } from '../../helpers/scripted-phone.ts'
import { headerOf, openWire, type SipWire, statusOf } from '../../helpers/sip-wire.ts'
import { openWebSocketWire } from '../../helpers/web-socket-wire.ts'
import { type ListeningBrowser, openScriptedBrowser } from './listening-browser.ts'
import { type ListeningChromium, openListeningChromium } from './listening-chromium.ts'
import type { BrowserKind, FromPhones, Habit, PhoneSetting, ToPhones } from './owners-phones.ts'

/** A process with some of the owner's phones: what they do takes no time of the callers that measure. */

/** At any moment between these after the machine has answered a listener calls; it stays at least, and at most, for so long. */
const VISITS = {
  listens: { comesMs: [0, 900], staysMs: [300, 2500] },
  stays: { comesMs: [600, 800], staysMs: [3000, 3000] },
} as const
/** At any moment between these after it began to ring a phone is picked up to hear a name; who hangs up does so after this. */
const HEARS_NAME = { comesMs: [50, 500], staysMs: 900 } as const

interface PluggedIn {
  readonly phone: ScriptedPhone
  /** RTP packets of the calls that are over. */
  heard: number
  /** Ears that are being closed. */
  readonly closing: Promise<void>[]
}
const phones = new Map<string, PluggedIn>()
const between = ([from, to]: readonly [number, number]) =>
  from + (systemRandom.uint32() / 2 ** 32) * (to - from)
const tell = (message: FromPhones) => void process.send?.(message)

/** Made, or started, for the first phone that needs it. */
let certificate: Promise<Certificate> | undefined
let chromium: Promise<ListeningChromium> | undefined

async function openBrowsers(kind: BrowserKind): Promise<() => Promise<ListeningBrowser>> {
  if (kind === 'Chromium') {
    chromium ??= openListeningChromium()
    const { listen } = await chromium
    return listen
  }
  certificate ??= makeCertificate()
  const ours = await certificate
  return () => openScriptedBrowser(ours)
}

/** Where a phone gets its sound, in one call. That of a desk phone is where its own description says. */
type Ear = Omit<ListeningBrowser, 'offer'> & Partial<Pick<ListeningBrowser, 'offer'>>

async function plugIn(setting: PhoneSetting): Promise<void> {
  const { name, password, habit, to, listenTo, browser } = setting
  const { wire, rtpPort, openEar } = browser ? await equipBrowser(browser) : await equipDeskPhone(setting)
  const phone = scriptedPhone({
    ...{ wire, rtpPort, clock: systemClock, random: systemRandom },
    ...{ user: name, password, domain: `${to.host}:${to.port}` },
    ...(browser ? { believes: wire.host } : {}),
  })
  const plugged: PluggedIn = { phone, heard: 0, closing: [] }
  phone.onCall = (call) => {
    call.ring()
    if (habit === 'declines')
      call.after(between([50, 750]), () => call.refuse(name.endsWith('0') ? 486 : 603))
    if (habit === 'hears')
      call.after(between(HEARS_NAME.comesMs), () => void hearName(plugged, name, call, openEar))
    if (habit === 'listens' || habit === 'stays') {
      const uri = `sip:${listenTo}@${to.host}:${to.port}`
      const { comesMs, staysMs } = VISITS[habit]
      const visit = () => listen(plugged, { name, uri, openEar, staysMs: between(staysMs) })
      void call.over.then(() => systemClock.setTimer(between(comesMs), visit))
    }
  }
  const answer = await phone.register()
  if (statusOf(answer) !== 200)
    throw new Error(`${name} can not register: ${headerOf(answer, 'CSeq')} ${answer}`)
  phones.set(name, plugged)
}

/** What a phone has for SIP and for sound. */
interface Equipment {
  readonly wire: SipWire
  readonly rtpPort: number
  /** For one call. */
  openEar(): Promise<Ear>
}

async function equipDeskPhone({ to }: PhoneSetting): Promise<Equipment> {
  const rtp = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
  rtp.bind(0, '127.0.0.1')
  await once(rtp, 'listening')
  let heard = 0
  rtp.on('message', () => {
    heard++
  })
  const openEar = async () => {
    const before = heard
    return { connect() {}, heard: async () => heard - before, async [Symbol.asyncDispose]() {} }
  }
  return { wire: await openWire({ to }), rtpPort: rtp.address().port, openEar }
}

const equipBrowser = async ({
  kind,
  webSocket,
}: NonNullable<PhoneSetting['browser']>): Promise<Equipment> => ({
  wire: await openWebSocketWire(webSocket),
  rtpPort: 0,
  openEar: await openBrowsers(kind),
})

interface Visit {
  readonly name: string
  readonly uri: string
  readonly staysMs: number
  openEar(): Promise<Ear>
}

async function listen(plugged: PluggedIn, { name, uri, staysMs, openEar }: Visit): Promise<void> {
  const ear = await openEar()
  const call = plugged.phone.call(uri, {
    direction: 'recvonly',
    ...(ear.offer === undefined ? {} : { sdp: ear.offer }),
    onAnswer(answer) {
      ear.connect(answer)
      tell({ kind: 'listens', name, on: true })
    },
  })
  call.after(staysMs, () => call.hangUp())
  plugged.closing.push(call.over.then(close))

  async function close(): Promise<void> {
    tell({ kind: 'listens', name, on: false })
    const heard = await ear.heard()
    plugged.heard += heard
    await ear[Symbol.asyncDispose]()
  }
}

async function hearName(
  plugged: PluggedIn,
  name: string,
  call: PhoneCall,
  openEar: Equipment['openEar'],
): Promise<void> {
  const ear = await openEar()
  call.answer()
  tell({ kind: 'listens', name, on: true })
  // A key that means nothing.
  const press = { contentType: 'application/dtmf-relay', body: 'Signal=7\r\nDuration=100\r\n' }
  call.after(HEARS_NAME.staysMs / 2, () => void call.request('INFO', press))
  if (name.endsWith('1')) call.after(HEARS_NAME.staysMs, () => call.hangUp())
  await call.over
  tell({ kind: 'listens', name, on: false })
  plugged.heard += await ear.heard()
}

/** What each phone has been through. */
async function report(): Promise<Habit[]> {
  for (const { closing } of phones.values()) await Promise.all(closing)
  return [...phones].map(([name, { phone, heard }]) => ({
    name,
    heard,
    rung: phone.calls.filter(({ direction }) => direction === 'in').length,
    statuses: phone.calls.map(({ status }) => status ?? 0),
  }))
}

process.on('message', async (message: ToPhones) => {
  try {
    if (message === 'report') return tell({ kind: 'report', habits: await report() })
    // What is started from here on, a Chromium too, stands back as far.
    setPriority(getPriority() + message.niceness)
    for (const setting of message.plugIn) await plugIn(setting)
    tell({ kind: 'ready' })
  } catch (error) {
    tell({ kind: 'failed', why: String(error) })
  }
})
process.on('disconnect', async () => {
  await (await chromium)?.[Symbol.asyncDispose]()
  process.exit()
})
