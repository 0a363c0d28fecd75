import { describe, expect, it } from 'vitest'
import { babble } from '../../test/helpers/babble.ts'
import { openPhone } from '../../test/helpers/house-phone.ts'
import {
  HOUSE,
  type HouseOptions,
  type InMemoryHouse,
  openHouse,
} from '../../test/helpers/in-memory-house.ts'
import { ruleOf } from '../../test/helpers/rule-calls.ts'
import { rings } from '../../test/helpers/scripted-phone.ts'
import { muLaw } from '../media/codec/g711.ts'
import { synthesize } from '../media/tones.ts'
import { gateKey } from '../rules/ready-made/gate-key.ts'
import { repeated } from '../rules/ready-made/repeated.ts'
import type { Take } from '../rules/rule.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'

const PHONES = [{ name: 'desk' }, { name: 'sofa', speaker: true }]
const KEY: Take = { kind: 'take', gate: { kind: 'key', digit: '5' } }
const NAME: Take = { kind: 'take', gate: { kind: 'name' } }
const START = Date.UTC(2026, 10, 27, 12)
/** More than any prompt takes. */
const PROMPT_MS = 6000

async function openGated(action: Take, options: HouseOptions = {}) {
  const house = await openHouse({ phones: PHONES, rules: [ruleOf('Gate', [], action)], ...options })
  const desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: rings })
  const sofa = await openPhone(house, 'sofa', '192.0.2.12', { onCall: rings })
  await house.invite()
  await house.ack()
  let cseq = 10
  return {
    house,
    desk,
    sofa,
    live: () => house.machine.liveCalls()[0],
    async press(key: string) {
      const type = ['Content-Type: application/dtmf-relay']
      await house.request('INFO', `${cseq} INFO`, type, `Signal=${key}\r\nDuration=100\r\n`, `info-${cseq}`)
      cseq++
    },
    hangUp: () => house.request('BYE', `${cseq} BYE`),
    async [Symbol.asyncDispose]() {
      for (const part of [desk, sofa, house]) await part[Symbol.asyncDispose]()
    },
  }
}

/** Says a name after the beep, and waits for the pause to be long enough. */
async function sayName(house: InMemoryHouse) {
  await house.pass(PROMPT_MS)
  await house.speak(800, babble)
  await house.pass(2000)
}

const silence = () => Buffer.alloc(160, 0xff)

describe('a caller who presses the right key', () => {
  it('is answered at once, and rings nobody before', async () => {
    await using scene = await openGated(KEY)
    const { house, desk, live } = scene
    await house.pass(2000)
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 200])
    expect(live()).toMatchObject({
      phase: 'gate',
      gate: { kind: 'key', went: null },
      ringing: [],
      ringsUntil: null,
    })
    expect(desk.calls).toEqual([])
    await scene.press('5')
    await house.pass(500)
    expect(live()).toMatchObject({ phase: 'ringing', gate: { went: 'passed' }, junk: false })
    expect(live()?.ringing).toEqual(['desk', 'sofa'])
    const { ringsSince, answersAt, arrivedAt } = live() ?? {}
    expect(answersAt).toBeGreaterThan(house.clock.now() + 17_000)
    // The whole ring time is before it, whatever the question took.
    expect(ringsSince).toBeGreaterThan((arrivedAt ?? 0) + 2000)
    expect((answersAt ?? 0) - (ringsSince ?? 0)).toBe(18_000)
    desk.calls[0]?.answer()
    await house.pass(500)
    expect(live()).toMatchObject({ phase: 'connected', pickedUpBy: 'desk' })
  })

  it('leaves a message as ever when nobody picks up', async () => {
    await using scene = await openGated({ ...KEY, ringSeconds: 7 })
    const { house, sofa, live } = scene
    await scene.press('5')
    await house.pass(7100)
    expect(live()).toMatchObject({ phase: 'greeting', junk: false })
    await house.pass(3800)
    expect(live()?.phase).toBe('recording')
    expect(sofa.calls.length).toBeGreaterThan(1) // it rang, and then plays aloud
    await house.speak(2000, babble)
    await scene.hangUp()
    await house.pass(300)
    expect(house.kept).toHaveLength(1)
    expect(house.kept[0]?.meta['junk']).toBeUndefined()
    expect([...house.rows.values()]).toMatchObject([
      { outcome: 'message', gate: { kind: 'key', went: 'passed', name: null } },
    ])
  })
})

