import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type PhoneAccount, startBaresip } from '../helpers/baresip.ts'
import { expectOneStream, framesBetween, soundOf } from '../helpers/caller-stream.ts'
import { holdsSound } from '../helpers/holds-sound.ts'
import { startLinphone } from '../helpers/linphone.ts'
import { type CallTrace, openNamespaceCaller } from '../helpers/namespace-caller.ts'
import { type NetworkNamespace, openNamespace } from '../helpers/network-namespace.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { tagIn } from '../helpers/sip-text.ts'
import { headerOf } from '../helpers/sip-wire.ts'
import { freePort } from '../helpers/sipp.ts'
import { type Spoken, speak, transcribe, wordsHeard } from '../helpers/speech.ts'
import { tlsPlace } from '../helpers/tls-place.ts'
import { writeUlawWav } from '../helpers/wav-frames.ts'

/**
 * Real desk phones, registered by digest, take calls: while it rings, in the middle of the greeting, in the middle of the
 * message. A recogniser understands both sides, and the caller's stream is one from the answer to the end. baresip does so by TLS
 * and SRTP, linphonec by UDP and RTP; the caller, in the clear, hears no difference.
 */
const EARS = ['flite', 'sox', 'pocketsphinx_continuous']
const CALLER_SAYS = 'I am calling about the garden party tomorrow at seven.'
const CALLER_WORDS = ['calling', 'about', 'garden', 'party', 'tomorrow', 'seven']
const OWNER_SAYS = 'Good morning. Please bring seven bottles of water on Friday.'
const OWNER_WORDS = ['good', 'morning', 'please', 'bring', 'seven', 'bottles', 'water', 'friday']
/** How long either sentence takes, with a little to spare. */
const SPOKEN_MS = 5200
const PASSWORD = 'horse-battery'
/** linphonec takes its port on all addresses; beside another phone it needs one of its own. */
const SOFA_PORT = 5062

/** A phone as these tests use it. */
interface DeskPhone extends AsyncDisposable {
  /** Resolves at the next incoming call. */
  incoming(): Promise<unknown>
  /** Takes the call, or dials this code; resolves when it is connected. It speaks its sentence then. */
  take(code?: string): Promise<void>
  hangUp(): Promise<void>
  /** WAV file of what it heard in its last call. */
  heard(): Promise<string>
}

type StartPhone = (options: {
  readonly namespace: NetworkNamespace
  readonly address: string
  readonly says: Spoken
  readonly account: PhoneAccount
  /** It is to be encrypted (RFC 4568), and how its server is known. */
  readonly secure?: { readonly rootFile: string }
}) => Promise<DeskPhone>

const baresip: StartPhone = async (options) => {
  const phone = await startBaresip(options)
  return {
    incoming: phone.incoming,
    async take(code) {
      const established = phone.process.next(/call established/i)
      if (code)
        await phone.command(
          'dial',
          `sip:${code}@${options.account.server}${options.secure ? ';transport=tls' : ''}`,
        )
      else await phone.command('accept')
      await established
    },
    hangUp: () => phone.command('hangup'),
    heard: () => phone.heard(),
    [Symbol.asyncDispose]: () => phone[Symbol.asyncDispose](),
  }
}

const linphonec: StartPhone = async (options) => {
  const phone = await startLinphone(options)
  const folder = mkdtempSync(join(tmpdir(), 'linphone-heard-'))
  let takes = 0
  return {
    incoming: phone.incoming,
    async take(code) {
      const connected = phone.process.next(/connected/i)
      if (code) phone.call(`sip:${code}@${options.account.server}`)
      else phone.answer()
      await connected
      phone.record(join(folder, `${++takes}.wav`))
      phone.speak()
    },
    async hangUp() {
      const ended = phone.process.next(/call .*ended/i)
      phone.terminate()
      await ended
    },
    heard: async () => join(folder, `${takes}.wav`),
    [Symbol.asyncDispose]: () => phone[Symbol.asyncDispose](),
  }
}

const promptFile = (prompt: string) => join(import.meta.dirname, `../../assets/prompts/${prompt}.wav`)

const PHONES = { baresip, linphonec }

