import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOneStream } from '../helpers/caller-stream.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { openRtpSender } from '../helpers/rtp-sender.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { scan } from '../helpers/scan.ts'
import type { ScriptedCall } from '../helpers/scripted-call.ts'
import { openCaller, readNumberedFrames } from '../helpers/scripted-caller.ts'
import { offerFor, openProber, type SipProber, writeRequest } from '../helpers/sip-prober.ts'
import { headerOf, statusOf } from '../helpers/sip-wire.ts'
import { readUlaw } from '../helpers/wav-frames.ts'

/**
 * Who is no line's trunk finds nothing here. The scanners call from 127.0.0.1, as they can do no other; so the trunks
 * are elsewhere on the loopback.
 */
const PROVIDER = '127.0.0.2'
const OTHER_PROVIDER = '127.0.0.3'
const METHODS = [
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'OPTIONS',
  'REGISTER',
  'SUBSCRIBE',
  'NOTIFY',
  'PUBLISH',
  'MESSAGE',
  'REFER',
  'INFO',
  'UPDATE',
  'PRACK',
  'GUESS',
]

let machine: RunningMachine

beforeAll(async () => {
  machine = await startMachine()
  await machine.line('home', { trunk: `${PROVIDER}/32`, ringSeconds: 0 })
  await machine.line('office', { trunk: `${PROVIDER}/32`, number: '+49301234' })
  await machine.line('2001', { trunk: `${OTHER_PROVIDER}/32` })
})

afterAll(() => machine?.[Symbol.asyncDispose]())

const invite = ({ wire }: SipProber, user: string, callId: string) =>
  writeRequest(wire, 'INVITE', { user, callId, body: offerFor(wire, 40_000) })

/** Connections from all over the loopback of which nothing comes, or the beginning of a request. */
async function openIdleConnections(
  { host, port }: RunningMachine['sip'],
  count: number,
): Promise<AsyncDisposable> {
  const sockets = Array.from({ length: count }, (_, n) => {
    const socket = connect({ host, port, localAddress: `127.0.${n % 50}.${2 + (n % 7)}` })
    socket.on('error', () => {})
    if (n % 2 === 0) socket.write('INVITE sip:home SIP/2.0\r\nVia: ')
    return socket
  })
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])))
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Ten times as many packets as a caller sends, from elsewhere, to where the caller's go. */
async function injectSound(at: ScriptedCall['remote']): Promise<AsyncDisposable> {
  const senders = await Promise.all(Array.from({ length: 10 }, (_, n) => openRtpSender(`127.0.1.${n + 1}`)))
  for (const sender of senders) {
    if (at) sender.aim(at)
    sender.talk()
  }
  return {
    async [Symbol.asyncDispose]() {
      expect(senders.some(({ framesSent }) => framesSent > 100)).toBe(true)
      for (const sender of senders) await sender[Symbol.asyncDispose]()
    },
  }
}

describe('a stranger', () => {
  for (const transport of ['udp', 'tcp'] as const) {
    it(`gets no byte back over ${transport.toUpperCase()}, whatever it asks`, async () => {
      await using stranger = await openProber({ to: machine.sip, transport })
      for (const method of METHODS) {
        for (const user of ['home', 'nobody', '2001']) {
          stranger.send(
            writeRequest(stranger.wire, method, { user, callId: `s-${transport}-${method}-${user}` }),
          )
        }
      }
      stranger.send(invite(stranger, 'home', `s-${transport}-offer`))
      stranger.send('OPTIONS sip:home SIP/2.0\r\n\r\n')
      stranger.send('SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1\r\nContent-Length: 0\r\n\r\n')
      stranger.send('GET / HTTP/1.1\r\n\r\n')
      await using friend = await openProber({ to: machine.sip, local: PROVIDER })
      expect(await friend.ping()).toBe(200)
      // A call needs a moment to ring, if it did.
      await sleep(500)
      expect(stranger.heard).toEqual([])
    })
  }

  it('leaves no call, dialog or transaction behind', async () => {
    const metrics = await machine.metrics()
    expect(metrics).toMatch(/^answerphone_live_calls 0$/m)
    expect(metrics).toMatch(/^answerphone_sip_dialogs 0$/m)
    expect(await machine.list('calls', 'list')).toEqual([])
  })

  it('harms neither a call in progress nor a new one by floods, idle connections and injected sound at once', async () => {
    await using caller = await openCaller(machine.sip, { local: PROVIDER })
    await using stranger = await openProber({ to: machine.sip })
    const call = await caller.call('home', { number: 'steady' })
    expect(await call.final).toBe(200)
    call.talk()
    await machine.recording(call)
    await sleep(500)
    await using _idle = await openIdleConnections(machine.sip, 1000)
    await using _injector = await injectSound(call.remote)
    const sipsak = scan('sipsak', ['-F', '-s', `sip:home@${machine.sip.host}:${machine.sip.port}`], 4000)
    for (let sent = 0; sent < 20_000; sent++) {
      stranger.send(invite(stranger, 'home', `flood-${sent}`))
      if (sent % 50 === 49) await sleep(5)
      if (sent === 10_000) {
        const second = await caller.call('home', { number: 'meanwhile' })
        expect(await second.final).toBe(200)
        await second.bye()
      }
    }
    await sipsak
    await call.bye()
    expectOneStream(call.received, 500)
    expect(stranger.heard).toEqual([])
    const row = await eventually(async () => {
      const { messages } = (await (await machine.api('/messages')).json()) as {
        messages: { id: string; callerNumber: string }[]
      }
      return messages.find(({ callerNumber }) => callerNumber === 'steady')
    })
    const audio = await (await machine.api(`/messages/${row.id}/audio`)).arrayBuffer()
    const frames = readNumberedFrames(readUlaw(Buffer.from(audio)))
    expect(frames.length).toBeGreaterThan(100)
    expect(frames).toEqual(frames.map((_, i) => (frames[0] ?? 0) + i))
  })
})

