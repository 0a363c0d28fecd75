import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/shared/clock.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { startBaresipLamp } from '../helpers/baresip-lamp.ts'
import { type DialogWatcher, dialogWatcher } from '../helpers/dialog-watcher.ts'
import { openJsSipPhone } from '../helpers/jssip-phone.ts'
import { openNamespace } from '../helpers/network-namespace.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'
import { type ScriptedPhone, scriptedPhone } from '../helpers/scripted-phone.ts'
import { bodyOf } from '../helpers/sip-text.ts'
import { headerOf, openWire, statusOf } from '../helpers/sip-wire.ts'
import { freePort, sippCall } from '../helpers/sipp.ts'

/** The lamps of phones on real sockets, against the program as it runs: right through register, restart, delete. */
const PASSWORD = 'one-of-eight'
const HOST = '127.0.0.1'
const VOICE = join(import.meta.dirname, '../../assets/prompts/test-caller.wav')
const NAME = 'Müller & Söhne'

async function openPhone(machine: RunningMachine, name: string): Promise<ScriptedPhone> {
  const wire = await openWire({ to: machine.sip })
  const clock = systemClock
  return scriptedPhone({ wire, clock, random: systemRandom, user: name, password: PASSWORD, domain: HOST })
}

/** `new/heard` of the newest summary, and whether anything waits. */
function lampOf(notifies: readonly string[]): string {
  const body = bodyOf(notifies.at(-1) ?? '')
  const counts = /^Voice-Message: (\d+\/\d+) \(0\/0\)\r$/m.exec(body)?.[1]
  return `${/^Messages-Waiting: (\w+)\r$/m.exec(body)?.[1]} ${counts}`
}

function keyOf(notifies: readonly string[]): DialogWatcher {
  const watcher = dialogWatcher()
  for (const notify of notifies) watcher.take(Buffer.from(bodyOf(notify), 'latin1').toString())
  return watcher
}

const statesOf = (notifies: readonly string[]) => keyOf(notifies).dialogs.map(({ state }) => state)
const stateOf = (notifies: readonly string[]) =>
  headerOf(notifies.at(-1) ?? '', 'Subscription-State')?.replace(/\d+$/, 'n')

/** What is shown once something has had the time to come about. */
async function shows(what: () => unknown, expected: unknown, timeoutMs = 5000): Promise<void> {
  const wanted = JSON.stringify(expected)
  await eventually(async () => JSON.stringify(what()) === wanted, timeoutMs).catch(() => {})
  expect(what()).toEqual(expected)
}

async function leaveMessage(
  machine: RunningMachine,
  number: string,
  during = async () => {},
): Promise<string> {
  await using caller = await openCaller(machine.sip)
  const call = await caller.call('home', { number, name: Buffer.from(NAME).toString('latin1') })
  expect(await call.final).toBe(200)
  call.talk()
  await eventually(async () => (await phaseOf(machine)) === 'recording')
  await during()
  await eventually(async () => call.framesSent > 300)
  await call.bye()
  return eventually(async () => {
    const { messages } = (await (await machine.api('/messages')).json()) as {
      messages: { id: string; callerNumber: string }[]
    }
    return messages.find(({ callerNumber }) => callerNumber === number)?.id
  })
}

async function phaseOf(machine: RunningMachine): Promise<string | undefined> {
  const { live } = (await (await machine.api('/calls')).json()) as { live: { phase: string }[] }
  return live[0]?.phase
}

