import { describe, expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { openHouse } from '../../test/helpers/in-memory-house.ts'
import { is, isNot, ruleOf } from '../../test/helpers/rule-calls.ts'
import { rings } from '../../test/helpers/scripted-phone.ts'
import { callRow } from '../store/contract/sample-rows.contract.ts'

const PHONES = [{ name: 'desk' }, { name: 'sofa' }]
const GREETED_MS = 3800

describe('a call that a rule decides', () => {
  it('rings only the phones that it names, under its label, and any other may pick up', async () => {
    const rule = ruleOf('Desk', [is({ kind: 'who', are: ['stranger'] })], {
      kind: 'take',
      phones: ['phone-desk'],
      label: 'Office:',
    })
    await using house = await openHouse({ phones: PHONES, rules: [rule] })
    await using desk = await openPhone(house, 'desk', '192.0.2.11', { onCall: rings })
    await using sofa = await openPhone(house, 'sofa', '192.0.2.12', { onCall: rings })
    await house.invite()
    await house.pass(1000)
    expect(house.machine.liveCalls()).toMatchObject([
      { ringing: ['desk'], rule: { id: 'Desk', name: 'Desk' }, ringsAsEver: false },
    ])
    expect(desk.calls[0]?.invite).toContain('From: "Office: Alice" <')
    // Who comes late is rung no more than who was there.
    const again = sofa.register()
    await house.pass(500)
    await again
    expect(sofa.calls).toEqual([])
    const [call] = house.machine.liveCalls()
    expect(await house.machine.act(call?.id ?? '', 'pick-up', 'user:ada', { phone: 'sofa' })).toBe('done')
    await house.pass(500)
    expect(sofa.calls).toHaveLength(1)
  })

  it('leaves its message for junk, which a crash does not make new', async () => {
    const rule = ruleOf('Junk', [], { kind: 'take', phones: [], ringSeconds: 0, junk: true })
    await using house = await openHouse({ rules: [rule] })
    await house.invite()
    await house.ack()
    await house.pass(GREETED_MS)
    await house.speak(2000)
    await house.bye()
    await house.pass(200)
    expect(house.kept).toMatchObject([{ meta: { junk: true } }])
    expect([...house.rows.values()]).toMatchObject([{ ruleId: 'Junk', ruleName: 'Junk' }])
  })

  it.each([
    [[1, 9], 'Urgent'],
    [[1, 11], null],
    [[5], null],
  ])('counts the calls of the same caller from before the start: %j minutes ago', async (agos, ruleName) => {
    const startAt = Date.UTC(2026, 10, 27, 22)
    const earlier = agos.map((ago) => ({
      ...callRow(`earlier-${ago}`, { callerNumber: '+49301234' }),
      arrivedAt: startAt - ago * 60_000,
    }))
    const stranger = { ...callRow('other', { callerNumber: '+49309999' }), arrivedAt: startAt - 60_000 }
    const rule = ruleOf('Urgent', [is({ kind: 'calls', atLeast: 3, minutes: 10 })])
    await using house = await openHouse({ startAt, earlier: [...earlier, stranger], rules: [rule] })
    await house.invite()
    await house.pass(100)
    expect([...house.rows.values()].at(-1)).toMatchObject({ ruleName })
  })

  it('follows rules as they change, and calls in progress go on as they were planned', async () => {
    await using house = await openHouse()
    await house.invite()
    await house.pass(1000)
    house.rules.push(ruleOf('Busy', [isNot({ kind: 'suspected' })], { kind: 'refuse', as: 'busy' }))
    house.changed('rules')
    await house.pass(500)
    expect(house.caller.statuses('1 INVITE')).toEqual([100, 180])
    expect(house.machine.rules.rules.map(({ name }) => name)).toEqual(['Busy'])
    expect(house.machine.liveCalls()).toMatchObject([{ rule: null }])
  })
})
