import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run, sleep, start } from '../helpers/processes.ts'
import { BIN, startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'

/** What is started by an older Node runs as a child of it, under the Node that `npm install` brought. */

const OLDER_NODE = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })",
)}`
const BY_OLDER_NODE = ['sh', '-c', 'node=$1; shift; exec "$node" --import "$0" "$@"', OLDER_NODE]

describe('a machine that an older Node has started', () => {
  it('does not outlive who started it: killed, that ends it as SIGTERM does', async () => {
    await using machine = await startMachine({ wrapper: BY_OLDER_NODE })
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    await using caller = await openCaller(machine.sip)
    const call = await caller.call('quick')
    await call.final
    call.talk()
    await machine.recording(call)
    await sleep(2500)
    machine.process.child.kill('SIGKILL')
    await sleep(500)
    expect(await (await caller.call('quick')).final).toBe(503)
    await call.bye()
    // Its output ends with the last process that has it.
    await machine.process.ended
    expect(existsSync(join(machine.data, 'running.json'))).toBe(false)
    expect(await machine.list('messages', 'list')).toMatchObject([{ cutOff: false }])
  })

  it.each(['SIGINT', 'SIGHUP'] as const)('ends in good order by %s', async (signal) => {
    await using machine = await startMachine({ wrapper: BY_OLDER_NODE })
    machine.process.child.kill(signal)
    expect(await machine.process.ended).toBe(0)
    expect(existsSync(join(machine.data, 'running.json'))).toBe(false)
  })

  it('reads what it is given on its input, and ends by itself', async () => {
    const data = mkdtempSync(join(tmpdir(), 'answerphone-input-'))
    const [program = '', ...rest] = [...BY_OLDER_NODE, process.execPath, BIN]
    await using adding = start(program, [...rest, 'users', 'add', 'ada', '--data', data, '--password-stdin'])
    adding.child.stdin?.end('a secret of some length\n')
    expect(await adding.ended, adding.output()).toBe(0)
    expect(await run(process.execPath, [BIN, 'users', 'list', '--data', data])).toMatch(/\bada\b/)
    rmSync(data, { recursive: true })
  })
})
