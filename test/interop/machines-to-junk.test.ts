import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { judgeTake } from '../../src/mailbox/judge-take.ts'
import { muLaw } from '../../src/media/codec/g711.ts'
import { synthesize, type Tone } from '../../src/media/tones.ts'
import { readWav } from '../../src/media/wav/read-wav.ts'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { hearTake, joinSounds, mixSounds, silenceOf } from '../helpers/hear-take.ts'
import { startHookReceiver } from '../helpers/hook-receiver.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, run, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'
import { scriptedPhone } from '../helpers/scripted-phone.ts'
import { bodyOf } from '../helpers/sip-text.ts'
import { openWire, statusOf } from '../helpers/sip-wire.ts'
import { sippCall } from '../helpers/sipp.ts'
import { speak } from '../helpers/speech.ts'

/** Fax machines, robots, a line that nobody is at any more, and people: who of them lights the lamp. */

interface Row {
  readonly id: string
  readonly callerNumber: string | null
  readonly state: string
  readonly junkReason: string | null
}

const tone = (frequencies: readonly number[], durationMs: number, cadence?: readonly number[]): Int16Array =>
  synthesize({ frequencies, durationMs, ...(cadence && { cadence }) } satisfies Tone)
const FAX = tone([1100], 60_000, [500, 3000])

/** The µ-law payload of the n-th packet of a sound, and silence after it. */
function packets(pcm: Int16Array): (index: number) => Buffer {
  const ulaw = new Uint8Array(pcm.length)
  muLaw.encode(pcm, ulaw)
  const still = Buffer.alloc(160, 0xff)
  return (index) => {
    const frame = Buffer.from(ulaw.subarray(index * 160, index * 160 + 160))
    return frame.length === 160 ? frame : still
  }
}

/** As SIPp plays it. */
function fileOf(pcm: Int16Array): string {
  const file = join(mkdtempSync(join(tmpdir(), 'sound-')), 'sound.ulaw')
  const ulaw = new Uint8Array(pcm.length)
  muLaw.encode(pcm, ulaw)
  writeFileSync(file, ulaw)
  return file
}

async function said(text: string, voice = 'rms', stretch = 1): Promise<Int16Array> {
  const folder = mkdtempSync(join(tmpdir(), 'voice-'))
  const [raw, wav] = [join(folder, 'raw.wav'), join(folder, 'said.wav')]
  await run('flite', ['-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', raw])
  await run('sox', [raw, '-r', '8000', '-c', '1', '-b', '16', wav, 'norm', '-6'])
  return readWav(readFileSync(wav)).samples
}

/** A greeting that takes half a second: how long it is has nothing to do with it. */
async function greetBriefly(machine: RunningMachine): Promise<void> {
  const headers = { 'content-type': 'audio/wav' }
  const body = writeWav(new Int16Array(4000), 8000)
  await machine.api('/greetings?name=brief', { method: 'POST', headers, body })
  await machine.cli('mailboxes', 'set', 'home', '--greeting', 'brief', '--mail-to', 'ruth@example.org')
}

const ROBOT =
  'Hello, this is an important message about the warranty of your car. It has ended. Press one now to speak to somebody, or press two to be removed from our list.'
const HUMAN =
  'Hello this is Alice. I am calling about the garden party tomorrow at seven. Please call me back.'

