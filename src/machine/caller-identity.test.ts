import { expect, it } from 'vitest'
import { openHouse } from '../../test/helpers/in-memory-house.ts'

const BERLIN = { country: 'DE', areaCode: '30', trustVerstat: true } as const

it('a call tells who is calling in E.164 and as people write it, beside what the line wrote', async () => {
  await using house = await openHouse({ line: { ...BERLIN, ringSeconds: 0 } })
  const headers = [
    'P-Asserted-Identity: <sip:7654321;verstat=TN-Validation-Passed-A@provider>',
    'Diversion: <sip:0301111111@provider>;reason=no-answer',
  ]
  await house.invite({ headers })
  const caller = { callerNumber: '7654321', callerE164: '+49307654321' }
  const attestation = { verdict: 'passed', level: 'A', by: 'verstat' }
  expect(house.machine.liveCalls()).toMatchObject([
    { ...caller, callerDisplay: '030 7654321', callerName: 'Alice', attestation },
  ])
  await house.ack()
  await house.pass(3800)
  await house.speak(2000)
  await house.bye()
  await house.pass(100)
  expect(house.kept).toMatchObject([{ meta: caller }])
  expect([...house.rows.values()]).toMatchObject([
    {
      ...caller,
      attestation,
      said: [
        { header: 'From', number: '+49301234' },
        { header: 'P-Asserted-Identity', number: '7654321' },
        { header: 'Diversion', number: '0301111111', reason: 'no-answer' },
      ],
    },
  ])
})

it('whoever is blocked on one line is so on all that know their country, however it is written', async () => {
  await using house = await openHouse({ line: BERLIN })
  await house.invite({ headers: ['P-Asserted-Identity: <sip:7654321@provider>'] })
  const id = house.machine.liveCalls()[0]?.id ?? ''
  await house.machine.act(id, 'block', 'user:ada')
  await house.pass(100)
  expect(house.blocked).toMatchObject([{ number: '+49307654321' }])
})

it('a number that is blocked as people write it is refused as the line writes it', async () => {
  await using house = await openHouse({ line: BERLIN, blocked: ['030 7654321'] })
  await house.invite({ headers: ['P-Asserted-Identity: <sip:7654321@provider>'] })
  expect(house.caller.statuses('1 INVITE').at(-1)).toBe(603)
})

it('contacts are known by numbers without a country code where the lines say where the house is', async () => {
  const mum = { id: 'm', name: 'Mum', note: '', favourite: false, numbers: ['030 7654321'] }
  await using house = await openHouse({ line: BERLIN, contacts: [mum] })
  expect(house.machine.contactOf('7654321', '+49307654321')).toMatchObject({ name: 'Mum' })
  expect(house.machine.contactOf('+437654321')).toBeNull()
})

it('a number that is written as a blocked one of another country is not refused', async () => {
  await using house = await openHouse({ line: BERLIN, blocked: ['+1 203 555 0100'] })
  await house.invite({ headers: ['P-Asserted-Identity: <sip:012035550100@provider>'] })
  expect(house.caller.statuses('1 INVITE').at(-1)).toBe(180)
})
