import { describe, expect, it } from 'vitest'
import { openPhone } from '../../test/helpers/house-phone.ts'
import { openHouse } from '../../test/helpers/in-memory-house.ts'
import { rings } from '../../test/helpers/scripted-phone.ts'

const PHONES = [{ name: 'desk' }]
const DESK = '192.0.2.11'

describe('phones', () => {
  it('show the caller as the owner knows him, in whatever way his number is written', async () => {
    const mum = { id: 'm', name: 'Mum "at home"', note: '', favourite: false, numbers: ['0049 30/1234'] }
    await using house = await openHouse({ phones: PHONES, contacts: [mum] })
    await using desk = await openPhone(house, 'desk', DESK, { onCall: rings })
    await house.invite()
    await house.pass(1000)
    expect(desk.calls[0]?.invite).toContain('From: "Mum \\"at home\\"" <sip:+49301234@192.0.2.2>')
    expect(desk.calls[0]?.invite).toMatch(/^P-Asserted-Identity: "Mum/m)
    expect(house.machine.liveCalls()).toMatchObject([{ callerName: 'Alice' }])
    expect([...house.rows.values()]).toMatchObject([{ callerName: 'Alice' }])

    house.contacts.splice(0, 1)
    house.changed('contacts')
    await house.pass(100)
    expect(house.machine.contactOf('+49301234')).toBeNull()
    expect(house.events).toContainEqual({ kind: 'contacts-changed' })
  })
})