describeWith(['sipp', 'flite', 'sox'], 'callers', () => {
  it('machines go to junk, and no lamp, mail or webhook tells of them; a person lights it, over a fax tone, too', async () => {
    await using hooks = await startHookReceiver()
    await using machine = await startMachine()
    await machine.line('home', { ringSeconds: 0 })
    await greetBriefly(machine)
    await machine.post('/targets', {
      ...{ kind: 'webhook', name: 'hall', url: `${hooks.url}/hook` },
      events: ['message-new'],
    })
    await machine.post('/phones', { name: 'kitchen', password: 'one-of-eight' })
    const wire = await openWire({ to: machine.sip })
    await using phone = await scriptedPhone({
      ...{ wire, clock: systemClock, random: systemRandom },
      ...{ user: 'kitchen', password: 'one-of-eight', domain: '127.0.0.1' },
    })
    await eventually(async () => statusOf(await phone.register()) === 200)
    const lamp = phone.subscribe('sip:kitchen@127.0.0.1', 'message-summary')
    expect(statusOf(await lamp.final)).toBe(200)
    const shown = () => /Messages-Waiting: (\w+)/.exec(bodyOf(lamp.notifies.at(-1) ?? ''))?.[1]
    await eventually(async () => shown() === 'no')
    const toldBefore = lamp.notifies.length

    const robot = await said(ROBOT)
    const pause = silenceOf(700)
    await using caller = await openCaller(machine.sip)
    const leave = async (number: string, pcm: Int16Array, ms: number) => {
      const call = await caller.call('home', { number, frame: packets(pcm) })
      expect(await call.final).toBe(200)
      call.talk()
      await machine.recording(call)
      await sleep(ms)
      await call.bye()
    }
    const spoken = await speak(HUMAN)
    // By SIPp, as a fax machine would: it waits for nobody.
    const bySipp = async () => {
      const fax = await sippCall({
        ...{ to: machine.sip, user: 'home', scenario: 'caller-spoken' },
        spoken: { ...spoken, ulaw: fileOf(FAX) },
        pauses: { '"4000"': '"100"', '"8000"': '"14000"' },
      })
      expect(await fax.ended, fax.output()).toBe(0)
    }
    await Promise.all([
      bySipp(),
      leave('+491', tone([425], 60_000, [480, 480]), 7000),
      leave('+492', tone([480, 620], 60_000, [500, 500]), 7000),
      leave('+493', silenceOf(1000), 7000),
      leave(
        '+494',
        joinSounds(robot, pause, robot, pause, robot, pause, robot),
        2 * (robot.length / 8) + 4000,
      ),
    ])
    const junk = async () => machine.list<Row>('messages', 'list', '--state', 'junk')
    const rows = await eventually(async () => {
      const found = await junk()
      return found.length >= 5 && found
    }, 10_000)
    expect(rows.map(({ callerNumber, junkReason }) => `${callerNumber} ${junkReason}`).sort()).toEqual([
      '+491 tones',
      '+492 tones',
      '+493 silence',
      '+494 recorded',
      expect.stringMatching(/ fax$/),
    ])
    expect(await machine.cli('messages', 'list', '--state', 'junk')).toMatch(/junk, recorded/)
    expect(await machine.list('messages', 'list')).toEqual([])
    expect(await machine.list('mail', 'list')).toEqual([])
    expect(hooks.received).toEqual([])
    // What is the same is perhaps said again; nothing else ever is.
    expect(lamp.notifies.slice(toldBefore - 1).map((notify) => bodyOf(notify))).toEqual(
      lamp.notifies.slice(toldBefore - 1).map(() => bodyOf(lamp.notifies[toldBefore - 1] ?? '')),
    )

    // People: one by SIPp, one who speaks a second while the fax next to her goes on.
    const human = await sippCall({
      ...{ to: machine.sip, user: 'home', scenario: 'caller-spoken', spoken },
      pauses: { '"4000"': '"1500"' },
    })
    expect(await human.ended, human.output()).toBe(0)
    const word = joinSounds(silenceOf(4000), (await said('No no, this is Ruth.')).subarray(0, 8000))
    await leave('+495', mixSounds(FAX, word), 9000)
    await eventually(async () => (await machine.list('messages', 'list')).length === 2, 10_000)
    await eventually(async () => shown() === 'yes' && hooks.received.length === 2, 10_000)
    expect(await machine.list('mail', 'list')).toHaveLength(2)
    expect(await junk()).toHaveLength(5)

    // What was taken for a machine and is none comes back by one word, and lights the lamp.
    await machine.cli(
      'messages',
      'not-junk',
      rows.find(({ callerNumber }) => callerNumber === '+494')?.id ?? '',
    )
    const back = await machine.list<Row>('messages', 'list')
    expect(back.map(({ state, junkReason }) => [state, junkReason])).toEqual(
      [0, 1, 2].map(() => ['new', null]),
    )
  }, 120_000)

  it('no voice of flite is taken for a machine, alone, hurried, slow, far, or saying it twice', async () => {
    const judge = (pcm: Int16Array, noise = 0) =>
      judgeTake(hearTake(pcm, { noise }), { shortestMs: 1000, machinesToJunk: true })
    const softly = (pcm: Int16Array) => pcm.map((sample) => sample * 0.08)
    // `kal` an octave higher is what a child sounds like on the telephone.
    for (const voice of ['kal', 'awb', 'rms', 'slt']) {
      const plain = await said(ROBOT, voice)
      const slower = await said(ROBOT, voice, 1.03)
      const hurried = await said(HUMAN, voice, 0.6)
      const child = hurried.filter((_, i) => i % 2 === 0)
      const word = await said('Yes.', voice)
      for (const pcm of [
        plain,
        slower,
        hurried,
        child,
        softly(plain),
        joinSounds(plain, silenceOf(400), slower),
      ]) {
        expect(judge(pcm), voice).toBe('message')
        expect(judge(pcm, 80), voice).toBe('message')
      }
      expect(judge(joinSounds(silenceOf(3000), word, silenceOf(3000))), voice).toBe('message')
    }
  })
})
