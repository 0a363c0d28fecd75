import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startBaresip } from '../helpers/baresip.ts'
import { startBaresipLamp } from '../helpers/baresip-lamp.ts'
import { openNamespace } from '../helpers/network-namespace.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { sippCall } from '../helpers/sipp.ts'
import { POCKETSPHINX, type Spoken, speak, speakAt, transcribe, wordsHeard } from '../helpers/speech.ts'

/**
 * Real callers before gates: by the keys of a real phone (RFC 4733) and of SIPp, and by voice. A recogniser understands what was kept, and
 * what both sides hear.
 */
const EARS = ['flite', 'sox', 'pocketsphinx_continuous', '/usr/lib/python3/dist-packages/pocketsphinx']
const PASSWORD = 'horse-battery'
const CALLER_SAYS = 'I am calling about the garden party tomorrow at seven.'
const CALLER_WORDS = ['calling', 'about', 'garden', 'party', 'tomorrow', 'seven']
const OWNER_SAYS = 'Good morning. Please bring seven bottles of water on Friday.'
const OWNER_WORDS = ['good', 'morning', 'please', 'bring', 'seven', 'bottles', 'water', 'friday']
const NAME = 'Michael Miller from the hospital'
const NAME_WORDS = ['michael', 'miller', 'hospital']

interface CallRow {
  readonly id: string
  readonly callerName: string | null
  readonly outcome: string | null
  readonly gate: {
    kind: string
    went: string | null
    name: { durationMs: number; words: string | null } | null
  } | null
}
interface MessageRow {
  readonly id: string
  readonly state: string
}

