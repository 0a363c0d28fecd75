import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { NumberList } from '../../src/api/contract.ts'
import {
  breaksOff,
  fails,
  floods,
  hangs,
  redirects,
  serves,
  showsLogin,
  startListServer,
} from '../helpers/list-server.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'
import { sippCall } from '../helpers/sipp.ts'
import { speak } from '../helpers/speech.ts'

/** The real program; servers of lists are scripted (list-server.ts), callers are SIPp. */

const LISTED = '+4930555123'
const OTHER = '+4930555124'

const refresh = async (machine: RunningMachine, name: string) =>
  (await (await machine.api(`/number-lists/${name}/refresh`, { method: 'POST' })).json()) as NumberList

async function fromServer(machine: RunningMachine, name: string, url: string): Promise<void> {
  await machine.post('/number-lists', { kind: 'url', name, url })
}

describeWith.concurrent(['sipp', 'flite', 'sox'], 'block lists', () => {
  it('send whoever is on one to junk without a lamp, and nobody else, over a restart too', async () => {
    const data = mkdtempSync(join(tmpdir(), 'answerphone-lists-'))
    await using server = await startListServer()
    server.acts['/list'] = serves(`# unwanted\n${LISTED}\n`)
    const spoken = await speak('good morning')
    const leave = async (machine: RunningMachine, number: string) => {
      await using caller = await sippCall({
        to: machine.sip,
        user: 'home',
        scenario: 'caller-spoken',
        spoken,
        pauses: { 'sip:alice@': `sip:${number}@`, '"4000"': '"6000"', '"8000"': '"2500"' },
      })
      expect(await caller.ended, caller.output()).toBe(0)
    }
    const states = async (machine: RunningMachine) => {
      const of = async (state: string) =>
        (await machine.list('messages', 'list', '--state', state)).map(
          ({ callerNumber }) => `${state} ${callerNumber}`,
        )
      return [...(await of('new')), ...(await of('junk'))]
    }
    {
      await using machine = await startMachine({ data })
      await machine.line('home', { ringSeconds: 1 })
      expect(await machine.cli('rules', 'add', '--ready-made', 'listed-to-junk')).toContain('block list')
      expect(await machine.cli('block-lists', 'add', 'club', '--url', `${server.url}/list`)).toContain(
        'club: 1 numbers.',
      )
      expect(await machine.cli('block-lists', 'check', LISTED)).toContain('is on club')
      await leave(machine, LISTED)
      await eventually(async () => (await states(machine)).length === 1)
      await leave(machine, OTHER)
      await eventually(async () => (await states(machine)).length === 2)
      expect(await states(machine)).toEqual([`new ${OTHER}`, `junk ${LISTED}`])
      const [mailbox] = await machine.list('mailboxes', 'list')
      expect(mailbox).toMatchObject({ newMessages: 1 })
      const [first] = await machine.list('calls', 'list')
      expect(first).toMatchObject({ callerNumber: OTHER, rule: null })
      expect(await machine.metrics()).toContain('answerphone_block_list_numbers{list="club"} 1\n')
    }
    // The server is gone, and the list is known all the same.
    server.acts['/list'] = fails(503)
    await using machine = await startMachine({ data })
    expect(await refresh(machine, 'club')).toMatchObject({
      ...{ count: 1, problem: { code: 'AP_LIST_NOT_ANSWERED' } },
    })
    await leave(machine, LISTED)
    await eventually(async () => (await states(machine)).length === 3)
    expect(await states(machine)).toEqual([`new ${OTHER}`, `junk ${LISTED}`, `junk ${LISTED}`])

    // The owner would rather not hear of them at all.
    await machine.cli('rules', 'set', 'Numbers on block lists go to junk', '--refuse', 'unobtainable')
    await using caller = await openCaller(machine.sip)
    await eventually(async () => {
      const call = await caller.call('home', { number: LISTED })
      const status = await call.final
      if (status === 200) await call.bye()
      return status === 404
    })
    await machine.process.stop()
    rmSync(data, { recursive: true })
  }, 120_000)

  it('stay as they were, whatever comes in their place', async () => {
    await using server = await startListServer()
    await using machine = await startMachine()
    server.acts['/slow'] = hangs
    await fromServer(machine, 'slow', `${server.url}/slow`)
    const slow = refresh(machine, 'slow')
    server.acts['/list'] = serves(`${LISTED}\n${OTHER}\n`, '"one"')
    await fromServer(machine, 'club', `${server.url}/list`)
    expect(await refresh(machine, 'club')).toMatchObject({ count: 2, problem: null })
    expect((await refresh(machine, 'club')).problem).toBeNull()
    expect(server.asked.at(-1)?.headers).toMatchObject({ 'if-none-match': '"one"' })
    const wrongs = [
      [fails(500), 'AP_LIST_NOT_ANSWERED'],
      [fails(401), 'AP_LIST_LOGIN_REFUSED'],
      [showsLogin, 'AP_LIST_NO_NUMBERS'],
      [serves('\n', '"empty"'), 'AP_LIST_NO_NUMBERS'],
      [breaksOff, 'AP_LIST_UNREACHABLE'],
      [floods, 'AP_LIST_TOO_LARGE'],
      [redirects('/list'), 'AP_LIST_UNREACHABLE'],
      [redirects(`${machine.http}/metrics`), 'AP_LIST_NOT_CALLED'],
      [redirects('http://169.254.169.254/latest'), 'AP_LIST_NOT_CALLED'],
    ] as const
    for (const [act, code] of wrongs) {
      server.acts['/list'] = act
      expect(await refresh(machine, 'club')).toMatchObject({ count: 2, problem: { code } })
    }
    server.acts['/list'] = redirects('/moved')
    server.acts['/moved'] = serves(`${LISTED}\n`, '"two"')
    expect(await refresh(machine, 'club')).toMatchObject({ count: 1, problem: null })
    expect(await slow).toMatchObject({ problem: { code: 'AP_LIST_TOO_SLOW' } })
    expect((await machine.api('/calls')).status).toBe(200)
  }, 90_000)

  it('come from PhoneBlock as it wishes: all at first, what has changed the next time, with the token', async () => {
    await using server = await startListServer()
    await using machine = await startMachine()
    const body = { numbers: [{ phone: LISTED, votes: 20, rating: 'G_FRAUD' }], version: 7 }
    server.acts['/api/blocklist'] = (_, response) => void response.writeHead(200).end(JSON.stringify(body))
    await machine.post('/number-lists', {
      ...{ kind: 'phoneblock', name: 'pb', url: `${server.url}/api`, token: 'pbt_secret' },
    })
    expect(await refresh(machine, 'pb')).toMatchObject({ count: 1, problem: null })
    expect(server.asked.map(({ path }) => path)).toEqual([
      ...['/api/blocklist?format=json', '/api/blacklist', '/api/whitelist'],
    ])
    expect(server.asked[0]?.headers).toMatchObject({
      authorization: 'Bearer pbt_secret',
      'user-agent': expect.stringMatching(/^Answerphone\//),
    })
    const before = server.asked.length
    await refresh(machine, 'pb')
    expect(server.asked).toHaveLength(before)
    expect(await (await machine.api('/number-lists')).text()).not.toContain('pbt_secret')
  }, 60_000)
})
