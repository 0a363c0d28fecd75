import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyRules, NUMBERS } from '../../test/helpers/any-rules.ts'
import { babble } from '../../test/helpers/babble.ts'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { type InMemoryHouse, openHouse } from '../../test/helpers/in-memory-house.ts'
import { rings } from '../../test/helpers/scripted-phone.ts'
import type { Gate } from '../call/plan.ts'
import { NO_NUMBERS, type NumberSet } from '../lists/number-set.ts'
import { decidingRule } from '../rules/decide.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'
import type { Mailbox } from '../store/model.ts'
import { previewCall, type Wondered, wonderedCaller } from './preview-call.ts'

const wondered: fc.Arbitrary<Wondered> = fc
  .record({
    number: fc.option(fc.constantFrom(...NUMBERS)),
    name: fc.constantFrom('Alice', 'SPAM likely'),
    signature: fc.constantFrom('A', 'C', 'wrong', null),
    suspected: fc.boolean(),
    divertedFrom: fc.option(fc.constantFrom(...NUMBERS)),
  })
  // Who withholds the number is nobody: with no name, and nothing to be proved.
  .map((caller) => (caller.number === null ? { ...caller, name: null, signature: null } : caller))

/** What such a call's INVITE says. */
function headersOf({ number, name, signature, suspected, divertedFrom }: Wondered): string[] {
  const verstat = signature && `TN-Validation-${signature === 'wrong' ? 'Failed' : `Passed-${signature}`}`
  const user = number?.replaceAll(' ', '')
  const asserted = `P-Asserted-Identity: ${name ? `"${name}" ` : ''}<sip:${user}${verstat ? `;verstat=${verstat}` : ''}@provider>`
  return [
    number === null ? 'Privacy: id' : asserted,
    ...(suspected ? ['Call-Info: <sip:rating@provider>;spam=90'] : []),
    ...(divertedFrom === null ? [] : [`Diversion: <sip:${divertedFrom.replaceAll(' ', '')}@provider>`]),
  ]
}

const BERLIN = { country: 'DE', areaCode: '30' }
const MAILBOX: Mailbox = {
  id: 'box',
  name: 'home',
  greetingId: null,
  language: 'en',
  longestSeconds: 60,
  shortestSeconds: 1,
  silenceSeconds: 0,
  afterPickUp: 'keep',
  mailTo: [],
  schedule: [],
  timeZone: 'Europe/Berlin',
  pinHash: null,
  machinesToJunk: true,
  quotaMessages: null,
  quotaMinutes: null,
  whenFull: 'take',
  keepNewDays: null,
  keepHeardDays: null,
  keepJunkDays: 30,
  keepTrashDays: 30,
}
/** One of the numbers that call, in E.164, and what a national one begins with. */
const LISTED: NumberSet = {
  ...NO_NUMBERS,
  world: Float64Array.of(49301234567),
  patterns: new Set(['49900*']),
}
/** As a caller does who wants to be put through. */
async function passGate(house: InMemoryHouse, gate: Gate): Promise<void> {
  await house.ack()
  await house.pass(6000)
  const type = ['Content-Type: application/dtmf-relay']
  if (gate.kind === 'key') await house.request('INFO', '5 INFO', type, `Signal=${gate.digit}`, 'info-5')
  else await house.speak(600, babble)
  if (gate.kind === 'name') await house.pass(1400)
  await house.pass(400)
}

const WEEK_MS = 7 * 24 * 3600_000