/** A machine with a gate, the owner's phone, a lamp, and a caller whose phone says this once the call stands. */
async function openScene(name: string, gate: readonly string[], says: Spoken) {
  const stack = new AsyncDisposableStack()
  const namespace = stack.use(await openNamespace(name))
  const host = namespace.address(1)
  const flags = ['--phones-from', '10.99.0.0/24']
  const machine = stack.use(await startMachine({ netns: namespace.name, host, flags }))
  await machine.line('home', { trunk: namespace.address(2), ringSeconds: 4 })
  for (const phone of ['desk', 'hall']) await machine.cli('phones', 'add', phone, '--password', PASSWORD)
  await machine.cli('rules', 'add', 'Strangers', '--who', 'stranger', ...gate)
  const server = `${host}:${machine.sip.port}`
  const account = { user: 'desk', password: PASSWORD, server }
  const desk = stack.use(
    await startBaresip({
      ...{ namespace, account, address: namespace.address(3) },
      says: await speak(OWNER_SAYS, { leadSeconds: 0.5, padSeconds: 30 }),
    }),
  )
  const lamp = stack.use(
    await startBaresipLamp({
      ...{ namespace, server, user: 'hall', password: PASSWORD, address: namespace.address(4) },
    }),
  )
  await eventually(async () => lamp.shown === 'no 0/0')
  const caller = stack.use(await startBaresip({ namespace, address: namespace.address(2), says }))
  return {
    ...{ machine, desk, lamp, caller },
    async dial() {
      const established = caller.process.next(/Call established/i)
      await caller.command('dial', `sip:home@${server}`)
      await established
    },
    lastCall: async () => (await machine.list<CallRow>('calls', 'list'))[0],
    async words(...args: string[]) {
      const file = join(machine.data, `${args.join('-')}.wav`)
      await machine.cli(...args, '--out', file)
      return transcribe(file)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

describeWith.concurrent(['baresip', 'ip', ...EARS], 'a caller who has to press a key', () => {
  it('presses it, the phone rings, and both hear each other', { timeout: 120_000 }, async () => {
    const says = await speak(CALLER_SAYS, { padSeconds: 1, times: 20 })
    await using scene = await openScene('ap-gate-key', ['--gate', 'key', '--ring-seconds', '20'], says)
    const { desk, caller } = scene
    const rings = desk.incoming()
    await scene.dial()
    await sleep(2500)
    expect(desk.process.output()).not.toMatch(/incoming call/i)
    await caller.command('sndcode', '5')
    await rings
    await sleep(1500)
    const taken = desk.process.next(/call established/i)
    await desk.command('accept')
    await taken
    await sleep(9000)
    await caller.command('hangup')
    await eventually(async () => (await scene.lastCall())?.outcome === 'picked-up')
    expect((await scene.lastCall())?.gate).toEqual({ kind: 'key', went: 'passed', name: null })
    const heardByOwner = await transcribe(await desk.heard())
    const heardByCaller = await transcribe(await caller.heard())
    expect(wordsHeard(heardByOwner, CALLER_WORDS).length, heardByOwner).toBeGreaterThanOrEqual(3)
    expect(wordsHeard(heardByCaller, OWNER_WORDS).length, heardByCaller).toBeGreaterThanOrEqual(4)
  })

  it('presses wrong ones, and is found in junk: no phone rings, and the lamp stays dark', {
    timeout: 120_000,
  }, async () => {
    const says = await speak(CALLER_SAYS, { leadSeconds: 9, padSeconds: 60 })
    await using scene = await openScene('ap-gate-junk', ['--gate', 'key'], says)
    const { desk, lamp, caller, machine } = scene
    const told = lamp.told
    await scene.dial()
    await sleep(1000)
    for (const key of ['1', '2', '3']) await caller.command('sndcode', key)
    await sleep(14_000)
    await caller.command('hangup')
    await eventually(async () => (await scene.lastCall())?.outcome === 'message')
    expect((await scene.lastCall())?.gate).toMatchObject({ went: 'failed' })
    expect(await machine.list('messages', 'list')).toEqual([])
    const [message] = await machine.list<MessageRow>('messages', 'list', '--state', 'junk')
    const heard = await scene.words('messages', 'audio', message?.id ?? '')
    expect(wordsHeard(heard, CALLER_WORDS).length, heard).toBeGreaterThanOrEqual(4)
    const said = await transcribe(await caller.heard())
    const words = ['you', 'may', 'leave', 'message', 'beep', 'through']
    expect(wordsHeard(said, words).length, said).toBeGreaterThanOrEqual(2)
    expect(desk.process.output()).not.toMatch(/incoming call/i)
    expect([lamp.told, lamp.shown]).toEqual([told, 'no 0/0'])
  })
})

describeWith(['sipp', 'ip'], 'SIPp, which has to press a key', () => {
  it('is let past by a telephone-event (RFC 4733), by INFO, and by a tone in the sound', async () => {
    await using namespace = await openNamespace('ap-gate-sipp')
    const host = namespace.address(1)
    await using machine = await startMachine({ netns: namespace.name, host })
    await machine.line('home', { trunk: '10.99.0.0/24', ringSeconds: 20 })
    await machine.cli('rules', 'add', 'Strangers', '--who', 'stranger', '--gate', 'key')
    await using callers = new AsyncDisposableStack()
    const ways = [
      ['event', 2],
      ['info', 3],
      ['tone', 4],
    ] as const
    const calls = await Promise.all(
      ways.map(async ([press, number]) => {
        const from = namespace.address(number)
        const place = { to: { host, port: machine.sip.port }, user: 'home', netns: namespace.name, from }
        return callers.use(await sippCall({ ...place, scenario: 'caller-key', press }))
      }),
    )
    for (const call of calls) expect(await call.ended, call.output()).toBe(0)
    const rows = () => machine.list<CallRow>('calls', 'list')
    await eventually(async () => (await rows()).every(({ outcome }) => outcome !== null))
    const went = (await rows()).map(({ callerName, gate }) => [callerName, gate?.went])
    expect(Object.fromEntries(went)).toEqual({ event: 'passed', info: 'passed', tone: 'passed' })
  })
})

describeWith.concurrent(['baresip', 'ip', ...EARS], 'a caller who has to say a name', () => {
  it('says it, the phone rings, and name and message are kept', { timeout: 120_000 }, async () => {
    // The question and the beep; the name and a pause; four seconds of ringing; the greeting and the beep.
    const says = await speakAt([
      [5.6, NAME],
      [19, CALLER_SAYS],
    ])
    await using scene = await openScene('ap-gate-name', ['--gate', 'name'], says)
    const { desk, caller, machine, lamp } = scene
    // Nobody listens live: the name is heard from its recording.
    const writes = ['--live', 'off', '--rate', '8000', '--language', 'en', '--command', POCKETSPHINX]
    await machine.cli('transcription', 'set', ...writes)
    const rings = desk.incoming()
    await scene.dial()
    await rings
    await sleep(17_000)
    await caller.command('hangup')
    await eventually(async () => (await scene.lastCall())?.outcome === 'message')
    const call = await scene.lastCall()
    expect(call?.gate).toMatchObject({ kind: 'name', went: 'passed' })
    expect(call?.gate?.name?.durationMs).toBeGreaterThan(1500)
    expect(call?.gate?.name?.durationMs).toBeLessThan(6500)
    const name = await scene.words('calls', 'name', call?.id ?? '')
    expect(wordsHeard(name, NAME_WORDS).length, name).toBeGreaterThanOrEqual(2)
    const words = await eventually(async () => (await scene.lastCall())?.gate?.name?.words)
    expect(wordsHeard(words ?? '', NAME_WORDS).length, `${words}`).toBeGreaterThanOrEqual(2)
    const [message] = await machine.list<MessageRow>('messages', 'list')
    expect(message?.state).toBe('new')
    const heard = await scene.words('messages', 'audio', message?.id ?? '')
    expect(wordsHeard(heard, CALLER_WORDS).length, heard).toBeGreaterThanOrEqual(4)
    await eventually(async () => lamp.shown === 'yes 1/0')
  })

  it('talks on through the question and the beep, as a recorded call does, and is found in junk', {
    timeout: 120_000,
  }, async () => {
    const text = Array(8).fill(CALLER_SAYS.replace('.', ' and')).join(' ')
    const says = await speak(text, { padSeconds: 60 })
    await using scene = await openScene('ap-gate-robot', ['--gate', 'name'], says)
    const { desk, caller, machine, lamp } = scene
    await scene.dial()
    await sleep(34_000)
    await caller.command('hangup')
    await eventually(async () => (await scene.lastCall())?.outcome === 'message')
    expect((await scene.lastCall())?.gate).toEqual({ kind: 'name', went: 'failed', name: null })
    expect(await machine.list('messages', 'list')).toEqual([])
    expect(await machine.list('messages', 'list', '--state', 'junk')).toHaveLength(1)
    expect(desk.process.output()).not.toMatch(/incoming call/i)
    expect(lamp.shown).toBe('no 0/0')
  })
})