describeWith(['svmap', 'svwar', 'sipsak'], 'scanners', () => {
  const host = '127.0.0.1'

  it.concurrent('would find a machine that answers (svmap within a trunk)', async () => {
    const said = await scan('svmap', [host, `-p${machine.sip.port}`, '-b', PROVIDER])
    expect(said).toMatch(new RegExp(`${host}:${machine.sip.port}`))
  })

  it.concurrent('find no SIP server from outside (svmap)', async () => {
    for (const method of ['OPTIONS', 'INVITE', 'REGISTER']) {
      const said = await scan('svmap', [host, `-p${machine.sip.port}`, '-m', method])
      expect(said).not.toContain(`${host}:${machine.sip.port}`)
      expect(said).toMatch(/found nothing|no results/i)
    }
  })

  it.concurrent('find no user from outside (svwar)', async () => {
    for (const method of ['INVITE', 'REGISTER', 'OPTIONS']) {
      const said = await scan('svwar', [
        `-p${machine.sip.port}`,
        '-m',
        method,
        '-e',
        '1999-2003',
        '--force',
        host,
      ])
      expect(said).not.toMatch(/\b2001\b.*(reqauth|noauth|weird)/)
    }
  })

  it.concurrent('get no answer from outside (sipsak)', async () => {
    const said = await scan('sipsak', ['-v', '-Z', '100', '-s', `sip:home@${host}:${machine.sip.port}`])
    expect(said).not.toMatch(/SIP\/2\.0 \d{3}/)
  })

  it.concurrent('tell no known user from an unknown one from within a trunk (svwar)', async () => {
    const said = await scan('svwar', [
      `-p${machine.sip.port}`,
      '-b',
      PROVIDER,
      '-m',
      'INVITE',
      '-e',
      '1999-2003',
      '--force',
      host,
    ])
    expect(said).not.toMatch(/\b2001\b.*(reqauth|noauth|weird)/)
  })
})

describe('within a trunk', () => {
  /** A response without what differs by nature: tags, branches, Call-ID, and the user that was asked for. */
  const plain = (text: string, user: string) =>
    text
      .replace(/(tag|branch)=[^;>\r]+/g, '$1=')
      .replace(/^Call-ID:.*$/im, 'Call-ID:')
      .replaceAll(user, 'USER')

  it('another trunk’s line and a user that is none are answered alike', async () => {
    await using friend = await openProber({ to: machine.sip, local: PROVIDER })
    const shapes = new Set<string>()
    const lasted: Record<string, number[]> = { '2001': [], '2999': [] }
    for (let i = 0; i < 100; i++) {
      for (const user of ['2001', '2999']) {
        const callId = `probe-${user}-${String(i).padStart(3, '0')}`
        const at = performance.now()
        friend.send(invite(friend, user, callId))
        const final = await friend.next(
          (text) => headerOf(text, 'Call-ID') === callId && statusOf(text) >= 200,
        )
        lasted[user]?.push(performance.now() - at)
        shapes.add(
          friend
            .answers(callId)
            .map((text) => plain(text, user))
            .join(''),
        )
        const toTag = /tag=([^;>\s]+)/.exec(headerOf(final, 'To') ?? '')?.[1] ?? ''
        const branch = `${callId}-1-INVITE`
        friend.send(writeRequest(friend.wire, 'ACK', { user, callId, branch, toTag }))
      }
      friend.forget()
    }
    expect([...shapes]).toHaveLength(1)
    expect([...shapes][0]).toMatch(/SIP\/2\.0 404/)
    const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
    // Roughly: what is less drowns in any network's jitter.
    expect(Math.abs(median(lasted['2001'] ?? []) - median(lasted['2999'] ?? []))).toBeLessThan(0.5)
  })
})
