import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMutator } from '../helpers/mutator.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { offerFor, openProber, type SipProber, writeRequest } from '../helpers/sip-prober.ts'
import { headerOf, statusOf } from '../helpers/sip-wire.ts'

/**
 * 100,000 damaged messages against the running machine: none may stop it, none may stay in its memory.
 *
 * Damaged addresses could name any host. Nothing leaves for them: the machine's sockets are bound to 127.0.0.1, from
 * where the kernel lets nothing go but to the loopback.
 */
const SEED = 20_260_105
const BATCHES = 940
const OVER_UDP_PER_BATCH = 100
/** A minute for all: twice what the longest transaction lasts, so that the second half shows a steady state. */
const BATCH_MS = 68
const OVER_TCP = 6000

const rfcFolder = new URL('../../../shared/torture/rfc4475/', import.meta.url)
const folders = [new URL('../torture/', import.meta.url), rfcFolder].filter((folder) => existsSync(folder))
const torture = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(sip|dat)$/.test(name))
    .map((name) => readFileSync(new URL(name, folder)))
    // Half a megabyte of header bombs a second says more of the test's speed than of the machine.
    .filter(({ length }) => length < 4000),
)

let machine: RunningMachine
let prober: SipProber
const ear = createSocket('udp4')
let openAtStart: OpenFiles

beforeAll(async () => {
  // V8 keeps what it once took. With a small heap it tidies up early, and resident memory says what is really held.
  const env = { NODE_OPTIONS: '--max-old-space-size=256 --max-semi-space-size=4' }
  machine = await startMachine({ flags: ['--log-level', 'warn'], env })
  await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
  await new Promise<void>((bound) => ear.bind(0, '127.0.0.1', bound))
  prober = await openProber({ to: machine.sip })
  openAtStart = openFiles()
})

afterAll(async () => {
  ear.close()
  await prober?.[Symbol.asyncDispose]()
  await machine?.[Symbol.asyncDispose]()
})

const processFile = (name: string) => `/proc/${machine.process.child.pid}/${name}`

interface OpenFiles {
  /** But those of the API: our own connections, kept for the next question. */
  readonly sockets: number
  /** SQLite keeps one that it may not close yet for its next connection: checkpoint-behind.test.ts. */
  readonly database: number
  /** All else. */
  readonly others: number
}

function openFiles(): OpenFiles {
  const targets = readdirSync(processFile('fd')).map((fd) => readlinkSync(processFile(`fd/${fd}`)))
  const ours = apiSockets()
  const sockets = targets.filter((target) => target.startsWith('socket:') && !ours.has(target)).length
  const database = targets.filter((target) => target.endsWith('/answerphone.db')).length
  const others = targets.filter((target) => !/^socket:|\/answerphone\.db$/.test(target)).length
  return { sockets, database, others }
}

/** Of the columns of /proc/net/tcp (proc_net(5)) the second is the local address, the tenth the inode. */
function apiSockets(): Set<string> {
  const port = Number(new URL(machine.http).port)
  const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1)
  return new Set(
    rows
      .map((row) => row.trim().split(/\s+/))
      .filter(([, local = '']) => Number.parseInt(local.split(':')[1] ?? '', 16) === port)
      .map((columns) => `socket:[${columns[9]}]`),
  )
}
const residentMb = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(processFile('status'), 'utf8'))?.[1]) / 1024

