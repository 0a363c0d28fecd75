import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBaresip } from '../helpers/baresip.ts'
import { type Provider, startProvider } from '../helpers/kamailio.ts'
import { openLoopbackPhone } from '../helpers/loopback-phone.ts'
import { openNamespace } from '../helpers/network-namespace.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { freePort, sippCall, sippCalledEarly, sippProvider } from '../helpers/sipp.ts'
import { bandDb, speak, transcribe, wordsHeard } from '../helpers/speech.ts'

/** Lines at a provider that nobody here wrote: the machine registers, is called there, and comes back by itself. */

interface ShownLine {
  readonly name: string
  readonly registration: {
    readonly state: string
    readonly server: string | null
    readonly problem: { readonly code: string; readonly detail: string } | null
  } | null
}

async function standing(machine: RunningMachine, name: string) {
  const lines = (await (await machine.api('/lines')).json()) as ShownLine[]
  return lines.find((line) => line.name === name)?.registration ?? null
}

const registered = (machine: RunningMachine, name: string, timeoutMs = 20_000) =>
  eventually(async () => (await standing(machine, name))?.state === 'registered', timeoutMs)

const addLine = (machine: RunningMachine, name: string, registrar: string, password = 'secret') =>
  machine.post('/lines', {
    name,
    account: { registrar, user: name, password },
    ringSeconds: 0,
    mailbox: 'home',
  })

const registrars = ({ port, tlsPort }: Provider) => ({
  udp: `127.0.0.1:${port}`,
  tcp: `127.0.0.1:${port};transport=tcp`,
  tls: `localhost:${tlsPort};transport=tls`,
})

describeWith(['kamailio', 'sipp', 'flite', 'sox'], 'a provider that is Kamailio', () => {
  let provider: Provider
  let machine: RunningMachine
  beforeAll(async () => {
    provider = await startProvider()
    machine = await startMachine({ env: { NODE_EXTRA_CA_CERTS: provider.authority } })
  })
  afterAll(async () => {
    await machine?.[Symbol.asyncDispose]()
    await provider?.[Symbol.asyncDispose]()
  })
  const codeOf = async (name: string) => (await standing(machine, name))?.problem?.code

  it('is registered at over UDP, TCP and TLS: a call through each becomes a message', async () => {
    const names = ['udp', 'tcp', 'tls'] as const
    for (const name of names) await addLine(machine, name, registrars(provider)[name])
    for (const name of names) await registered(machine, name)
    expect((await provider.registered()).toSorted()).toEqual(names.toSorted())

    const spoken = await speak('Please call me back tomorrow at seven.')
    const to = { host: '127.0.0.1', port: provider.port }
    const pauses = { 'milliseconds="8000"': 'milliseconds="3000"' }
    const calls = await Promise.all(
      names.map((user) => sippCall({ to, user, scenario: 'caller-spoken', spoken, pauses })),
    )
    expect(await Promise.all(calls.map((call) => call.ended))).toEqual([0, 0, 0])
    const messages = await eventually(async () => {
      const { messages } = (await (await machine.api('/messages')).json()) as { messages: { line: string }[] }
      return messages.length === 3 && messages
    })
    expect(messages.map(({ line }) => line).toSorted()).toEqual(names.toSorted())
  })

  it('puts the machine through to itself, which so hears whether one is heard both ways', async () => {
    await addLine(machine, '030123456', registrars(provider).udp)
    await registered(machine, '030123456')
    const answer = await machine.api('/lines/030123456/sound-test', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number: '030123456' }),
    })
    // However well, on a machine that has other things to do.
    expect(await answer.json()).toMatchObject({
      what: { en: expect.stringMatching(/030123456 is heard both ways: our sound came back/) },
    })
  })

  it('says what is wrong, comes back by itself when the provider does, and leaves when it is told to', async () => {
    const { tcp, tlsPort } = { ...registrars(provider), ...provider }
    await addLine(machine, 'stranger', tcp, 'wrong')
    await addLine(machine, 'misnamed', `127.0.0.1:${tlsPort};transport=tls`)
    await eventually(async () => (await codeOf('stranger')) === 'AP_REGISTRAR_LOGIN_REFUSED')
    await eventually(async () => (await codeOf('misnamed')) === 'AP_REGISTRAR_UNSAFE')

    await provider.kill()
    for (const name of ['tcp', 'tls'])
      await eventually(async () => (await codeOf(name)) === 'AP_REGISTRAR_UNREACHABLE')
    expect(await machine.cli('lines', 'list')).toMatch(/tcp .*failing: AP_REGISTRAR_UNREACHABLE/)
    await provider.start()
    // docs/lines.md promises two minutes; the pauses are short yet.
    for (const name of ['tcp', 'tls']) await registered(machine, name, 60_000)
    expect((await provider.registered()).toSorted()).toEqual(['tcp', 'tls'])

    expect((await machine.api('/lines/tcp', { method: 'DELETE' })).status).toBe(204)
    await eventually(async () => !(await provider.registered()).includes('tcp'))
    await machine.process.stop()
    expect(await provider.registered()).toEqual([])
  })
})

