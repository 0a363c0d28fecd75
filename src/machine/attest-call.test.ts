import { expect, it } from 'vitest'
import { openHouse } from '../../test/helpers/in-memory-house.ts'
import type { SignedCall } from '../caller/stir/verify-identity.ts'
import type { Attestation } from '../shared/attestation.ts'

const LINE = { country: 'DE', areaCode: '30', number: '030 9999999' } as const
const PASSED = { verdict: 'passed', level: 'A', by: 'signature' } as const

/** A checker of signatures that answers when the test says so. */
function scriptedStir() {
  const asked: SignedCall[] = []
  const answer = Promise.withResolvers<Attestation | null>()
  const verify = async (_request: unknown, call: SignedCall) => {
    asked.push(call)
    return answer.promise
  }
  return { asked, answer, stir: { verify, close() {} } }
}

it('a signature is checked beside the call, and told when it is known', async () => {
  const { stir, asked, answer } = scriptedStir()
  await using house = await openHouse({ line: LINE, stir })
  await house.invite({ headers: ['P-Asserted-Identity: <sip:7654321@provider>'] })
  // The caller hears that it rings, whatever the certificate takes.
  expect(house.caller.statuses('1 INVITE')).toEqual([100, 180])
  expect(asked).toMatchObject([{ caller: '+49307654321', dialled: expect.arrayContaining(['+49309999999']) }])
  expect(house.machine.liveCalls()[0]?.attestation).toBeNull()
  answer.resolve(PASSED)
  await house.pass(10)
  expect(house.machine.liveCalls()[0]?.attestation).toEqual(PASSED)
  expect(house.events.at(-1)).toMatchObject({ kind: 'call-changed', call: { attestation: PASSED } })
  expect([...house.rows.values()]).toMatchObject([{ attestation: PASSED }])
})

it('that comes after the call is written down with it', async () => {
  const { stir, answer } = scriptedStir()
  await using house = await openHouse({ line: LINE, stir })
  await house.invite()
  await house.cancel()
  await house.pass(100)
  expect(house.machine.liveCalls()).toEqual([])
  const told = house.events.length
  answer.resolve(PASSED)
  await house.pass(100)
  expect([...house.rows.values()]).toMatchObject([{ outcome: 'abandoned', attestation: PASSED }])
  expect(house.events).toHaveLength(told)
})

it('is not asked for where the number is withheld, and what is not certain changes nothing', async () => {
  const { stir, asked, answer } = scriptedStir()
  await using house = await openHouse({ line: { ...LINE, trustVerstat: true }, stir })
  await house.invite({ headers: ['Privacy: id'] })
  expect(asked).toEqual([])
  await house.cancel()
  await house.pass(100)
  answer.resolve(null)
})

it('that is not certain leaves the word of the provider as it is', async () => {
  const { stir, answer } = scriptedStir()
  await using house = await openHouse({ line: { ...LINE, trustVerstat: true }, stir })
  await house.invite({ headers: ['P-Asserted-Identity: <sip:+49307654321;verstat=TN-Validation-Passed@p>'] })
  answer.resolve(null)
  await house.pass(100)
  expect(house.machine.liveCalls()[0]?.attestation).toEqual({ verdict: 'passed', level: null, by: 'verstat' })
})
