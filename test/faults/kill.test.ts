import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { eventually, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openCaller, readNumberedFrames, type ScriptedCall } from '../helpers/scripted-caller.ts'
import { readUlaw } from '../helpers/wav-frames.ts'

/**
 * SIGKILL at any moment: what was said is a message after the next start, and nothing else is.
 */
interface Row {
  readonly id: string
  readonly callId: string
  readonly callerNumber: string
  readonly receivedAt: string
  readonly durationMs: number
  readonly cutOff: boolean
  readonly state: string
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function machineWithLine(): Promise<RunningMachine> {
  const data = mkdtempSync(join(tmpdir(), 'answerphone-kill-'))
  folders.push(data)
  const machine = await startMachine({ data })
  await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
  return machine
}

async function kill(machine: RunningMachine): Promise<void> {
  machine.process.child.kill('SIGKILL')
  await machine.process.ended
}

async function liveCalls(machine: RunningMachine): Promise<readonly unknown[]> {
  const { live } = (await (await machine.api('/calls?limit=1')).json()) as { live: unknown[] }
  return live
}

/** Greets, beeps, and then records: a call is in its message after this long. */
const GREETED_MS = 4200

/** Every WAV file below DIR/recordings. */
function recordings(data: string): string[] {
  return readdirSync(join(data, 'recordings'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.wav'),
  )
}

async function audioOf(machine: RunningMachine, id: string): Promise<Buffer> {
  const answer = await machine.api(`/messages/${id}/audio`)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

describe('kill -9', () => {
  it('in the middle of 20 messages loses none of them, and at most half a second of each', async () => {
    const before = await machineWithLine()
    await using caller = await openCaller(before.sip)
    const calls: ScriptedCall[] = []
    for (let i = 0; i < 20; i++) calls.push(await caller.call('quick', { number: `+4930555${100 + i}` }))
    expect(new Set(await Promise.all(calls.map(({ final }) => final)))).toEqual(new Set([200]))
    for (const call of calls) call.talk()
    await Promise.all(calls.map((call) => before.recording(call)))
    await sleep(3200)
    const sent = calls.map(({ framesSent }) => framesSent)
    const killedAt = Date.now()
    await kill(before)
    for (const call of calls) call.stopTalking()

    await using after = await startMachine({ data: before.data })
    const rows = await after.list<Row>('messages', 'list')
    expect(rows.map(({ callerNumber }) => callerNumber).sort()).toEqual(
      calls.map((_, i) => `+4930555${100 + i}`).sort(),
    )
    for (const row of rows) {
      expect(row).toMatchObject({ cutOff: true, state: 'new' })
      expect(killedAt - Date.parse(row.receivedAt)).toBeGreaterThan(2000)
      expect(killedAt - Date.parse(row.receivedAt)).toBeLessThan(5000)
      const frames = readNumberedFrames(readUlaw(await audioOf(after, row.id)))
      const last = frames.at(-1) ?? 0
      const call = Number(row.callerNumber.slice(-3)) - 100
      // Not one frame is missing between the first and the last, and the last is at most 0.5 s (25 frames) old.
      expect(frames).toEqual(frames.map((_, i) => (frames[0] ?? 0) + i))
      expect((sent[call] ?? 0) - 1 - last).toBeLessThanOrEqual(25)
      expect(Math.abs(row.durationMs - frames.length * 20)).toBeLessThanOrEqual(20)
    }
    const boxes = await after.list<{ name: string; newMessages: number }>('mailboxes', 'list')
    expect(boxes.find(({ name }) => name === 'quick')?.newMessages).toBe(20)
    const past = await after.list<{ outcome: string }>('calls', 'list')
    expect(past.map(({ outcome }) => outcome)).toEqual(Array(20).fill('message'))
    expect(recordings(after.data)).toHaveLength(20)
  })

  const PHASES: readonly {
    phase: string
    line: string
    waitMs: number
    hangUp?: boolean
    messages: 0 | 1
  }[] = [
    { phase: 'ringing', line: 'home', waitMs: 300, messages: 0 },
    { phase: 'the greeting', line: 'quick', waitMs: 1500, messages: 0 },
    { phase: 'the beep', line: 'quick', waitMs: 3500, messages: 0 },
    { phase: 'a message', line: 'quick', waitMs: GREETED_MS + 2000, messages: 1 },
    { phase: 'being saved', line: 'quick', waitMs: GREETED_MS + 2000, hangUp: true, messages: 1 },
  ]
  for (const { phase, line, waitMs, hangUp, messages } of PHASES) {
    it.concurrent(`in ${phase} leaves no orphan, no row without audio, no phantom`, async () => {
      const before = await machineWithLine()
      await using caller = await openCaller(before.sip)
      const call = await caller.call(line, { number: '+493012' })
      if (line === 'quick') await call.final
      // Five machines start at once: it may be a while until this one has seen the call.
      else await eventually(async () => (await liveCalls(before)).length === 1)
      call.talk()
      await sleep(waitMs)
      if (hangUp) call.bye().catch(() => undefined)
      if (hangUp) await sleep(2)
      await kill(before)
      call.stopTalking()

      for (let start = 0; start < 2; start++) {
        await using after = await startMachine({ data: before.data })
        const rows = await after.list<Row>('messages', 'list')
        expect(rows).toHaveLength(messages)
        expect(recordings(after.data)).toHaveLength(messages)
        for (const { id } of rows) expect((await audioOf(after, id)).length).toBeGreaterThan(16_000)
        const [past] = await after.list<{ outcome: string }>('calls', 'list')
        expect(past?.outcome).toBe(messages === 1 ? 'message' : 'interrupted')
      }
    })
  }
})
