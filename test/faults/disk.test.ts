import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeWith, isRoot } from '../helpers/peers.ts'
import { eventually, run, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openCaller, readNumberedFrames, type ScriptedCall } from '../helpers/scripted-caller.ts'
import { readUlaw } from '../helpers/wav-frames.ts'

/** A full disk: what was said is kept, the reserve goes on recording, then the caller is told; it heals by itself. */

/** A file system of our own, so small that a test can fill it. */
async function smallDisk(
  megabytes: number,
): Promise<{ path: string; fill(leaveBytes?: number): void; free(): void } & AsyncDisposable> {
  const path = mkdtempSync(join(tmpdir(), 'answerphone-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path])
  const ballast = join(path, 'ballast')
  return {
    path,
    fill(leaveBytes = 0) {
      const { bavail, bsize } = statfsSync(path)
      try {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes), 1))
      } catch {
        // The machine was faster: it is full all the same.
      }
    },
    free: () => rmSync(ballast, { force: true }),
    async [Symbol.asyncDispose]() {
      await run('umount', ['-l', path])
      rmSync(path, { recursive: true, force: true })
    },
  }
}

interface Row {
  readonly id: string
  readonly durationMs: number
  readonly callerNumber: string
  readonly cutOff: boolean
}

async function leaveMessage(machine: RunningMachine, call: ScriptedCall, ms: number): Promise<void> {
  expect(await call.final).toBe(200)
  call.talk()
  await machine.recording(call)
  await sleep(ms)
  await call.bye()
}

async function readiness(machine: RunningMachine): Promise<{ status: number; codes: string[] }> {
  const answer = await fetch(`${machine.http}/readyz`)
  const { problems } = (await answer.json()) as { problems: { code: string }[] }
  return { status: answer.status, codes: problems.map(({ code }) => code) }
}

