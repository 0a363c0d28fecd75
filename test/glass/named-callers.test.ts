import { describe, expect, it } from 'vitest'
import { type PhoneCall, rings } from '../helpers/scripted-phone.ts'
import { out } from './hold-against-out.ts'
import { switchOn } from './phones.ts'
import { playCall, type Script, type Side } from './stage.ts'
import { differenceBetween } from './trace/difference.ts'

/** More than the question takes, the name, and the pause after it. */
const ASKED_MS = 5600
const NAME_MS = 900
const PAUSE_MS = 2000
const RING_MS = 12_000
/** When phones ring, after the INVITE. */
const RINGS_MS = 40 + ASKED_MS + NAME_MS + PAUSE_MS

/** Who has to say a name does, hears it ring until the machine greets, and leaves a message. */
const named: Script = {
  name: 'says a name, and is left to the machine',
  house: { line: { ringSeconds: RING_MS / 1000 } },
  gate: { kind: 'name' },
  async play(caller) {
    caller.invite()
    await caller.pass(12)
    caller.ack()
    await caller.pass(ASKED_MS)
    await caller.speak(NAME_MS)
    await caller.pass(PAUSE_MS + RING_MS + 4000)
    await caller.speak(2000)
    caller.request('BYE')
  },
}

/** The same with SRTP, by keys of its session description (RFC 4568). */
const encrypted: Script = {
  ...named,
  name: 'says a name, encrypted, and is left to the machine',
  encrypted: true,
  house: { line: { ...named.house?.line, srtp: 'required' } },
}

/** The first of two phones picks up, hears who calls, and does this with it. */
const phoneThat = (name: string, does: (call: PhoneCall) => void): Side => ({
  name,
  async prepare(stage) {
    const [desk, sofa] = await switchOn(stage, 2, rings)
    return {
      during() {
        stage.at(RINGS_MS + 1000, () => desk?.calls[0]?.answer())
        stage.at(RINGS_MS + 1200, () => {
          const [call] = desk?.calls ?? []
          if (call) does(call)
        })
      },
      happened() {
        expect(desk?.calls[0]?.acknowledged).toBe(true)
        expect(sofa?.calls[0]?.status).toBe(487)
        // Words, and not silence.
        expect(new Set(desk?.sounds).size).toBeGreaterThan(10)
      },
    }
  },
})

const press = (key: string) => (call: PhoneCall) => {
  const contentType = 'application/dtmf-relay'
  void call.request('INFO', { contentType, body: `Signal=${key}\r\nDuration=100\r\n` })
}

const sides = [
  phoneThat('hears who calls, and says nothing', () => {}),
  phoneThat('hears who calls, and hangs up', (call) => call.after(5000, () => call.hangUp())),
  phoneThat('presses keys that mean nothing', (call) => {
    press('7')(call)
    call.after(500, () => press('*')(call))
  }),
]

describe.each([named, encrypted])('a caller who $name', (script) => {
  it.each(sides)('hears the same as when everybody is out: the owner $name', async (side) => {
    const expected = { name: out.name, trace: await playCall(script, out) }
    const other = { name: side.name, trace: await playCall(script, side, true) }
    expect(differenceBetween(expected, other)).toBeUndefined()
  })
})

it('and to be taken is no secret', async () => {
  const taken = phoneThat('takes the call', press('1'))
  const expected = { name: out.name, trace: await playCall(named, out) }
  expect(differenceBetween(expected, { name: taken.name, trace: await playCall(named, taken) })).toBeDefined()
})