describeWith.concurrent(
  ['kamailio', 'baresip', 'ip', 'flite', 'sox', 'pocketsphinx_continuous'],
  'a desk phone',
  () => {
    it('calls out by the account of a line: the provider wants a login, and both sides are heard', async () => {
      await using namespace = await openNamespace('ap-out')
      const [host, at, desk] = [namespace.address(1), namespace.address(2), namespace.address(3)]
      await using provider = await startProvider({ netns: namespace.name, address: at })
      await using machine = await startMachine({
        netns: namespace.name,
        host,
        flags: ['--phones-from', '10.99.0.0/24'],
      })
      const add = (name: string, user: string, ...more: string[]) => {
        const account = ['--registrar', `${at}:${provider.port}`, '--user', user, '--password', 'secret']
        const line = ['--mailbox', 'home', '--ring-seconds', '0']
        return machine.cli('lines', 'add', name, ...account, ...line, ...more)
      }
      await add('out', '0302222', '--call-out', 'on')
      // Somebody else at the same provider, who is the machine again: its greeting is heard, and what is said becomes a message.
      await add('far', '0301111')
      await machine.cli('phones', 'add', 'desk', '--password', 'horse-battery')
      await eventually(async () => (await provider.registered()).length === 2)

      const says = await speak('Please call me back tomorrow at seven.', { leadSeconds: 4.5, padSeconds: 30 })
      const server = `${host}:${machine.sip.port}`
      await using phone = await startBaresip({
        namespace,
        address: desk,
        says,
        account: { user: 'desk', password: 'horse-battery', server },
      })
      const established = phone.process.next(/call established/i)
      await phone.command('dial', `sip:0301111@${server}`)
      await established
      await sleep(7500)
      await phone.command('hangup')
      const [message] = await eventually(async () => {
        const messages = await machine.list('messages', 'list')
        return messages.length === 1 && messages
      })
      expect(message).toMatchObject({ line: 'far', callerNumber: '0302222' })
      const file = join(mkdtempSync(join(tmpdir(), 'said-')), 'said.wav')
      await machine.cli('messages', 'audio', String(message?.['id']), '--out', file)
      const said = await transcribe(file)
      expect(wordsHeard(said, ['please', 'call', 'back', 'tomorrow', 'seven']).length, said).toBeGreaterThan(
        2,
      )
      // The greeting, and the beep.
      expect(await bandDb(await phone.heard(), '300', '3000')).toBeGreaterThan(-50)
    })
  },
)

describeWith.concurrent(['sipp', 'flite', 'sox'], 'a provider that is SIPp', () => {
  it('lets something be heard before it answers, reliably: PRACK, and a 200 without a session (RFC 3262)', async () => {
    await using machine = await startMachine()
    const [host, port] = ['127.0.0.1', await freePort('127.0.0.1')]
    const far = await sippCalledEarly({ host, port, spoken: await speak('The number has changed.') })
    await machine.post('/lines', {
      name: 'out',
      trunk: ['127.0.0.9'],
      mailbox: 'home',
      callBack: `sip:${host}:${port}`,
    })
    const login = { user: 'desk', password: 'horse-battery' }
    await machine.post('/phones', { name: login.user, password: login.password, mailboxes: ['home'] })
    await using phone = await openLoopbackPhone({ to: machine.sip, address: '127.0.0.3', ...login })
    const call = phone.call(`sip:0301234@${machine.sip.host}`)
    await eventually(async () => call.statuses.includes(183))
    await eventually(async () => phone.rtp.received.length > 40)
    expect(call.state).toBe('ringing')
    await eventually(async () => call.state === 'talking')
    call.hangUp()
    expect(await far.ended, far.output()).toBe(0)
  })

  it.each(['udp', 'tcp'] as const)(
    'takes the registration over %s, calls the Contact that it was given, and leaves a message',
    async (transport) => {
      await using machine = await startMachine()
      const port = await freePort('127.0.0.1')
      const spoken = await speak('Please call me back tomorrow at seven.')
      const provider = await sippProvider({ port, transport, spoken })
      await machine.post('/lines', {
        name: 'office',
        account: { registrar: `127.0.0.1:${port};transport=${transport}`, user: 'vm', password: 'secret' },
        ringSeconds: 0,
      })
      expect(await provider.ended, provider.output()).toBe(0)
      const { messages } = await eventually(async () => {
        const page = (await (await machine.api('/messages')).json()) as {
          messages: { callerNumber: string }[]
        }
        return page.messages.length === 1 && page
      })
      expect(messages[0]?.callerNumber).toBe('+15551230000')
    },
  )
})
