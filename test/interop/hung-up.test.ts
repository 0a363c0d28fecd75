import { expect, it } from 'vitest'
import { muLaw } from '../../src/media/codec/g711.ts'
import { synthesize, type Tone } from '../../src/media/tones.ts'
import { eventually, sleep } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'

/** Callers who leave nothing worth keeping are listed as calls and light no lamp. */

/** 20 ms frames of µ-law, round and round. */
function frames(tone: Tone | undefined): (index: number) => Buffer {
  const pcm = tone ? synthesize(tone) : new Int16Array(8000)
  const ulaw = new Uint8Array(pcm.length)
  muLaw.encode(pcm, ulaw)
  const count = Math.floor(ulaw.length / 160)
  return (index) => Buffer.from(ulaw.subarray((index % count) * 160, (index % count) * 160 + 160))
}

const CALLERS: readonly {
  readonly number: string
  readonly frame: (index: number) => Buffer
  readonly ms: number
  readonly kept: boolean
}[] = [
  {
    number: '+491',
    ms: 6000,
    kept: false,
    frame: frames({ frequencies: [425], durationMs: 960, cadence: [480, 480] }),
  },
  {
    number: '+492',
    ms: 6000,
    kept: false,
    frame: frames({ frequencies: [480, 620], durationMs: 500, cadence: [250, 250] }),
  },
  { number: '+493', ms: 6000, kept: false, frame: frames(undefined) },
  { number: '+494', ms: 400, kept: false, frame: frames({ frequencies: [300, 550, 870], durationMs: 1000 }) },
  {
    number: '+495',
    ms: 6000,
    kept: true,
    frame: frames({ frequencies: [210, 740, 1330], durationMs: 700, cadence: [130, 90, 310, 170] }),
  },
]

it('busy tone, congestion tone, silence and a cough are no messages; a voice is', async () => {
  await using machine = await startMachine()
  await machine.line('home', { ringSeconds: 0 })
  await using caller = await openCaller(machine.sip)
  await Promise.all(
    CALLERS.map(async ({ number, frame, ms }) => {
      const call = await caller.call('home', { number, frame })
      expect(await call.final).toBe(200)
      call.talk()
      await machine.recording(call)
      await sleep(ms)
      await call.bye()
    }),
  )
  const calls = await eventually(async () => {
    const rows = await machine.list<{ callerNumber: string; outcome: string | null }>('calls', 'list')
    return rows.length === CALLERS.length && rows.every(({ outcome }) => outcome !== null) && rows
  })
  for (const { number, kept } of CALLERS) {
    const outcome = calls.find(({ callerNumber }) => callerNumber === number)?.outcome
    expect(outcome, number).toBe(kept ? 'message' : 'hung-up')
  }
  const messages = await machine.list<{ callerNumber: string }>('messages', 'list')
  expect(messages.map(({ callerNumber }) => callerNumber)).toEqual(['+495'])
  const [home] = await machine.list<{ newMessages: number }>('mailboxes', 'list')
  expect(home?.newMessages).toBe(1)
})
