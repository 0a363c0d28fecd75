import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep, start } from '../helpers/processes.ts'
import { BIN, startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'

describe.concurrent('SIGTERM', () => {
  it.concurrent('while the machine still starts closes it in good order, and exits 0', async () => {
    const data = mkdtempSync(join(tmpdir(), 'answerphone-start-'))
    const flags = ['--data', data, '--sip', '127.0.0.1:0', '--http', '127.0.0.1:0']
    await using machine = start(process.execPath, [BIN, 'serve', ...flags])
    await eventually(async () => existsSync(join(data, 'claim')))
    machine.child.kill('SIGTERM')
    expect(await machine.ended).toBe(0)
    expect(existsSync(join(data, 'running.json'))).toBe(false)
    rmSync(data, { recursive: true })
  })

  it.concurrent('ends a machine whose log nobody can read any more: its terminal is closed, or its disk full', async () => {
    await using machine = await startMachine({ wrapper: ['sh', '-c', 'exec "$0" "$@" 2>/dev/full'] })
    machine.process.child.kill('SIGTERM')
    expect(await machine.process.ended).toBe(0)
    expect(existsSync(join(machine.data, 'running.json'))).toBe(false)
  })

  it.concurrent('refuses new calls, lets the message be finished, and exits 0', async () => {
    await using machine = await startMachine()
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    await using caller = await openCaller(machine.sip)
    const call = await caller.call('quick')
    await call.final
    call.talk()
    await machine.recording(call)
    await sleep(1000)
    machine.process.child.kill('SIGTERM')
    await sleep(300)
    expect(await (await caller.call('quick')).final).toBe(503)
    await sleep(1500)
    expect(machine.process.child.exitCode).toBe(null)
    await call.bye()
    expect(await machine.process.ended).toBe(0)
    const rows = await machine.list<{ durationMs: number; cutOff: boolean }>('messages', 'list')
    expect(rows).toMatchObject([{ cutOff: false }])
    expect(rows[0]?.durationMs).toBeGreaterThan(2000)
  })

  it.concurrent('a second time hangs up with BYE, keeps the message, and exits 0', async () => {
    await using machine = await startMachine()
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    await using caller = await openCaller(machine.sip)
    const call = await caller.call('quick')
    await call.final
    call.talk()
    await machine.recording(call)
    await sleep(2500)
    machine.process.child.kill('SIGTERM')
    await sleep(300)
    machine.process.child.kill('SIGTERM')
    const began = performance.now()
    await call.hungUp
    expect(await machine.process.ended).toBe(0)
    expect(performance.now() - began).toBeLessThan(4000)
    expect(await machine.list('messages', 'list')).toHaveLength(1)
  })
})

describe.concurrent('a database that another program holds locked', () => {
  it.concurrent('is said to the owner, holds up no call, and loses no row', async () => {
    await using machine = await startMachine()
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    await using caller = await openCaller(machine.sip)
    const other = new Sqlite(join(machine.data, 'answerphone.db'))
    other.exec('BEGIN IMMEDIATE')
    const call = await caller.call('quick')
    expect(await call.final).toBe(200)
    call.talk()
    await machine.recording(call)
    await sleep(2000)
    await call.bye()
    const problems = await eventually(async () => {
      const answer = await fetch(`${machine.http}/readyz`)
      return answer.status === 503 && ((await answer.json()) as { problems: { code: string }[] }).problems
    })
    expect(problems.map(({ code }) => code)).toEqual(['AP_STORE_LOCKED'])
    other.exec('ROLLBACK')
    other.close()
    await eventually(async () => (await machine.list('messages', 'list')).length === 1)
    await eventually(async () => (await fetch(`${machine.http}/readyz`)).status === 200)
  })
})

describeWith(['faketime'], 'a clock that jumps in the middle of a call', () => {
  it.concurrent('shortens and lengthens nothing', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'clock-')), 'offset')
    const jumpTo = (seconds: string) => writeFileSync(file, `${seconds}\n`)
    jumpTo('+0')
    await using machine = await startMachine({
      env: {
        LD_PRELOAD: '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
        FAKETIME_TIMESTAMP_FILE: file,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
    })
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 2 })
    await using caller = await openCaller(machine.sip)
    const began = performance.now()
    const call = await caller.call('quick')
    await sleep(500)
    jumpTo('-3600')
    expect(await call.final).toBe(200)
    expect(performance.now() - began).toBeGreaterThan(1950)
    expect(performance.now() - began).toBeLessThan(3500)
    call.talk()
    await machine.recording(call)
    await sleep(1000)
    jumpTo('+7200')
    await sleep(2000)
    await call.bye()
    const [row] = await eventually(async () => {
      const rows = await machine.list<{ durationMs: number }>('messages', 'list')
      return rows.length === 1 && rows
    })
    expect(row?.durationMs).toBeGreaterThan(2000)
    expect(row?.durationMs).toBeLessThan(4000)
  })
})