describe('a phone that subscribes', () => {
  let machine: RunningMachine
  let phone: ScriptedPhone

  beforeAll(async () => {
    machine = await startMachine()
    await machine.line('home', { trunk: '127.0.0.0/8', ringSeconds: 1 })
    await machine.post('/phones', { name: 'kitchen', password: PASSWORD })
    phone = await openPhone(machine, 'kitchen')
    await eventually(async () => statusOf(await phone.register()) === 200)
  })
  afterAll(async () => {
    await phone?.[Symbol.asyncDispose]()
    await machine?.[Symbol.asyncDispose]()
  })

  it('was told unasked when it registered (RFC 3842)', async () => {
    await shows(() => lampOf(phone.notifies), 'no 0/0')
    expect(headerOf(phone.notifies[0] ?? '', 'Event')).toBe('message-summary')
  })

  it('sees a call ring, be recorded and end, and the message heard, deleted and restored', async () => {
    const key = phone.subscribe(`sip:home@${HOST}`, 'dialog')
    const lamp = phone.subscribe(`sip:kitchen@${HOST}`, 'message-summary')
    expect(statusOf(await key.final)).toBe(200)
    expect(statusOf(await lamp.final)).toBe(200)
    await shows(() => lampOf(lamp.notifies), 'no 0/0')
    await shows(() => statesOf(key.notifies), [])

    const seen: string[][] = []
    const message = await leaveMessage(machine, '+4930111', async () => {
      seen.push(keyOf(key.notifies).dialogs.map(({ state }) => state))
      await shows(() => statesOf(key.notifies), ['confirmed'])
    })
    const [dialog] = keyOf(key.notifies.slice(0, -1)).dialogs
    expect(dialog).toMatchObject({
      direction: 'recipient',
      remoteUri: `sip:+4930111@${HOST}`,
      remoteName: NAME,
      remoteTarget: `sip:*8home@${HOST}`,
    })
    expect(key.notifies.slice(0, 2).map((notify) => />(early|terminated)</.exec(notify)?.[1])).toEqual([
      'terminated',
      'early',
    ])
    await shows(() => statesOf(key.notifies), [])
    await shows(() => lampOf(lamp.notifies), 'yes 1/0')

    await machine.cli('messages', 'heard', message)
    await shows(() => lampOf(lamp.notifies), 'no 0/1')
    expect((await machine.api(`/messages/${message}`, { method: 'DELETE' })).status).toBe(204)
    await shows(() => lampOf(lamp.notifies), 'no 0/0')
    await machine.cli('messages', 'restore', message)
    await shows(() => lampOf(lamp.notifies), 'no 0/1')
    await machine.cli('messages', 'new', message)
    await shows(() => lampOf(lamp.notifies), 'yes 1/0')

    const before = lamp.notifies.length
    expect(statusOf(await lamp.refresh(600))).toBe(200)
    await shows(() => lamp.notifies.length, before + 1)
    expect(lampOf(lamp.notifies)).toBe('yes 1/0')
    expect(statusOf(await key.refresh(0))).toBe(200)
    await shows(() => stateOf(key.notifies), 'terminated;reason=timeout')
  })

  it('sees nothing that is not its own, and hears no difference to what is not there', async () => {
    await machine.cli('lines', 'add', 'office', '--trunk', '127.0.0.0/8')
    const key = phone.subscribe(`sip:home@${HOST}`, 'dialog')
    expect(statusOf(await key.final)).toBe(200)
    const answers = []
    for (const user of ['office', 'nobody'])
      answers.push(await phone.subscribe(`sip:${user}@${HOST}`, 'dialog').final)
    expect(answers.map(statusOf)).toEqual([404, 404])

    // What it may watch goes by the phone as it is now.
    await machine.cli('phones', 'set', 'kitchen', '--mailbox', 'office')
    await shows(() => stateOf(key.notifies), 'terminated;reason=noresource')
    await eventually(
      async () => statusOf(await phone.subscribe(`sip:office@${HOST}`, 'dialog').final) === 200,
    )
  })
})

// From here on each has a machine of its own and mostly waits: for a message to be left, for a phone to register again.

describeWith.concurrent(['sipp'], 'SIPp', () => {
  it('has a key that shows a call (RFC 4235)', async () => {
    await using machine = await startMachine()
    await machine.line('home', { trunk: '127.0.0.0/8', ringSeconds: 1 })
    await machine.post('/phones', { name: 'kitchen', password: PASSWORD })
    const credentials = { user: 'kitchen', password: PASSWORD }
    await using key = await sippCall({ to: machine.sip, user: 'home', scenario: 'watch-calls', credentials })
    await eventually(async () => /^answerphone_sip_dialogs 1$/m.test(await machine.metrics()), 20_000)
    await leaveMessage(machine, '+4930333')
    expect(await key.ended, key.output()).toBe(0)
  })
})

/** The newest summary of a watch, in short. */
const shownBy = (bodies: readonly string[]) =>
  /^Messages-Waiting: (\w+)\r\n[\s\S]*^Voice-Message: (\d+\/\d+) /m
    .exec(bodies.at(-1) ?? '')
    ?.slice(1)
    .join(' ')

function dialogsBy(bodies: readonly string[]): string[] {
  const watcher = dialogWatcher()
  for (const body of bodies) watcher.take(body)
  return watcher.dialogs.map(({ state }) => state)
}