async function metric(name: string): Promise<number> {
  const text = await machine.metrics()
  return Number(new RegExp(`^answerphone_${name} (\\d+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
}

/** Ends the calls that damaged messages began and nobody ends. */
async function hangUpAll(): Promise<void> {
  const { live } = (await (await machine.api('/calls?limit=1')).json()) as { live: { id: string }[] }
  await Promise.all(live.map(({ id }) => machine.api(`/calls/${id}/hang-up`, { method: 'POST' })))
}

/** Waits until nothing is left: the longest transaction lasts 64·T1 = 32 s, and a port drains after it. */
async function settle(): Promise<void> {
  await hangUpAll()
  await eventually(async () => {
    const left = [await metric('live_calls'), await metric('sip_dialogs'), await metric('sip_transactions')]
    return left.every((count) => count === 0)
  }, 90_000)
}

/** A call that begins and ends as it should, with `during` in the middle; the status of its INVITE. */
async function oneCall(callId: string, during: (toTag: string) => void): Promise<number> {
  const { wire } = prober
  const body = offerFor(wire, ear.address().port)
  prober.send(writeRequest(wire, 'INVITE', { user: 'quick', callId, body }))
  const answer = await prober.next((text) => headerOf(text, 'Call-ID') === callId && statusOf(text) >= 200)
  const toTag = /tag=([^;>\s]+)/.exec(headerOf(answer, 'To') ?? '')?.[1] ?? ''
  prober.send(writeRequest(wire, 'ACK', { user: 'quick', callId, toTag }))
  during(toTag)
  // The highest CSeq there is: a damaged one may have gone far ahead.
  prober.send(writeRequest(wire, 'BYE', { user: 'quick', callId, toTag, cseq: 4_294_967_295 }))
  return statusOf(answer)
}

/** What may come in a call, undamaged. */
function inDialog(callId: string, toTag: string): Buffer[] {
  const { wire } = prober
  const body = offerFor(wire, ear.address().port)
  const write = (method: string, cseq: number, more: { headers?: readonly string[]; body?: string } = {}) =>
    Buffer.from(writeRequest(wire, method, { user: 'quick', callId, toTag, cseq, ...more }))
  const timer = ['Session-Expires: 1800;refresher=uac', 'Supported: timer, 100rel', 'Min-SE: 90']
  return [
    write('ACK', 1),
    write('PRACK', 2, { headers: ['RAck: 1 1 INVITE'] }),
    write('UPDATE', 3, { headers: timer, body }),
    write('INVITE', 4, { headers: timer, body }),
    write('INVITE', 5, { body: `${body}a=sendonly\r\n` }),
    write('ACK', 4),
    write('INFO', 6, {
      headers: ['Content-Type: application/dtmf-relay'],
      body: 'Signal=1\r\nDuration=160\r\n',
    }),
    write('OPTIONS', 7),
    write('CANCEL', 1),
    write('BYE', 8),
  ]
}

it('lives through damaged messages over UDP, and keeps nothing of them', async () => {
  const mutator = createMutator(SEED, torture)
  const memory: number[] = []
  const began = performance.now()
  for (let batch = 0; batch < BATCHES; batch++) {
    await sleep(Math.max(0, began + batch * BATCH_MS - performance.now()))
    const callId = `m-${batch}`
    const status = await oneCall(callId, (toTag) => {
      const usual = inDialog(callId, toTag)
      for (let sent = 0; sent < OVER_UDP_PER_BATCH; ) {
        const kind = mutator.below(10)
        if (kind < 2) sent += sendCalling(`${callId}-${sent}`)
        else {
          prober.send(mutator.mutate(mutator.pick(kind < 6 ? usual : torture)))
          sent++
        }
      }
    })
    expect([200, 503]).toContain(status)
    expect(await prober.ping(), `batch ${batch}`).toBe(200)
    prober.forget()
    if (batch % 20 === 19) await hangUpAll()
    if (batch % 94 === 93) memory.push(Math.round(residentMb()))
  }
  console.info(
    `${BATCHES * OVER_UDP_PER_BATCH} over UDP in ${Math.round((performance.now() - began) / 1000)} s, RSS ${memory.join(' ')} MB`,
  )
  // From the 33rd second on as many transactions end as begin: what grows now grows for ever.
  expect(Math.max(...memory.slice(7))).toBeLessThan(Math.max(...memory.slice(5, 7)) + 40)
  expect(Math.max(...memory)).toBeLessThan(600)

  /** A damaged INVITE, with a CANCEL and an ACK of the same damage. */
  function sendCalling(callId: string): number {
    const { wire } = prober
    const body = offerFor(wire, ear.address().port)
    const headers = mutator.below(2) ? ['Require: 100rel'] : []
    const invite = mutator.mutate(
      Buffer.from(writeRequest(wire, 'INVITE', { user: 'home', callId, headers, body })),
    )
    prober.send(invite)
    for (const method of ['CANCEL', 'ACK']) {
      prober.send(Buffer.from(invite.toString('latin1').replaceAll('INVITE', method), 'latin1'))
    }
    return 3
  }
}, 300_000)

it('lives through damaged messages over TCP', async () => {
  const mutator = createMutator(SEED + 1, torture)
  for (let sent = 0; sent < OVER_TCP; sent += 10) {
    await using stream = await openProber({ to: machine.sip, transport: 'tcp' })
    const usual = [...inDialog(`t-${sent}`, 'none'), ...torture]
    for (let i = 0; i < 10; i++) stream.send(mutator.mutate(mutator.pick(usual)))
    // Ours is closed only when the machine has read, and closed its side where the framing was lost.
    await Promise.race([stream.wire.closed, sleep(20)])
    if (sent % 300 === 0) expect(await prober.ping()).toBe(200)
  }
  expect(await prober.ping()).toBe(200)
}, 120_000)

describeWith(['zzuf'], 'zzuf', () => {
  it('finds nothing that stops the machine either', async () => {
    const usual = [...inDialog('zzuf', 'none'), ...torture]
    const all = Buffer.concat(usual)
    for (let seed = 0; seed < 40; seed++) {
      const { stdout } = spawnSync('zzuf', ['-s', String(seed), '-r', '0.001:0.02'], {
        input: all,
        maxBuffer: 8 << 20,
      })
      expect(stdout).toHaveLength(all.length)
      let at = 0
      for (const { length } of usual) {
        prober.send(stdout.subarray(at, at + length))
        at += length
      }
      expect(await prober.ping()).toBe(200)
    }
  })
})

it('has no call, dialog, transaction or socket left in the end', async () => {
  await settle()
  const { sockets, database, others } = openAtStart
  await eventually(async () => {
    const open = openFiles()
    if (open.sockets <= sockets && open.others <= others && open.database <= database + 1) return true
    throw new Error(`${JSON.stringify(open)} are open, ${JSON.stringify(openAtStart)} were at the start`)
  }, 60_000)
  expect(machine.process.output()).not.toMatch(/"level":(50|60)/)
  expect(machine.process.child.exitCode).toBeNull()
}, 180_000)