/** When the phone takes the call, and how. */
const MOMENTS = [
  { moment: 'while it rings', greetedMs: undefined, code: undefined },
  { moment: 'in the middle of the greeting', greetedMs: 1500, code: '*8' },
  { moment: 'in the middle of the message', greetedMs: 6500, code: '*8' },
] as const

describeWith(['baresip', 'linphonec', 'ip', ...EARS], 'real phones', () => {
  for (const [name, startPhone] of Object.entries(PHONES)) {
    // Each speaks and listens for over a minute; beside another test that takes its time.
    it.concurrent(`${name} rings, and takes a call at any moment`, { timeout: 240_000 }, async () => {
      await using namespace = await openNamespace(`ap-takes-${name}`)
      const host = namespace.address(1)
      const callerSays = await speak(CALLER_SAYS)
      const says = await speak(OWNER_SAYS, { leadSeconds: 0.5, padSeconds: 30 })
      await using machine = await startMachine({
        netns: namespace.name,
        host,
        flags: ['--phones-from', '10.99.0.0/24', '--sips', `${host}:0`],
      })
      await machine.line('home', { trunk: namespace.address(6), ringSeconds: 2 })
      const encrypted = name === 'baresip'
      const srtp = encrypted ? 'required' : 'off'
      await machine.cli('phones', 'add', 'desk', '--password', PASSWORD, '--srtp', srtp)
      const place = await tlsPlace(machine)
      const server = encrypted ? place.server : `${host}:${machine.sip.port}`
      await using phone = await startPhone({
        namespace,
        address: namespace.address(2),
        says,
        account: { user: 'desk', password: PASSWORD, server },
        ...(encrypted && { secure: place }),
      })
      await registered(machine)
      await using caller = await openNamespaceCaller({
        namespace,
        address: namespace.address(6),
        to: machine.sip,
      })
      for (const { moment, greetedMs, code } of MOMENTS) {
        const rings = phone.incoming()
        const call = await caller.call('home', { number: '+49301234', says: callerSays })
        await rings
        if (greetedMs !== undefined) {
          expect(await call.final).toBe(200)
          // Into the message the caller speaks.
          if (greetedMs > 4500) void sleep(4500).then(() => call.speak())
          await sleep(greetedMs)
        }
        await phone.take(code)
        expect(await call.final).toBe(200)
        const pickedUpAt = performance.now()
        await call.speak()
        await sleep(SPOKEN_MS)
        await call.bye()
        const { responses, requests, received } = await call.trace()
        expect(
          responses.map(({ status }) => status).filter((status) => status >= 200),
          moment,
        ).toEqual([200])
        expect(requests, moment).toEqual([])
        expectOneStream(received)
        const ownerSaid = soundOf(framesBetween(received, pickedUpAt))
        const toCaller = wordsHeard(await transcribe(writeUlawWav(ownerSaid)), OWNER_WORDS)
        expect(toCaller.length, `${moment}, at the caller: ${toCaller}`).toBeGreaterThanOrEqual(5)
        const toOwner = wordsHeard(await transcribe(await phone.heard()), CALLER_WORDS)
        expect(toOwner.length, `${moment}, at the phone: ${toOwner}`).toBeGreaterThanOrEqual(4)
        await eventually(async () => (await outcomes(machine)).at(0) === 'picked-up')
      }
      expect(await outcomes(machine)).toEqual(['picked-up', 'picked-up', 'picked-up'])
    })
  }

  it.concurrent('baresip switches the machine off by code, hears so, and on again', async () => {
    await using namespace = await openNamespace('ap-switches')
    const host = namespace.address(1)
    const says = await speak(OWNER_SAYS, { padSeconds: 60 })
    await using machine = await startMachine({
      netns: namespace.name,
      host,
      flags: ['--phones-from', '10.99.0.0/24'],
    })
    await machine.line('home', { trunk: namespace.address(6) })
    await machine.cli('phones', 'add', 'desk', '--password', PASSWORD)
    const account = { user: 'desk', password: PASSWORD, server: `${host}:${machine.sip.port}` }
    await using phone = await startBaresip({ namespace, address: namespace.address(2), says, account })
    await registered(machine)
    for (const [machineOn, said] of [
      [false, 'machine-off'],
      [true, 'machine-on'],
    ] as const) {
      const ended = phone.process.next(/session closed/i)
      await phone.command('dial', `sip:*60@${account.server}`)
      await ended
      const { doNotDisturb, ...switches } = JSON.parse(await machine.cli('switches', '--json'))
      expect([switches.machineOn, doNotDisturb]).toEqual([machineOn, false])
      expect(holdsSound(await phone.heard(), promptFile(said))).toBeGreaterThan(0.95)
    }
    const audit = await machine.list<{ who: string; detail: string }>('audit', 'list')
    expect(audit.filter(({ who }) => who === 'phone:desk').map(({ detail }) => detail)).toEqual([
      'machine on',
      'machine off',
    ])
  })

  it.concurrent('linphonec picks up by Replaces the call that it is told of by REFER, and no other (RFC 3891, 5589)', async () => {
    await using namespace = await openNamespace('ap-replaces')
    const host = namespace.address(1)
    const says = await speak(OWNER_SAYS, { padSeconds: 60 })
    await using machine = await startMachine({
      netns: namespace.name,
      host,
      flags: ['--phones-from', '10.99.0.0/24'],
    })
    await machine.line('home', { trunk: namespace.address(6), ringSeconds: 60 })
    await machine.cli('phones', 'add', 'sofa', '--password', PASSWORD)
    const server = `${host}:${machine.sip.port}`
    const account = { user: 'sofa', password: PASSWORD, server }
    await using sofa = await startLinphone({ namespace, says, account, port: SOFA_PORT })
    await registered(machine)
    // Somebody who talks with linphonec, from phone to phone, and knows of a call at the machine.
    await using desk = await startBaresip({ namespace, address: namespace.address(2), says })
    const rings = sofa.incoming()
    await desk.command('dial', `sip:sofa@${host}:${SOFA_PORT}`)
    await rings
    const talking = desk.process.next(/call established/i)
    sofa.answer()
    await talking

    const to = machine.sip
    await using caller = await openNamespaceCaller({ namespace, address: namespace.address(6), to })
    // Without Replaces the one that came first would be meant.
    const first = await caller.call('home', { number: '+491' })
    await eventually(async () => ringingOf(await first.trace()))
    const second = await caller.call('home', { number: '+492' })
    const replaces = await eventually(async () => ringingOf(await second.trace()))
    await desk.command('transfer', `sip:home@${server}?Replaces=${encodeURIComponent(replaces)}`)
    expect(await second.final).toBe(200)
    await sleep(1000)
    expectOneStream((await second.trace()).received)
    expect((await first.trace()).responses.at(-1)?.status).toBe(180)
    await first.cancel()
    await second.bye()
    await eventually(async () => (await outcomes(machine)).sort().join() === 'abandoned,picked-up')
  })
})

