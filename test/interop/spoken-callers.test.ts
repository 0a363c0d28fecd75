import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Ladder } from '../../src/api/contract.ts'
import { startBaresip } from '../helpers/baresip.ts'
import { startLinphone } from '../helpers/linphone.ts'
import { openNamespace } from '../helpers/network-namespace.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'
import { seededRandom } from '../helpers/seeded-random.ts'
import { sippCall } from '../helpers/sipp.ts'
import { speak, talkerWhoSays, transcribe, wordsHeard } from '../helpers/speech.ts'

/**
 * Real callers leave spoken messages, over UDP and TCP, and a speech recogniser understands what was stored.
 */
const TEXT =
  'Hello this is Alice. I am calling about the garden party tomorrow at seven. Please call me back.'
const WORDS = ['hello', 'calling', 'garden', 'party', 'tomorrow', 'seven', 'please', 'back']
const EARS = ['flite', 'sox', 'pocketsphinx_continuous']

interface Row {
  readonly id: string
  readonly callerNumber: string | null
  readonly durationMs: number
  readonly state: string
  readonly cutOff: boolean
}

/** The words recognised in the newest message, once there is one. */
async function newestMessage(machine: RunningMachine): Promise<{ row: Row; heard: string[] }> {
  const [row] = await eventually(async () => {
    const rows = await machine.list<Row>('messages', 'list')
    return rows.length > 0 && rows
  }, 20_000)
  if (!row) throw new Error('no message')
  const file = join(machine.data, 'heard.wav')
  await machine.cli('messages', 'audio', row.id, '--out', file)
  return { row, heard: wordsHeard(await transcribe(file), WORDS) }
}

/** What went over the wire for the call, as the command tells it once it is written down. */
async function lastLadder(machine: RunningMachine): Promise<Ladder> {
  return eventually(async () => {
    const said = await machine.cli('calls', 'show', 'last', '--ladder', '--json').catch(() => '')
    return said !== '' && (JSON.parse(said) as Ladder)
  }, 10_000)
}

/** It has the whole call, and sound that came unharmed over the loopback. */
function expectSaneLadder({ messages, omitted, statistics }: Ladder): void {
  const said = messages.map(({ from, title, method }) => `${from === 0 ? '>' : '<'} ${title} ${method}`)
  for (const expected of [
    '> INVITE INVITE',
    '< 180 Ringing INVITE',
    '< 200 OK INVITE',
    '> ACK ACK',
    '> BYE BYE',
    '< 200 OK BYE',
  ])
    expect(said).toContain(expected)
  expect(messages[0]?.session).toMatch(/^audio [\d.]+:\d+ .*PCM/)
  expect(omitted.messages).toBe(0)
  const [leg] = statistics
  expect(leg?.received.packets).toBeGreaterThan(300)
  expect(leg?.sent.packets).toBeGreaterThan(300)
  expect(leg?.lost).toBeLessThan(10)
  expect(leg?.jitterMs).toBeLessThan(20)
  expect(leg?.quality?.mos).toBeGreaterThan(3.9)
}

describeWith.concurrent(['sipp', ...EARS], 'SIPp', () => {
  for (const transport of ['udp', 'tcp'] as const) {
    it(`leaves a message over ${transport.toUpperCase()}`, async () => {
      const spoken = await speak(TEXT)
      await using machine = await startMachine()
      await machine.line('alice', { trunk: '127.0.0.0/8', ringSeconds: 1 })
      await using caller = await sippCall({
        to: machine.sip,
        user: 'alice',
        scenario: 'caller-spoken',
        transport,
        spoken,
      })
      expect(await caller.ended, caller.output()).toBe(0)
      const { row, heard } = await newestMessage(machine)
      expect(row).toMatchObject({ callerNumber: 'alice', state: 'new', cutOff: false })
      expectSaneLadder(await lastLadder(machine))
      expect(heard.length, heard.join(' ')).toBeGreaterThanOrEqual(6)
    })
  }
})

describeWith(EARS, 'a caller whose network loses one packet of twenty', () => {
  it('is understood all the same', async () => {
    await using machine = await startMachine()
    await machine.line('quick', { trunk: '127.0.0.0/8', ringSeconds: 0 })
    await using caller = await openCaller(machine.sip)
    const chance = seededRandom(5)
    let lost = 0
    const call = await caller.call('quick', {
      number: 'alice',
      frame: await talkerWhoSays(TEXT),
      isLost: () => chance.fraction() < 0.05 && ++lost > 0,
    })
    expect(await call.final).toBe(200)
    call.talk()
    await machine.recording({ number: 'alice' })
    await sleep(9000)
    await call.bye()
    const { heard } = await newestMessage(machine)
    expect(lost / call.framesSent).toBeGreaterThan(0.03)
    const [leg] = (await lastLadder(machine)).statistics
    expect(leg?.lost).toBeGreaterThan(lost / 2)
    expect(heard.length, heard.join(' ')).toBeGreaterThanOrEqual(6)
  })
})

describeWith.concurrent(['baresip', 'ip', ...EARS], 'baresip', () => {
  for (const transport of ['udp', 'tcp'] as const) {
    it(`leaves a message over ${transport.toUpperCase()}`, async () => {
      await using namespace = await openNamespace(`ap-baresip-${transport}`)
      const says = await speak(TEXT, { leadSeconds: 5, padSeconds: 30 })
      await using machine = await startMachine({ netns: namespace.name, host: namespace.address(1) })
      await machine.line('desk', { trunk: '10.99.0.0/24', ringSeconds: 1 })
      await using phone = await startBaresip({ namespace, address: namespace.address(2), says })
      await phone.command(
        'dial',
        `sip:desk@${namespace.address(1)}:${machine.sip.port};transport=${transport}`,
      )
      await phone.process.until(/Call established/i)
      await sleep(14_000)
      await phone.command('hangup')
      const { row, heard } = await newestMessage(machine)
      expect(row).toMatchObject({ callerNumber: 'desk', state: 'new', cutOff: false })
      const ladder = await lastLadder(machine)
      expectSaneLadder(ladder)
      expect(ladder.statistics[0]?.reported?.lostShare).toBeLessThan(0.02)
      expect(heard.length, heard.join(' ')).toBeGreaterThanOrEqual(6)
    })
  }
})

describeWith.concurrent(['linphonec', 'ip', ...EARS], 'linphonec', () => {
  for (const transport of ['udp', 'tcp'] as const) {
    it(`leaves a message over ${transport.toUpperCase()}`, async () => {
      await using namespace = await openNamespace(`ap-linphone-${transport}`)
      const says = await speak(TEXT, { padSeconds: 30 })
      await using machine = await startMachine({ netns: namespace.name, host: namespace.address(1) })
      await machine.line('sofa', { trunk: '10.99.0.0/24', ringSeconds: 1 })
      await using phone = await startLinphone({ namespace, says })
      phone.call(`sip:sofa@${namespace.address(1)}:${machine.sip.port};transport=${transport}`)
      await phone.process.until(/connected/i)
      // Who waits for the beep speaks after it.
      await sleep(4500)
      phone.speak()
      await sleep(9000)
      phone.terminate()
      const { row, heard } = await newestMessage(machine)
      expect(row).toMatchObject({ state: 'new', cutOff: false })
      expect(heard.length, heard.join(' ')).toBeGreaterThanOrEqual(6)
    })
  }
})
