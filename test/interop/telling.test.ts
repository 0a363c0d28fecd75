import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type NewTarget, webhookBody } from '../../src/api/contract.ts'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { startHookReceiver } from '../helpers/hook-receiver.ts'
import { eventually, start } from '../helpers/processes.ts'
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
