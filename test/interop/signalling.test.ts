import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { startAnswerphone } from '../../src/main.ts'
import { synthesize } from '../../src/media/tones.ts'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { silentLog } from '../../src/shared/log.ts'
import { openCertificateShelf } from '../helpers/certificate-shelf.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, run, sleep } from '../helpers/processes.ts'
import { BIN, type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import type { ScriptedCall } from '../helpers/scripted-call.ts'
import { openCaller, readNumberedFrames } from '../helpers/scripted-caller.ts'
import { shareOfTone } from '../helpers/share-of-tone.ts'
import { headerOf, statusOf } from '../helpers/sip-wire.ts'
import { sippCall } from '../helpers/sipp.ts'
import { identityHeader, makeAuthority } from '../helpers/stir-authority.ts'
import { readUlaw } from '../helpers/wav-frames.ts'

/** What callers of all kinds do to a call, on real sockets, against the program as it runs. */

interface Row {
  readonly id: string
  readonly callerNumber: string
  readonly durationMs: number
}

const TONE_HZ = 700

let machine: RunningMachine

beforeAll(async () => {
  machine = await startMachine()
  await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
  await machine.line('slow', { trunk: '127.0.0.0/8', ringSeconds: 30 })
})

afterAll(() => machine?.[Symbol.asyncDispose]())

/** The message of a caller, once it is listed. */
function messageOf(from: string, on: RunningMachine = machine): Promise<Row> {
  return eventually(async () => {
    const { messages } = (await (await on.api('/messages?limit=200')).json()) as { messages: Row[] }
    return messages.find(({ callerNumber }) => callerNumber === from)
  }, 20_000)
}

async function framesOf({ id }: Row, on: RunningMachine = machine): Promise<number[]> {
  return readNumberedFrames(
    readUlaw(Buffer.from(await (await on.api(`/messages/${id}/audio`)).arrayBuffer())),
  )
}

const consecutive = (frames: readonly number[]) => frames.map((_, i) => (frames[0] ?? 0) + i)

/** Speaks for so long behind the greeting. */
async function speak(call: ScriptedCall, ms: number, on: RunningMachine = machine): Promise<void> {
  expect(await call.final).toBe(200)
  call.talk()
  await on.recording(call)
  await sleep(ms)
}

async function pastCall(from: string): Promise<{ outcome: string }> {
  const { past } = (await (await machine.api(`/calls?q=${from}`)).json()) as { past: { outcome: string }[] }
  if (!past[0]) throw new Error(`no call from ${from}`)
  return past[0]
}

describe.concurrent.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  it('a message is left, whole', async () => {
    const number = `+4930100${transport.length}${transport}`
    await using caller = await openCaller(machine.sip, { transport })
    const call = await caller.call('quick', { number })
    await speak(call, 2500)
    await call.bye()
    const row = await messageOf(number)
    const frames = await framesOf(row)
    expect(frames.length * 20).toBeGreaterThan(2000)
    expect(frames).toEqual(consecutive(frames))
  })

  it('CANCEL while it rings ends the call with 487 (RFC 3261 §9.2)', async () => {
    const number = `cancel-${transport}`
    await using caller = await openCaller(machine.sip, { transport })
    const call = await caller.call('slow', { number })
    await eventually(async () => call.responses.some(({ status }) => status === 180))
    await call.cancel()
    expect(await call.final).toBe(487)
    await eventually(async () => (await pastCall(number)).outcome === 'abandoned')
  })

  it('the owner’s hang-up reaches the caller as BYE', async () => {
    const number = `hung-up-${transport}`
    await using caller = await openCaller(machine.sip, { transport })
    const call = await caller.call('quick', { number })
    expect(await call.final).toBe(200)
    const { live } = (await (await machine.api('/calls')).json()) as {
      live: { id: string; callerNumber: string }[]
    }
    const mine = live.find(({ callerNumber }) => callerNumber === number)
    expect((await machine.api(`/calls/${mine?.id}/hang-up`, { method: 'POST' })).status).toBe(204)
    await call.hungUp
  })

  it('provisional responses are reliable where the caller requires it (RFC 3262)', async () => {
    await using caller = await openCaller(machine.sip, { transport })
    const call = await caller.call('slow', { headers: ['Require: 100rel'] })
    const ringing = await eventually(async () => call.responses.find(({ status }) => status === 180))
    expect(headerOf(ringing.text, 'Require')).toMatch(/100rel/)
    expect(Number(headerOf(ringing.text, 'RSeq'))).toBeGreaterThan(0)
    // Acknowledged: it does not come again.
    await sleep(1200)
    expect(call.responses.filter(({ status }) => status === 180)).toHaveLength(1)
    await call.cancel()
    expect(await call.final).toBe(487)
  })
})

