import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type NewTarget, webhookBody } from '../../src/api/contract.ts'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { startHookReceiver } from '../helpers/hook-receiver.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, run, start } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'

/** A greeting that takes half a second: what is told here has nothing to do with it. */
async function greetBriefly(machine: RunningMachine): Promise<void> {
  const body = writeWav(new Int16Array(4000), 8000)
  const headers = { 'content-type': 'audio/wav' }
  await machine.api('/greetings?name=brief', { method: 'POST', headers, body })
  const change = { method: 'PATCH', headers: { 'content-type': 'application/json' } }
  await machine.api('/mailboxes/home', { ...change, body: JSON.stringify({ greeting: 'brief' }) })
}

async function addTarget(machine: RunningMachine, target: object): Promise<NewTarget> {
  const headers = { 'content-type': 'application/json' }
  const answer = await machine.api('/targets', { method: 'POST', headers, body: JSON.stringify(target) })
  expect(answer.status).toBe(201)
  return (await answer.json()) as NewTarget
}

it('a webhook is told all, in order, by a server that fails twice and a machine that is killed', async () => {
  const data = mkdtempSync(join(tmpdir(), 'answerphone-telling-'))
  await using receiver = await startHookReceiver()
  receiver.answer = (count) => (count < 2 ? 500 : 204)
  const first = await startMachine({ data })
  await first.line('home', { ringSeconds: 0 })
  await greetBriefly(first)
  const { secret } = await addTarget(first, { kind: 'webhook', name: 'hall', url: `${receiver.url}/hook` })
  // The example checks signatures without a line of ours; it hears all that the other does.
  await using example = start(process.execPath, ['examples/receive-webhooks.ts', '0'], {
    env: { ...process.env, WEBHOOK_SECRET: secret ?? '' },
  })
  const [, port] = await example.until(/listening on (\d+)/)
  const url = `http://127.0.0.1:${port}/`
  await addTarget(first, { kind: 'webhook', name: 'example', url, secret })

  const caller = await openCaller(first.sip)
  const call = await caller.call('home', { number: '+4930555' })
  call.talk()
  await first.recording({ number: '+4930555' })
  await eventually(async () => receiver.received.length === 2, 10_000)
  await new Promise((later) => setTimeout(later, 1500))
  first.process.child.kill('SIGKILL')
  await first.process.ended
  await caller[Symbol.asyncDispose]()

  await using second = await startMachine({ data })
  await eventually(async () => receiver.received.length >= 5, 15_000)
  await example.until(/call-ended/)
  const tries = receiver.received.map(({ headers, body, status }) => {
    const told = webhookBody.parse(JSON.parse(body))
    expect(told.id).toBe(headers['webhook-id'])
    return { status, type: told.type, id: told.id, data: told.data, body }
  })
  expect(tries.map(({ status }) => status)).toEqual([500, 500, 204, 204, 204])
  expect(tries.map(({ type }) => type)).toEqual([
    ...['call-arrived', 'call-arrived', 'call-arrived'],
    ...['message-new', 'call-ended'],
  ])
  // The same event, byte for byte, at each try; every other has an id of its own.
  expect(new Set(tries.slice(0, 3).map(({ body }) => body)).size).toBe(1)
  expect(new Set(tries.map(({ id }) => id)).size).toBe(3)
  expect(tries[3]?.data).toMatchObject({ message: { callerNumber: '+4930555', cutOff: true, state: 'new' } })
  expect(tries[4]?.data).toMatchObject({ call: { outcome: 'message' } })
  expect(example.output()).toMatch(/call-arrived \+4930555\nmessage-new \+4930555\ncall-ended \+4930555\n/)
  expect(await (await second.api('/deliveries')).json()).toEqual([])
  await second.process.stop()
  rmSync(data, { recursive: true })
}, 60_000)

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

describeWith(['mosquitto', 'mosquitto_sub'], 'MQTT, by mosquitto', () => {
  it('Home Assistant finds the machine, sees what it does, and switches it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'answerphone-mqtt-'))
    const port = await freePort()
    const place = ['-h', '127.0.0.1', '-p', `${port}`]
    const config = join(folder, 'mosquitto.conf')
    writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`)
    await using broker = start('mosquitto', ['-c', config, '-v'])
    await broker.until(/running/)
    await using machine = await startMachine()
    await machine.line('home', { ringSeconds: 2 })
    await greetBriefly(machine)
    await using ear = start('mosquitto_sub', [
      ...place,
      '-v',
      '-q',
      '1',
      '-t',
      'answerphone/#',
      '-t',
      'homeassistant/#',
    ])
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ url: `mqtt://127.0.0.1:${port}` })
    expect((await machine.api('/mqtt', { method: 'PATCH', headers, body })).status).toBe(200)
    await ear.until(/answerphone\/status online/)
    const found = [...ear.output().matchAll(/^homeassistant\/(\w+)\/answerphone\/(\w+)\/config (.*)$/gm)]
    expect(
      found.map(([, component, id]) => `${component} ${id}`.replace(/mailbox_\w+/, 'mailbox')).toSorted(),
    ).toEqual([
      ...['binary_sensor lamp', 'binary_sensor recording', 'binary_sensor ringing', 'sensor last_caller'],
      ...['sensor mailbox', 'switch dnd', 'switch machine'],
    ])
    for (const [, , id, json = ''] of found) {
      const described = JSON.parse(json)
      expect(described, id).toMatchObject({
        availability_topic: 'answerphone/status',
        device: { name: 'Answerphone' },
      })
      expect(ear.output()).toContain(`\n${described.state_topic} `)
    }

    await using caller = await openCaller(machine.sip)
    const call = await caller.call('home', { number: '+4930777' })
    call.talk()
    for (const line of ['ringing ON', 'last_caller +4930777', 'ringing OFF', 'recording ON'])
      await ear.until(new RegExp(`answerphone/${line.replace('+', '\\+')}`))
    await new Promise((later) => setTimeout(later, 1200))
    await call.bye()
    for (const line of ['lamp ON', 'mailboxes/home 1', 'recording OFF'])
      await ear.until(new RegExp(`answerphone/${line}`))

    const say = (topic: string, payload: string, ...more: string[]) =>
      run('mosquitto_pub', [...place, '-q', '1', '-t', `answerphone/${topic}`, '-m', payload, ...more])
    await say('dnd/set', 'ON')
    await ear.until(/answerphone\/dnd ON/)
    await say('machine/set', 'OFF')
    await ear.until(/answerphone\/machine OFF/)
    expect(await (await machine.api('/switches')).json()).toMatchObject({
      machineOn: false,
      doNotDisturb: true,
    })
    const rung = await caller.call('home', { number: '+4930778' })
    await new Promise((later) => setTimeout(later, 2500))
    expect(rung.responses.map(({ status }) => status)).not.toContain(200)
    await rung.cancel()
    await say('machine/set', 'ON')
    await ear.until(/answerphone\/machine OFF[\s\S]*answerphone\/machine ON/)

    // Nobody says farewell: the broker does, and whoever asks it later hears the same.
    machine.process.child.kill('SIGKILL')
    await ear.until(/answerphone\/status offline/)
    const held = await run('mosquitto_sub', [...place, '-v', '-t', 'answerphone/#', '-W', '1']).catch(
      ({ stdout }: { stdout: string }) => stdout,
    )
    expect(held).toContain('answerphone/status offline')
    expect(held).toContain('answerphone/mailboxes/home 1')
    rmSync(folder, { recursive: true })
  }, 60_000)
})
