import { expect } from 'vitest'
import { is, ruleOf } from '../../helpers/rule-calls.ts'
import { type PhoneCall, refuses, rings } from '../../helpers/scripted-phone.ts'
import { type Phone, plugIn, switchOn } from '../phones.ts'
import type { Side, Stage } from '../stage.ts'

type OnCall = (call: PhoneCall) => void

/** A side whose first phones do this with the call, and nothing else happens. Each must have been called. */
const phonesThat = (name: string, count: number, onCall: OnCall, status?: number): Side => ({
  name,
  async prepare(stage) {
    const phones = await switchOn(stage, count, onCall)
    return {
      happened() {
        for (const { calls } of phones) expect(calls).toMatchObject([{ status }])
      },
    }
  },
})

/** A side whose three phones ring until something happens to them. */
const threePhones = (
  name: string,
  during: (stage: Stage, phones: readonly [Phone, Phone, Phone]) => void,
  happened: (phones: readonly [Phone, Phone, Phone]) => void,
): Side => ({
  name,
  async prepare(stage) {
    const [desk, sofa, attic] = await switchOn(stage, 3, rings)
    if (!desk || !sofa || !attic) throw new Error('a phone is missing')
    const phones = [desk, sofa, attic] as const
    return { during: () => during(stage, phones), happened: () => happened(phones) }
  },
})

/** What phones may do when they are called, and what may happen to them then. */
export const ringing: readonly Side[] = [
  { name: 'no phone in the house', house: { phones: [] } },
  phonesThat('ignored: every phone rings', 10, rings, 487),
  phonesThat('phones that say nothing at all', 3, () => {}),
  phonesThat('phones that send early media', 3, (call) => call.ring(183, true), 487),
  phonesThat(
    'phones that send every provisional response',
    3,
    (call) => {
      for (const status of [100, 180, 181, 182, 183, 199]) call.ring(status, status === 183)
      call.after(1000, () => call.ring(180))
    },
    487,
  ),
  ...[302, 404, 408, 480, 486, 500, 503, 603].map((status) =>
    phonesThat(`declined by every phone: ${status}`, 10, refuses(status), status),
  ),
  {
    name: 'declined by one phone after the other',
    async prepare(stage) {
      const phones = await switchOn(stage, 10)
      for (const [i, phone] of phones.entries()) phone.onCall = refuses(603, 100 + 350 * i)
      return {
        happened: () => expect(phones.map(({ calls }) => calls[0]?.status)).toEqual(Array(10).fill(603)),
      }
    },
  },
  {
    name: 'a rule rings no phone, and has the message for junk',
    house: { rules: [ruleOf('quiet', [], { kind: 'take', phones: [], junk: true })] },
    async prepare(stage) {
      const phones = await switchOn(stage, 10, rings)
      return {
        happened() {
          expect(phones.flatMap(({ calls }) => calls)).toEqual([])
          expect([...stage.house.rows.values()][0]).toMatchObject({ ruleName: 'quiet' })
        },
      }
    },
  },
  {
    name: 'rules that are about others, and then one that rings a single phone, under a label',
    house: {
      rules: [
        ruleOf('others', [is({ kind: 'who', are: ['blocked', 'favourite'] })], {
          kind: 'refuse',
          as: 'busy',
        }),
        ruleOf('office', [is({ kind: 'calls', atLeast: 90, minutes: 9 })], { kind: 'take', ringSeconds: 0 }),
        ruleOf('desk', [is({ kind: 'who', are: ['stranger'] })], {
          kind: 'take',
          phones: ['phone-desk'],
          label: 'Office:',
        }),
      ],
    },
    async prepare(stage) {
      const phones = await switchOn(stage, 10, rings)
      return {
        happened() {
          expect(phones.map(({ calls }) => calls.length)).toEqual([1, ...Array(9).fill(0)])
          expect(phones[0]?.calls[0]?.invite).toContain('"Office:')
        },
      }
    },
  },
  {
    name: 'do not disturb: phones are there, and none rings',
    house: { switches: { machineOn: true, doNotDisturb: { until: null } } },
    async prepare(stage) {
      const phones = await switchOn(stage, 10, rings)
      return { happened: () => expect(phones.flatMap(({ calls }) => calls)).toEqual([]) }
    },
  },
  {
    name: 'do not disturb, switched on, off and on again while it rings',
    async prepare(stage) {
      const { house } = stage
      const phones = await switchOn(stage, 3, rings)
      const switchTo = (until: number | null, on: boolean) => {
        house.settings.switches = { machineOn: true, doNotDisturb: on ? { until } : null }
        house.changed('settings')
      }
      return {
        during() {
          for (const [ms, on] of [
            [1000, true],
            [1500, false],
            [2000, true],
          ] as const)
            stage.at(ms, () => switchTo(null, on))
        },
        happened() {
          for (const { calls } of phones) expect(calls).toHaveLength(1)
          expect(house.machine.switches().doNotDisturb).toEqual({ until: null })
        },
      }
    },
  },
  // It takes a phone's 486 a millisecond to get here, and the INVITE one to get there.
  ...[3998, 3999, 4000].map((ms) =>
    phonesThat(`declined as the machine answers, ${ms} ms`, 3, refuses(486, ms - 2), 486),
  ),
  threePhones(
    'phones off: they vanished without a word',
    (_stage, phones) => {
      for (const phone of phones) phone.switchOff()
    },
    (phones) => {
      for (const { calls } of phones) expect(calls).toEqual([])
    },
  ),
  threePhones(
    'phones are switched off in the middle',
    (stage, [desk, sofa, attic]) => {
      stage.at(1500, () => desk.switchOff())
      stage.at(2000, () => void sofa.register({ expires: 0 }))
      stage.at(9000, () => attic.switchOff())
    },
    ([desk, sofa, attic]) => {
      expect(desk.calls).toMatchObject([{ state: 'ringing' }])
      for (const { calls } of [sofa, attic]) expect(calls).toMatchObject([{ state: 'over' }])
    },
  ),
  threePhones(
    'phones register again and again',
    (stage, phones) => {
      for (let ms = 10; ms < 20_000; ms += 170)
        for (const phone of phones) stage.at(ms, () => void phone.register())
    },
    (phones) => {
      for (const { heard, calls } of phones) {
        expect(heard.filter(({ text }) => text.startsWith('SIP/2.0 200')).length).toBeGreaterThan(80)
        expect(calls).toHaveLength(1)
      }
    },
  ),
  {
    name: 'phones are switched on in the middle',
    prepare(stage) {
      const phones: Phone[] = []
      const plug = (ms: number, number: number, onCall: OnCall) =>
        stage.at(ms, async () => phones.push(await plugIn(stage, number, onCall)))
      return {
        during() {
          plug(500, 0, rings)
          plug(2000, 1, refuses(486))
          plug(9000, 2, rings)
        },
        happened: () => expect(phones.map(({ calls }) => calls[0]?.status)).toEqual([487, 486, undefined]),
      }
    },
  },
]