it.concurrent('takes calls over IPv6', async () => {
  await using six = await startMachine({ host: '[::1]' })
  await six.line('home', { ringSeconds: 0 })
  for (const transport of ['udp', 'tcp'] as const) {
    await using caller = await openCaller(six.sip, { transport })
    const call = await caller.call('home', { number: `six-${transport}` })
    await speak(call, 2500, six)
    expect(call.remote?.host).toBe('::1')
    await call.bye()
    const frames = await framesOf(await messageOf(`six-${transport}`, six), six)
    expect(frames).toEqual(consecutive(frames))
  }
})

it.concurrent('agrees to the session timer that a FRITZ!Box offers, and takes its refreshes (RFC 4028)', async () => {
  await using caller = await openCaller(machine.sip)
  const timer = ['Session-Expires: 600;refresher=uac', 'Min-SE: 120', 'Supported: 100rel, replaces, timer']
  const call = await caller.call('quick', { headers: timer })
  expect(await call.final).toBe(200)
  const answer = call.responses.at(-1)?.text ?? ''
  expect(headerOf(answer, 'Session-Expires')?.replaceAll(' ', '')).toBe('600;refresher=uac')
  expect(headerOf(answer, 'Require')).toMatch(/timer/)
  call.talk()
  for (const method of ['UPDATE', 'INVITE']) {
    const body = method === 'INVITE' ? { body: call.describe() } : {}
    const refreshed = await call.request(method, { headers: timer, ...body })
    expect(statusOf(refreshed), refreshed).toBe(200)
    expect(headerOf(refreshed, 'Session-Expires')).toMatch(/^600/)
  }
  await call.bye()
})

it.concurrent('goes on with a message that is held and resumed (RFC 3264 §8.4)', async () => {
  await using caller = await openCaller(machine.sip)
  const call = await caller.call('quick', { number: 'holder' })
  await speak(call, 1500)
  const held = await call.request('INVITE', { body: call.describe('sendonly') })
  expect(statusOf(held)).toBe(200)
  expect(held).toMatch(/^a=recvonly/m)
  call.stopTalking()
  const before = call.framesSent
  await sleep(1000)
  const resumed = await call.request('INVITE', { body: call.describe('sendrecv') })
  expect(resumed).toMatch(/^a=sendrecv/m)
  call.talk()
  await sleep(1500)
  await call.bye()
  const frames = (await framesOf(await messageOf('holder'))).filter((frame) => frame >= 0)
  expect(frames).toEqual(consecutive(frames))
  expect(frames[0]).toBeLessThan(before)
  expect(frames.at(-1)).toBeGreaterThan(before)
})

it.concurrent('records what the caller said, and nothing of an injector at ten times the rate', async () => {
  await using caller = await openCaller(machine.sip)
  const call = await caller.call('quick', { number: 'victim' })
  expect(await call.final).toBe(200)
  const { remote } = call
  if (!remote) throw new Error('no RTP port')
  call.talk()
  const injector = createSocket('udp4')
  let sequence = 0
  const injecting = setInterval(() => {
    for (let i = 0; i < 5; i++) {
      const packet = Buffer.alloc(172, 0x55)
      packet.writeUInt16BE(0x8000, 0)
      packet.writeUInt16BE(sequence++ & 0xffff, 2)
      packet.writeUInt32BE(sequence * 160, 4)
      packet.writeUInt32BE(0xdead_beef, 8)
      injector.send(packet, remote.port, remote.host)
    }
  }, 10)
  await machine.recording(call)
  await sleep(3500)
  clearInterval(injecting)
  injector.close()
  await call.bye()
  const frames = await framesOf(await messageOf('victim'))
  expect(frames.length).toBeGreaterThan(130)
  expect(frames).toEqual(consecutive(frames))
  // What it heard is one stream: nothing of ours went to the injector instead.
  expect(call.received.length).toBeGreaterThan(300)
})

it('the greeting is the one of the hour', async () => {
  const file = join(machine.data, 'tone.wav')
  writeFileSync(file, writeWav(synthesize({ frequencies: [TONE_HZ], durationMs: 2000 }), 8000))
  await machine.cli('greetings', 'add', 'tone', '--file', file)
  await machine.cli('mailboxes', 'add', 'hours')
  await machine.cli('greetings', 'schedule', 'add', 'hours', 'tone', '--days', 'mon-sun')
  await machine.cli(
    'lines',
    'add',
    'hours',
    '--mailbox',
    'hours',
    '--trunk',
    '127.0.0.1',
    '--ring-seconds',
    '0',
  )
  await using caller = await openCaller(machine.sip)
  const greeted = async (line: string) => {
    const call = await caller.call(line, { number: `greeted-${line}` })
    expect(await call.final).toBe(200)
    await eventually(async () => call.received.length > 75)
    await call.bye()
    const sound = Buffer.concat(call.received.slice(25, 75).map(({ bytes }) => bytes.subarray(12)))
    return shareOfTone(sound, TONE_HZ)
  }
  await eventually(async () => (await machine.metrics()).includes('line="hours"'))
  expect(await greeted('hours')).toBeGreaterThan(0.9)
  expect(await greeted('quick')).toBeLessThan(0.3)
})

