import type { Attestation, CallDetails, House, PastCall, SaidHeader } from '../../src/api/contract.ts'
import { withContact } from './fake-contacts.ts'
import type { FakeMachine } from './fake-machine.ts'
import { type Answer, type Ask, refuse } from './fake-routes.ts'

const COUNTRIES = ['AT', 'CA', 'CH', 'DE', 'DK', 'FR', 'GB', 'IT', 'NL', 'US']
let country: string | null = null

/** Who calls, and where the house is; undefined when it is about something else. */
export function answerCallers(machine: FakeMachine, ask: Ask, route: string): Answer | undefined {
  const [, id = ''] = ask.path.slice(1).split('/')
  switch (route) {
    case 'GET house':
      return { status: 200, json: house() }
    case 'PATCH house':
      country = (ask.body as { country: string | null }).country
      return { status: 200, json: house() }
    case 'GET calls/:id':
      return details(machine, id)
    default:
      return undefined
  }
}

const house = (): House =>
  country === null
    ? { country: 'DE', from: 'lines', countries: COUNTRIES }
    : { country, from: 'setting', countries: COUNTRIES }

function details(machine: FakeMachine, id: string): Answer {
  const live = machine.live.find((call) => call.id === id)
  const past = machine.past.find((call) => call.id === id)
  const call: PastCall | undefined =
    past ?? (live && { ...live, endedAt: null, outcome: null, messageId: null })
  if (!call) return refuse(404, 'AP_NOT_FOUND', 'There is no such call.')
  const told: CallDetails = { ...withContact(machine.settings.contacts, call), said: saidOf(call) }
  return { status: 200, json: told }
}

/** A few numbers are verified, and one is claimed by somebody whose it is not. */
export function attestationOf(callerNumber: string | null): Attestation | null {
  switch (callerNumber) {
    case '+442079460123':
      return { verdict: 'passed', level: 'A', by: 'signature' }
    case '+12025550147':
      return { verdict: 'failed', level: null, by: 'signature' }
    default:
      return null
  }
}

function saidOf({ callerNumber, callerName }: PastCall): SaidHeader[] {
  if (callerNumber === null)
    return [
      { header: 'From', value: '', number: null, name: null, reason: null },
      { header: 'Privacy', value: 'id', number: null, name: null, reason: null },
    ]
  const named = { number: callerNumber, name: callerName, reason: null }
  const name = callerName === null ? '' : `"${callerName}" `
  return [
    { header: 'From', value: `${name}<sip:${callerNumber}@provider.example>;tag=8f2`, ...named },
    {
      header: 'P-Asserted-Identity',
      value: `<sip:${callerNumber}@provider.example;user=phone>`,
      ...named,
      name: null,
    },
    {
      header: 'Diversion',
      value: '<sip:+493023125000@provider.example>;reason=no-answer;counter=1',
      number: '+493023125000',
      name: null,
      reason: 'no-answer',
    },
  ]
}