it('what is foretold of a call is what becomes of it, whatever the rules, the caller and the time', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      anyRules,
      wondered,
      fc.record({
        startAt: fc.nat(60 * WEEK_MS).map((later) => Date.UTC(2026, 0, 5) + later),
        earlier: fc.nat(3),
        counts: fc.array(fc.nat(4), { minLength: 2, maxLength: 2 }),
        blocked: fc.boolean(),
        favourite: fc.boolean(),
        tollSaverSeconds: fc.constantFrom(null, 6),
        internal: fc.constantFrom('ring' as const, 'answer' as const, 'ignore' as const),
      }),
      async (rules, caller, { startAt, earlier, counts, blocked, favourite, tollSaverSeconds, internal }) => {
        const calls = Array.from({ length: earlier }, (_, index) => ({
          ...callRow(`earlier-${index}`, { callerNumber: caller.number }),
          callerE164: wonderedCaller(caller, BERLIN).e164,
          arrivedAt: startAt - (index + 1) * 100_000,
        }))
        await using house = await openHouse({
          startAt,
          earlier: calls,
          line: { ...BERLIN, trustVerstat: true, tollSaverSeconds, internal, internalDigits: 3 },
          mailbox: MAILBOX,
          phones: [{ name: 'desk' }, { name: 'sofa' }],
          contacts: [{ id: 'mum', name: 'Mum', note: '', favourite, numbers: [NUMBERS[0]] }],
          blocked: blocked ? [NUMBERS[1], NUMBERS[2]] : [],
          rules,
          lists: { 'list-spam': LISTED },
        })
        for (const [place, state] of (['new', 'junk'] as const).entries())
          house.counts.push({ mailboxId: 'box', state, count: counts[place] ?? 0 })
        house.changed()
        await house.pass(200)
        await using _desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: rings })
        await using _sofa = await openPhone(house, 'sofa', '192.0.2.12', { onCall: rings })

        const [line] = house.machine.lines
        if (!line) throw new Error('no line')
        const facts = wonderedCaller(caller, line)
        const at = house.clock.now() + 1
        const foretold = previewCall(
          house.machine.rules,
          { caller: facts, line, mailbox: MAILBOX, at },
          () => false,
          { messagesWait: (counts[0] ?? 0) > 0 },
        )
        const startedAt = house.clock.monotonic()
        await house.invite({ headers: headersOf(caller) })
        await house.pass(500)
        const [call] = [...house.rows.values()].filter(({ id }) => !id.startsWith('earlier'))
        const rule = decidingRule(foretold.decision.by)
        expect({ id: call?.ruleId, name: call?.ruleName }).toEqual(rule ?? { id: null, name: null })

        const { plan, ours } = foretold
        seen.add(`${foretold.decision.by.kind} ${foretold.decision.action.kind}`)
        if (plan.gate) seen.add(`gate ${plan.gate.kind}`)
        const statuses = () => house.caller.statuses('1 INVITE')
        if (plan.refusal !== null) {
          expect(statuses().at(-1)).toBe(plan.refusal)
          return
        }
        const ringing = ours.phones?.map(house.machine.rules.phoneNamed) ?? ['desk', 'sofa']
        if (plan.gate) {
          expect(house.machine.liveCalls()).toMatchObject([{ phase: 'gate', gate: { kind: plan.gate.kind } }])
          expect(house.machine.liveCalls()[0]?.ringing).toEqual([])
          expect(new Set(statuses())).toEqual(new Set([100, 200]))
          await passGate(house, plan.gate)
        }
        const [live] = house.machine.liveCalls()
        if (plan.ringMs > 500)
          expect(live?.ringing).toEqual(['desk', 'sofa'].filter((name) => ringing.includes(name)))
        expect(live?.junk).toBe(ours.junk)
        if (plan.gate) {
          expect(live?.phase).toBe(plan.ringMs > 500 ? 'ringing' : 'greeting')
          await house.pass(plan.ringMs / 2)
          await house.speak(20) // a sign of life
          await house.pass(plan.ringMs / 2)
          expect(house.machine.liveCalls()).toMatchObject([{ phase: 'greeting' }])
          return
        }
        const rang = house.clock.monotonic() - startedAt
        await house.pass(Math.max(0, plan.ringMs - rang - 100))
        if (plan.ringMs > 1000) expect(statuses().at(-1)).toBe(180)
        await house.pass(200)
        expect(statuses().at(-1)).toBe(plan.answers ? 200 : 480)
      },
    ),
    { numRuns: 150 },
  )
  expect([...seen].sort()).toEqual([
    'blocked refuse',
    'gate key',
    'gate name',
    'line take',
    'rule refuse',
    'rule take',
  ])
})