describe('the rules that are ready to be taken over', () => {
  const rules = [repeated, gateKey].map(({ key, when, action }) => ruleOf(key, when, action))
  const earlier = (...agos: number[]) =>
    agos.map((ago) => ({
      ...callRow(`earlier-${ago}`, { callerNumber: '+49301234' }),
      arrivedAt: START - ago * 60_000,
    }))
  const open = (options: HouseOptions) => openGated(gateKey.action, { rules, startAt: START, ...options })

  it('ask a stranger, and let the third call in ten minutes ring through', async () => {
    await using first = await open({ earlier: earlier(1) })
    await first.house.pass(500)
    expect(first.live()).toMatchObject({ phase: 'gate', rule: { id: 'gate-key' } })
    await using third = await open({ earlier: earlier(1, 4) })
    await third.house.pass(500)
    expect(third.live()).toMatchObject({ phase: 'ringing', gate: null, rule: { id: 'repeated' } })
  })

  it('ask no contact', async () => {
    const contact = { id: 'c', name: 'Alice', note: '', favourite: false, numbers: ['+49301234'] }
    await using scene = await open({ contacts: [contact] })
    await scene.house.pass(500)
    expect(scene.live()).toMatchObject({ phase: 'ringing', gate: null, rule: null })
  })
})

describe('a caller who does not', () => {
  it.each([
    [
      'types wrong keys',
      async ({ press }: Awaited<ReturnType<typeof openGated>>) => {
        for (const key of ['1', '2', '3']) await press(key)
      },
    ],
    [
      'types nothing, but speaks',
      async ({ house }: Awaited<ReturnType<typeof openGated>>) => {
        await house.speak(3 * (PROMPT_MS + 5000), babble)
      },
    ],
  ])('and %s may speak into junk, and no phone makes a sound', async (_, fails) => {
    await using scene = await openGated(KEY)
    const { house, desk, sofa, live } = scene
    await fails(scene)
    await house.pass(PROMPT_MS)
    expect(live()).toMatchObject({ phase: 'recording', junk: true, gate: { went: 'failed' } })
    await house.speak(2000, babble)
    await scene.hangUp()
    await house.pass(300)
    expect(house.kept).toMatchObject([{ meta: { junk: true, kind: 'message' } }])
    expect([...desk.calls, ...sofa.calls]).toEqual([])
    expect([...house.rows.values()]).toMatchObject([{ gate: { went: 'failed' } }])
  })

  it('and is silent then is not recorded for long', async () => {
    await using scene = await openGated(KEY)
    const { house, live } = scene
    for (const key of ['1', '2', '3']) await scene.press(key)
    await house.pass(PROMPT_MS)
    expect(live()?.phase).toBe('recording')
    for (let second = 0; second < 12 && live()?.phase === 'recording'; second++)
      await house.speak(1000, silence)
    await house.pass(500)
    expect(live()).toBeUndefined()
  })
})

