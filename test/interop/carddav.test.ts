import { expect, it } from 'vitest'
import type { ContactSource, Finding, PastCall } from '../../src/api/contract.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { startRadicale } from '../helpers/radicale.ts'
import { type RunningMachine, startMachine } from '../helpers/running-machine.ts'
import { sippCall } from '../helpers/sipp.ts'

const ACCOUNT = { name: 'cloud', user: 'ada', password: 'secret' }

async function sourceOf(machine: RunningMachine): Promise<ContactSource> {
  const [source] = (await (await machine.api('/contact-sources')).json()) as ContactSource[]
  if (!source) throw new Error('there is none')
  return source
}

/** Has the machine read the account now, and waits until it has. */
async function readAgain(machine: RunningMachine): Promise<ContactSource> {
  await machine.post('/contact-sources/cloud/sync', {})
  return eventually(async () => {
    const source = await sourceOf(machine)
    return !source.syncing && Date.parse(source.nextAt) > Date.now() && source
  })
}

const contactsOf = async (machine: RunningMachine) => {
  const { contacts } = (await (await machine.api('/contacts')).json()) as {
    contacts: { id: string; name: string; numbers: string[]; note: string; favourite: boolean }[]
  }
  return contacts.map(({ name, numbers }) => `${name}: ${numbers.join(' ')}`)
}

async function callFrom(machine: RunningMachine, number: string): Promise<PastCall> {
  const headers = [`P-Asserted-Identity: <sip:${number}@127.0.0.1>`]
  await using sipp = await sippCall({ to: machine.sip, user: 'home', scenario: 'caller-named', headers })
  expect(await sipp.ended, sipp.output()).toBe(0)
  return eventually(async () => {
    const { past } = (await (await machine.api('/calls')).json()) as { past: PastCall[] }
    return past.find((call) => call.callerNumber === number)
  })
}

describeWith(['radicale', 'sipp'], 'CardDAV, by Radicale', () => {
  it('a caller has the name of the address book, which is followed; what was set here stays', async () => {
    await using server = await startRadicale()
    await server.addBook('family', 'Family & friends')
    await server.addBook('work', 'Work')
    await server.put(
      'family',
      'u1',
      'VERSION:3.0',
      'FN:Ada & "Bo"',
      'N:Bo;Ada;;;',
      'TEL:030 1234567',
      'NOTE:hers',
    )
    await server.put('work', 'u2', 'VERSION:4.0', 'FN:Zoë', 'TEL;VALUE=uri:tel:+4930222')
    await using machine = await startMachine()
    await machine.post('/contacts', { name: 'Mine', numbers: ['+4930222'] })

    await machine.post('/contact-sources', { ...ACCOUNT, url: server.url })
    await eventually(async () => (await sourceOf(machine)).lastReadAt ?? undefined)
    const first = await sourceOf(machine)
    expect(first).toMatchObject({ contacts: 1, problem: null, syncing: false })
    expect(first.leftOut).toEqual([{ name: 'Zoë', numbers: ['+4930222'] }])
    expect(first.found.map(({ name }) => name).toSorted()).toEqual(['Family & friends', 'Work'])
    expect(JSON.stringify(first)).not.toContain(ACCOUNT.password)
    expect(await contactsOf(machine)).toEqual(['Ada & "Bo": 030 1234567', 'Mine: +4930222'])
    expect((await callFrom(machine, '+49301234567')).contact?.name).toBe('Ada & "Bo"')

    const shown = (await (await machine.api('/contacts?q=Ada')).json()) as { contacts: { id: string }[] }
    const id = shown.contacts[0]?.id ?? ''
    const change = async (body: object) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await machine.api(`/contacts/${id}`, {
        method: 'PATCH',
        headers,
        body: JSON.stringify(body),
      })
      return (await answer.json()) as { code?: string }
    }
    await change({ favourite: true, note: 'ours' })
    expect((await change({ name: 'Other' })).code).toBe('AP_CONTACT_SYNCED')

    // Another name, another place, a new one, and one that goes.
    await server.remove('family', 'u1')
    await server.put('work', 'u1', 'VERSION:3.0', 'FN:Ada L.', 'N:L;Ada;;;', 'TEL:030 1234567', 'NOTE:hers')
    await server.remove('work', 'u2')
    await server.put('work', 'u3', 'VERSION:3.0', 'FN:Cat', 'N:Cat;;;;', 'TEL:+4930333')
    expect(await readAgain(machine)).toMatchObject({ contacts: 2, leftOut: [], problem: null })
    expect(await contactsOf(machine)).toEqual(['Ada L.: 030 1234567', 'Cat: +4930333', 'Mine: +4930222'])
    const ada = await (await machine.api(`/contacts/${id}`)).json()
    expect(ada).toMatchObject({ name: 'Ada L.', favourite: true, note: 'ours', source: { name: 'cloud' } })

    await server.stop()
    const away = await readAgain(machine)
    expect(away.problem).toMatchObject({ code: 'AP_CARDDAV_UNREACHABLE' })
    expect(Date.parse(away.nextAt) - Date.now()).toBeLessThan(61_000)
    expect(away.contacts).toBe(2)
    const { findings } = (await (await machine.api('/doctor')).json()) as { findings: Finding[] }
    expect(findings).toContainEqual(
      expect.objectContaining({ area: 'contacts', level: 'warn', code: 'AP_CARDDAV_UNREACHABLE' }),
    )
    await server.start()
    expect((await readAgain(machine)).problem).toBeNull()

    await machine.cli('contacts', 'sync', 'set', 'cloud', '--password', 'wrong')
    await expect
      .poll(async () => (await sourceOf(machine)).problem?.code, { timeout: 10_000 })
      .toBe('AP_CARDDAV_LOGIN_REFUSED')
    expect((await sourceOf(machine)).contacts).toBe(2)

    await machine.cli('contacts', 'sync', 'remove', 'cloud')
    expect(await contactsOf(machine)).toEqual(['Mine: +4930222'])
    const audit = await (await machine.api('/audit')).text()
    expect(audit).toContain('contacts from cloud: password')
    expect(audit).not.toMatch(/secret|wrong/)
    await machine.process.stop()
  }, 60_000)

  it('by HTTPS with an authority of its own, by the command alone, of one book', async () => {
    await using server = await startRadicale({ tls: true })
    await server.addBook('family', 'Family')
    await server.addBook('work', 'Work')
    await server.put('family', 'u1', 'VERSION:3.0', 'FN:Ada', 'N:Ada;;;;', 'TEL:+49301')
    await server.put('work', 'u2', 'VERSION:3.0', 'FN:Bob', 'N:Bob;;;;', 'TEL:+49302')
    await using machine = await startMachine({ env: { NODE_EXTRA_CA_CERTS: server.authority } })
    await machine.post('/contact-sources', { ...ACCOUNT, url: server.url, books: ['Work'] })
    await eventually(async () => (await sourceOf(machine)).lastReadAt ?? undefined)
    expect(await contactsOf(machine)).toEqual(['Bob: +49302'])
    // The command has not been told of the authority.
    await expect(machine.cli('contacts', 'sync', 'now')).rejects.toMatchObject({
      stderr: expect.stringContaining('AP_CARDDAV_UNSAFE'),
    })
    expect(await machine.cli('contacts', 'sync', 'remove', 'cloud', '--keep')).toContain('your own now')
    expect(await contactsOf(machine)).toEqual(['Bob: +49302'])
    await machine.process.stop()
  }, 60_000)
})