it.concurrent('# by INFO ends the message (application/dtmf-relay)', async () => {
  await using caller = await openCaller(machine.sip)
  const call = await caller.call('quick', { number: 'info' })
  await speak(call, 2500)
  const digit = { contentType: 'application/dtmf-relay', body: 'Signal=#\r\nDuration=160\r\n' }
  expect(statusOf(await call.request('INFO', digit))).toBe(200)
  await call.hungUp
  expect((await messageOf('info')).durationMs).toBeGreaterThan(2000)
})

it.concurrent('# by telephone-event ends the message (RFC 4733)', async () => {
  await using caller = await openCaller(machine.sip)
  const call = await caller.call('quick', { number: 'event' })
  await speak(call, 2500)
  // While it lasts there is no speech, and all its packets have one timestamp.
  call.stopTalking()
  for (let i = 1; i <= 7; i++) {
    call.sendRtp(Buffer.from([11, i > 4 ? 0x8a : 0x0a, 0, i * 160]), { payloadType: 101, marker: i === 1 })
    await sleep(20)
  }
  await call.hungUp
  expect((await messageOf('event')).durationMs).toBeGreaterThan(2000)
})

describeWith(['sipp'], 'SIPp', () => {
  it.concurrent('presses keys by RFC 4733, and is hung up on after #', async () => {
    await using caller = await sippCall({ to: machine.sip, user: 'quick', scenario: 'caller-dtmf' })
    expect(await caller.ended, caller.output()).toBe(0)
  })

  it.concurrent('says who calls, through whom, and signs it (RFC 3325, RFC 5806, RFC 8224)', async () => {
    await using opened = new AsyncDisposableStack()
    const data = opened.adopt(mkdtempSync(join(tmpdir(), 'answerphone-named-')), (folder) =>
      rmSync(folder, { recursive: true, force: true }),
    )
    const { root, provider } = await makeAuthority(Date.now())
    const stirTrust = join(data, 'roots.pem')
    writeFileSync(stirTrust, root.pem)
    const shelf = opened.use(await openCertificateShelf(provider.pem))
    const config = readConfig({ data, sip: ['127.0.0.1:0'], http: '127.0.0.1:0', stirTrust }, {})
    const signed = opened.adopt(
      await startAnswerphone(config, silentLog, { stirReach: shelf.reach }),
      (running) => running.stop(0),
    )
    const cli = (...args: string[]) => run(process.execPath, [BIN, ...args, '--data', data])
    await cli('lines', 'set', 'home', '--country', 'CA')

    const claims = {
      attest: 'A',
      dest: { tn: ['16135550199'] },
      iat: Math.floor(Date.now() / 1000),
      orig: { tn: '16135550100' },
      origid: '1',
    }
    const [host = '', port = ''] = signed.sip.split(':')
    await using caller = await sippCall({
      to: { host, port: Number(port) },
      user: 'home',
      scenario: 'caller-named',
      headers: [
        'P-Asserted-Identity: "Ruth" <sip:6135550100@127.0.0.1;user=phone>',
        'Diversion: <sip:6135550111@127.0.0.1>;reason=no-answer;counter=1',
        `Identity: ${await identityHeader(provider, { x5u: shelf.url, claims })}`,
      ],
    })
    expect(await caller.ended, caller.output()).toBe(0)
    expect(shelf.asked).toBe(1)
    const [call] = JSON.parse(await cli('calls', 'list', '--json'))
    expect(call).toMatchObject({
      callerNumber: '6135550100',
      callerE164: '+16135550100',
      callerDisplay: '(613) 555-0100',
      callerName: 'Ruth',
      attestation: { verdict: 'passed', level: 'A', by: 'signature' },
      outcome: 'abandoned',
    })
    expect(JSON.parse(await cli('calls', 'show', call.id)).said).toMatchObject([
      { header: 'From', number: 'alice' },
      { header: 'P-Asserted-Identity', number: '6135550100', name: 'Ruth' },
      { header: 'Diversion', number: '6135550111', reason: 'no-answer' },
    ])
  })
})