describe('a caller who says a name', () => {
  it('rings with it, and the name is kept with the call beside the message', async () => {
    await using scene = await openGated({ ...NAME, ringSeconds: 5 })
    const { house, live } = scene
    await sayName(house)
    expect(live()).toMatchObject({ phase: 'ringing', ringing: ['desk', 'sofa'] })
    expect(live()?.gate).toMatchObject({ went: 'passed', name: { durationMs: 800 } })
    expect(live()?.recordingSince).toBeNull()
    expect(house.names).toHaveLength(1)
    await house.pass(5000 + 3800)
    await house.speak(2000, babble)
    await scene.hangUp()
    await house.pass(300)
    expect(house.kept).toMatchObject([{ meta: { kind: 'message' } }])
    expect(house.discarded).toEqual([])
  })

  it('and its words are told with the call once they are written down', async () => {
    await using scene = await openGated(NAME)
    const { house, live } = scene
    await sayName(house)
    const told: unknown[] = []
    house.machine.watch((event) => event.kind === 'call-changed' && told.push(event.call.gate?.name?.words))
    house.machine.nameWritten(live()?.id ?? '', 'Alice Miller')
    expect(live()?.gate?.name?.words).toBe('Alice Miller')
    expect(told).toEqual(['Alice Miller'])
    house.machine.nameWritten('a call that is over', 'Bob')
    expect(told).toHaveLength(1)
  })

  it('and nothing is asked again; otherwise once, and then it is junk', async () => {
    await using scene = await openGated(NAME)
    const { house, live } = scene
    await house.pass(PROMPT_MS + 5000)
    expect(live()).toMatchObject({ phase: 'gate', gate: { went: null } })
    await house.pass(2 * PROMPT_MS + 5000)
    expect(live()).toMatchObject({ gate: { went: 'failed', name: null }, junk: true })
  })

  it('is not put through who talks without a pause, as recorded calls do', async () => {
    await using scene = await openGated(NAME)
    const { house, desk, live } = scene
    await house.speak(30_000, babble)
    expect(live()).toMatchObject({ gate: { went: 'failed' }, junk: true })
    expect(desk.calls).toEqual([])
    await scene.hangUp()
    await house.pass(300)
    // The message holds on from there: what was said before is no second one.
    expect(house.kept).toMatchObject([{ meta: { kind: 'message', junk: true } }])
    expect(house.names).toEqual([])
    expect(house.discarded).toHaveLength(2)
  })

  it('is not put through whose name is a fax machine’s tone', async () => {
    await using scene = await openGated(NAME)
    const { house, desk, live } = scene
    // 1100 Hz for half a second of three and a half (ITU-T T.30 §4.1).
    const tone = synthesize({ frequencies: [1100], durationMs: 500 })
    const sound = Buffer.alloc(3500 * 8, 0xff)
    muLaw.encode(tone, sound)
    await house.speak(40_000, (packet) => sound.subarray((packet % 175) * 160, ((packet % 175) + 1) * 160))
    expect(live()).toMatchObject({ gate: { went: 'failed', name: null }, junk: true })
    expect(desk.calls).toEqual([])
  })

  it.each([
    ['in the middle of it', 3000, 0],
    ['once it is asked again', 7000, 1000],
  ])(
    'and takes the beep for that of a machine is found in junk, who hangs up %s',
    async (_, spokenMs, listensMs) => {
      await using scene = await openGated(NAME)
      const { house } = scene
      await house.pass(PROMPT_MS)
      await house.speak(spokenMs, babble)
      await house.pass(listensMs)
      await scene.hangUp()
      await house.pass(300)
      expect(house.kept).toMatchObject([{ meta: { kind: 'message', junk: true } }])
      expect([...house.rows.values()]).toMatchObject([
        { outcome: 'message', messageId: house.kept[0]?.takeId, gate: { went: null, name: null } },
      ])
      expect([...house.names, ...house.discarded]).toEqual([])
    },
  )

  it('and is talked to before it is over leaves nothing', async () => {
    await using scene = await openGated(NAME)
    const { house, desk } = scene
    await house.pass(PROMPT_MS)
    await house.speak(3000, babble)
    desk.call(`sip:*8@${HOUSE}`)
    await house.pass(500)
    await scene.hangUp()
    await house.pass(300)
    expect([...house.kept, ...house.names]).toEqual([])
    expect(house.discarded).toHaveLength(1)
  })
})

describe('the owner', () => {
  it('listens in while the gate is passed, and picks up there', async () => {
    await using scene = await openGated(NAME)
    const { house, desk, live } = scene
    await house.pass(1000)
    desk.call(`sip:*1@${HOUSE}`)
    await house.pass(500)
    expect(live()).toMatchObject({ phase: 'gate', listeners: [{ phone: 'desk' }] })
    desk.calls[0]?.hangUp()
    desk.call(`sip:*8@${HOUSE}`)
    await house.pass(500)
    expect(live()).toMatchObject({ phase: 'connected', pickedUpBy: 'desk', gate: { went: 'opened' } })
  })

  it('sends whoever rings behind the gate to the machine, or away with a last word', async () => {
    await using scene = await openGated(KEY)
    const { house, live } = scene
    await scene.press('5')
    await house.pass(500)
    await house.machine.act(live()?.id ?? '', 'answer-now', 'user:ada')
    await house.pass(100)
    expect(live()).toMatchObject({ phase: 'greeting', junk: false })

    await using other = await openGated(KEY)
    await other.press('5')
    await other.house.pass(500)
    await other.house.machine.act(other.live()?.id ?? '', 'block', 'user:ada')
    await other.house.pass(1000)
    expect(other.live()?.phase).toBe('closing')
    expect(other.house.caller.requests('BYE')).toEqual([])
    await other.house.pass(PROMPT_MS)
    expect(other.live()).toBeUndefined()
    expect(other.house.caller.requests('BYE')).not.toEqual([])
  })
})