const registered = (machine: RunningMachine) =>
  eventually(async () => (await machine.metrics()).includes('answerphone_phones_registered 1\n'))

/** The dialog of a call that rings, as Replaces wants it. */
function ringingOf({ responses }: CallTrace): string | undefined {
  const text = responses.find(({ status }) => status === 180)?.text
  if (text === undefined) return undefined
  const tag = (name: string) => tagIn(headerOf(text, name))
  return `${headerOf(text, 'Call-ID')};to-tag=${tag('To')};from-tag=${tag('From')}`
}

async function outcomes(machine: RunningMachine): Promise<(string | null)[]> {
  const rows = await machine.list<{ outcome: string | null }>('calls', 'list')
  return rows.map(({ outcome }) => outcome)
}

describeWith(['linphonec'], 'an app', () => {
  it('registers with the account that it fetches by the link of a QR code', async () => {
    await using machine = await startMachine()
    await machine.line('home', { trunk: '127.0.0.0/8' })
    await machine.post('/phones', { name: 'kitchen' })
    const { host: server, port } = machine.sip
    const made = await machine.api('/phones/kitchen/app-link', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ server, port }),
    })
    const { url } = (await made.json()) as { url: string }
    await using _app = await startLinphone({ port: await freePort(machine.sip.host), accountUrl: url })
    const device = await eventually(async () => {
      const [phone] = await machine.list<{ devices: { userAgent: string }[] }>('phones', 'list')
      return phone?.devices[0]
    }, 20_000)
    expect(device.userAgent).toMatch(/^Linphone/i)
  })
})