describeWith(isRoot ? ['mount', 'umount'] : ['root'], 'a full disk', () => {
  it.concurrent('records on in the reserve, says so, and heals by itself', async () => {
    await using disk = await smallDisk(24)
    await using machine = await startMachine({ data: disk.path, flags: ['--journal-size', '4'] })
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    await using caller = await openCaller(machine.sip)

    // A message that begins with room and ends without.
    const first = await caller.call('quick', { number: '+491' })
    await first.final
    first.talk()
    await machine.recording(first)
    await sleep(1000)
    disk.fill()
    await sleep(2000)
    await first.bye()
    // One that is left entirely into the reserve.
    await leaveMessage(machine, await caller.call('quick', { number: '+492' }), 3000)

    const full = await eventually(async () => {
      const now = await readiness(machine)
      return now.status === 503 && now
    })
    expect(full.codes).toEqual(['AP_DISK_FULL'])
    const listed = await eventually(async () => {
      const rows = await machine.list<Row>('messages', 'list')
      return rows.length === 2 && rows
    })
    for (const { durationMs } of listed) expect(durationMs).toBeGreaterThan(2800)

    disk.free()
    expect(
      (
        await eventually(async () => {
          const now = await readiness(machine)
          return now.status === 200 && now
        }, 20_000)
      ).codes,
    ).toEqual([])
    for (const row of await machine.list<Row>('messages', 'list')) {
      expect(row.cutOff).toBe(false)
      const audio = await eventually(async () => {
        const answer = await machine.api(`/messages/${row.id}/audio`)
        return answer.status === 200 && Buffer.from(await answer.arrayBuffer())
      }, 20_000)
      const frames = readNumberedFrames(readUlaw(audio))
      expect(frames).toEqual(frames.map((_, i) => (frames[0] ?? 0) + i))
      expect(Math.abs(frames.length * 20 - row.durationMs)).toBeLessThanOrEqual(20)
    }
  })

  it.concurrent('ends a call at once though not one row can be written, and writes them later', async () => {
    await using disk = await smallDisk(24)
    await using machine = await startMachine({ data: disk.path, flags: ['--journal-size', '4'] })
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    await using caller = await openCaller(machine.sip)
    const call = await caller.call('quick', { number: '+491' })
    await call.final
    call.talk()
    await machine.recording(call)
    // As if others' messages had used the database's own reserve up.
    rmSync(join(disk.path, 'reserve'))
    disk.fill()
    await sleep(2500)
    await call.bye()
    const calls = async () => (await (await machine.api('/calls')).json()) as { live: []; past: Row[] }
    await eventually(async () => (await calls()).live.length === 0, 1000)
    expect((await calls()).past).toEqual([])
    expect(await machine.list('messages', 'list')).toEqual([])

    disk.free()
    await eventually(async () => (await machine.list('messages', 'list')).length === 1, 20_000)
    expect(await calls()).toMatchObject({ live: [], past: [{ outcome: 'message' }] })
  })

  it.concurrent('makes room of junk and of the trash before anybody is refused', async () => {
    await using disk = await smallDisk(24)
    await using machine = await startMachine({ data: disk.path, flags: ['--journal-size', '4'] })
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    await using caller = await openCaller(machine.sip)
    for (const number of ['+491', '+492', '+493'])
      await leaveMessage(machine, await caller.call('quick', { number }), 2000)
    const messages = await eventually(async () => {
      const rows = await machine.list<Row>('messages', 'list')
      return rows.length === 3 && rows
    })
    const idOf = (number: string) => messages.find(({ callerNumber }) => callerNumber === number)?.id ?? ''
    await machine.cli('messages', 'junk', idOf('+491'))
    await machine.cli('messages', 'remove', idOf('+492'))
    disk.fill()
    // The reserve has to be used for the machine to notice: the journal makes no new segment.
    const call = await caller.call('quick', { number: '+494' })
    await leaveMessage(machine, call, 3000)
    const gone = async (number: string) => (await machine.api(`/messages/${idOf(number)}`)).status === 404
    await eventually(() => gone('+491'), 30_000)
    await eventually(() => gone('+492'), 30_000)
    expect(await gone('+493')).toBe(false)
    const listed = await machine.list<Row>('messages', 'list')
    expect(listed.map(({ callerNumber }) => callerNumber).toSorted()).toEqual(['+493', '+494'])
    expect(await machine.cli('audit', 'list')).toContain('the disk was full')
  }, 120_000)

  it.concurrent('tells the caller when the reserve is used up, and never lists an empty message', async () => {
    await using disk = await smallDisk(64)
    await using machine = await startMachine({ data: disk.path, flags: ['--journal-size', '4'] })
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    disk.fill()
    await using caller = await openCaller(machine.sip)
    // 4 MB hold some 500 s of one caller: forty talk at once until nothing more goes in.
    const calls = await Promise.all(
      Array.from({ length: 40 }, (_, i) => caller.call('quick', { number: `+49${100 + i}` })),
    )
    await Promise.all(calls.map(({ final }) => final))
    for (const call of calls) call.talk()
    // The machine hangs up on them after telling them so.
    await Promise.all(calls.map(({ hungUp }) => hungUp))
    const status = await readiness(machine)
    expect(status.codes).toContain('AP_JOURNAL_FULL')

    // A new caller is told instead of greeted: hung up on, and nothing listed.
    const late = await caller.call('quick', { number: '+49999' })
    await late.final
    late.talk()
    await late.hungUp
    disk.free()
    const rows = await eventually(async () => {
      const all = await machine.list<Row>('messages', 'list')
      return all.length === 40 && all
    }, 30_000)
    expect(rows.map(({ callerNumber }) => callerNumber)).not.toContain('+49999')
    for (const { durationMs, cutOff } of rows) {
      expect(durationMs).toBeGreaterThan(1000)
      expect(cutOff).toBe(true)
    }
    const healed = await eventually(async () => {
      const now = await readiness(machine)
      if (now.status !== 200) throw new Error(now.codes.join())
      return now
    }, 20_000)
    expect(healed.codes).toEqual([])
  }, 180_000)
})