it.concurrent('JsSIP sees lamp and key right through register, call, delete and restart (RFC 3842, RFC 4235)', async () => {
  const data = mkdtempSync(join(tmpdir(), 'answerphone-'))
  const port = await freePort(HOST)
  const flags = ['--sip', `${HOST}:${port}`]
  try {
    const first = await startMachine({ data, flags })
    await first.line('home', { trunk: '127.0.0.0/8', ringSeconds: 1 })
    await first.post('/phones', { name: 'kitchen', password: PASSWORD })
    await sleep(600)
    await using phone = openJsSipPhone({ to: { host: HOST, port }, user: 'kitchen', password: PASSWORD })
    const key = phone.watch('home', 'dialog')
    const lamp = phone.watch('kitchen', 'message-summary')
    await shows(() => shownBy(lamp.bodies), 'no 0/0', 10_000)
    await shows(() => dialogsBy(key.bodies), [])
    const switchKey = phone.watch('*60', 'dialog')
    await eventually(async () => switchKey.bodies.length > 0)
    expect(dialogsBy(switchKey.bodies)).toEqual([])
    await first.cli('off')
    await shows(() => dialogsBy(switchKey.bodies), ['confirmed'])
    await first.cli('on')
    await shows(() => dialogsBy(switchKey.bodies), [])
    const message = await leaveMessage({ ...first, sip: { host: HOST, port } }, '+4930444', () =>
      shows(() => dialogsBy(key.bodies), ['confirmed']),
    )
    expect(key.bodies.some((body) => body.includes('>early<'))).toBe(true)
    await shows(() => dialogsBy(key.bodies), [])
    await shows(() => shownBy(lamp.bodies), 'yes 1/0')

    await first.process.stop()
    const { registered } = phone
    await using second = await startMachine({ data, flags })
    await eventually(async () => phone.registered > registered && key.begun > 1, 30_000)
    await shows(() => shownBy(lamp.bodies), 'yes 1/0')
    await shows(() => dialogsBy(key.bodies), [])
    await leaveMessage({ ...second, sip: { host: HOST, port } }, '+4930555', () =>
      shows(() => dialogsBy(key.bodies), ['confirmed']),
    )
    await shows(() => shownBy(lamp.bodies), 'yes 2/0')
    await second.cli('messages', 'trash', message)
    await shows(() => shownBy(lamp.bodies), 'yes 1/0')
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
})

/** Leaves a message by the CLI's caller, from within the machine's own network. */
const callFromWithin = (machine: RunningMachine) => machine.cli('call', 'home', '--file', VOICE)

describeWith.concurrent(['baresip', 'ip'], 'baresip', () => {
  it('has its message lamp right through register, delete and restart (RFC 3842)', async () => {
    await using namespace = await openNamespace('ap-lamps')
    const data = mkdtempSync(join(tmpdir(), 'answerphone-'))
    const options = {
      data,
      netns: namespace.name,
      host: namespace.address(1),
      flags: ['--sip', `${namespace.address(1)}:5060`],
    }
    try {
      const first = await startMachine(options)
      await first.line('home', { trunk: namespace.address(1), ringSeconds: 1 })
      await first.cli('phones', 'add', 'kitchen', '--password', PASSWORD)
      await sleep(600)
      await using lamp = await startBaresipLamp({
        namespace,
        address: namespace.address(2),
        server: namespace.address(1),
        user: 'kitchen',
        password: PASSWORD,
      })
      await shows(() => lamp.shown, 'no 0/0', 10_000)
      await callFromWithin(first)
      await shows(() => lamp.shown, 'yes 1/0')
      const [message] = await first.list<{ id: string }>('messages', 'list')
      await first.cli('messages', 'heard', message?.id ?? '')
      await shows(() => lamp.shown, 'no 0/1')
      await first.cli('messages', 'new', message?.id ?? '')
      await shows(() => lamp.shown, 'yes 1/0')

      await first.process.stop()
      const told = lamp.told
      await using second = await startMachine(options)
      await eventually(async () => lamp.told > told, 60_000)
      expect(lamp.shown).toBe('yes 1/0')
      await second.cli('messages', 'trash', message?.id ?? '')
      await shows(() => lamp.shown, 'no 0/0')
    } finally {
      rmSync(data, { recursive: true, force: true })
    }
  })
})

it.concurrent.each(['SIGTERM', 'SIGKILL'] as const)(
  'lamps are right again after %s and a new start',
  async (signal) => {
    const data = mkdtempSync(join(tmpdir(), 'answerphone-'))
    // The phone does not look for us elsewhere.
    const flags = ['--sip', `${HOST}:${await freePort(HOST)}`]
    try {
      const first = await startMachine({ data, flags })
      await first.line('home', { trunk: '127.0.0.0/8', ringSeconds: 1 })
      await first.post('/phones', { name: 'kitchen', password: PASSWORD })
      const port = Number(flags[1]?.split(':')[1])
      await using phone = await openPhone({ ...first, sip: { host: HOST, port } }, 'kitchen')
      await eventually(async () => statusOf(await phone.register()) === 200)
      const key = phone.subscribe(`sip:home@${HOST}`, 'dialog')
      expect(statusOf(await key.final)).toBe(200)
      const message = await leaveMessage(first, '+4930222')
      await shows(() => lampOf(phone.notifies.filter((notify) => !key.notifies.includes(notify))), 'yes 1/0')

      await first.process.stop(signal)
      if (signal === 'SIGTERM') await shows(() => stateOf(key.notifies), 'terminated;reason=deactivated')
      const unasked = () => phone.notifies.filter((notify) => !key.notifies.includes(notify))
      const before = unasked().length
      await using second = await startMachine({ data, flags })
      await shows(() => unasked().length, before + 1)
      expect(lampOf(unasked())).toBe('yes 1/0')

      expect(statusOf(await key.refresh(600))).toBe(481)
      const anew = phone.subscribe(`sip:home@${HOST}`, 'dialog')
      expect(statusOf(await anew.final)).toBe(200)
      await shows(() => statesOf(anew.notifies), [])
      await second.cli('messages', 'trash', message)
      await shows(() => lampOf(unasked()), 'no 0/0')
    } finally {
      rmSync(data, { recursive: true, force: true })
    }
  },
)
