import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { contactFinder } from '../../machine/contact-finder.ts'
import type { Contact, ContactImport, Problem } from '../contract.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

async function ask<Answer>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) {
  const url = `/api/v1/${path}`
  const answer = await desk.api.inject({ method, url, headers: desk.asToken, ...(payload && { payload }) })
  return { status: answer.statusCode, json: (answer.body === '' ? undefined : answer.json()) as Answer }
}

const takeIn = (...lines: string[]) => upload(lines.join('\r\n'), 'text/vcard')

async function upload(payload: string | Buffer, type: string, query = ''): Promise<ContactImport> {
  const answering = desk.api.inject({
    method: 'POST',
    url: `/api/v1/contacts/import${query}`,
    headers: { ...desk.asToken, 'content-type': type },
    payload,
  })
  let answered = false
  void answering.then(() => {
    answered = true
  })
  while (!answered) {
    await new Promise((next) => setImmediate(next))
    desk.clock.advance(5)
  }
  return (await answering).json()
}
const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD']

describe('contacts', () => {
  const ada = { name: 'Ada', numbers: ['+49 30 1234567'] }

  it('are added, listed, found, changed and removed, by members too, and written down', async () => {
    const headers = await desk.logIn('max', 'member')
    const added = await desk.api.inject({ method: 'POST', url: '/api/v1/contacts', headers, payload: ada })
    expect(added.statusCode).toBe(201)
    const { id } = added.json<Contact>()
    expect(added.json()).toEqual({ ...ada, id, note: '', favourite: false, source: null })
    expect((await ask('GET', 'contacts?q=0301234')).json).toEqual({
      ...{ contacts: [{ ...ada, id, note: '', favourite: false, source: null }], nextCursor: null, total: 1 },
    })
    expect((await ask('GET', 'contacts?q=bob')).json).toEqual({ contacts: [], nextCursor: null, total: 0 })
    const changed = await ask('PATCH', `contacts/${id}`, {
      note: ' the plumber ',
      numbers: ['620'],
      favourite: true,
    })
    expect(changed.json).toEqual({
      ...{ id, name: 'Ada', note: 'the plumber', favourite: true, numbers: ['620'] },
      source: null,
    })
    expect((await ask('GET', `contacts/${id}`)).json).toEqual(changed.json)
    expect((await ask('DELETE', `contacts/${id}`)).status).toBe(204)
    expect((await ask('GET', `contacts/${id}`)).status).toBe(404)
    const { rows } = await desk.store.audit.list({ limit: 9 })
    expect(rows.map(({ who, act, detail }) => `${who} ${act} ${detail}`).toSorted()).toEqual([
      'token:script contact-changed Ada',
      'token:script contact-removed Ada',
      'user:max contact-added Ada',
    ])
  })

  it('say what is wrong, and who has a number already', async () => {
    await ask('POST', 'contacts', ada)
    const refused = async (contact: object) => {
      const { status, json } = await ask<Problem>('POST', 'contacts', contact)
      return `${status} ${json.code}: ${json.message}`
    }
    expect(await refused({ ...ada, name: 'Bob', numbers: ['030 1234567'] })).toMatch(
      /^409 AP_CONTACT_NUMBER_TAKEN: .*030 1234567 is in the contact "Ada"/,
    )
    expect(await refused({ name: 'Bob', numbers: [] })).toMatch(/^400 .*one number at least/)
    expect(await refused({ name: 'Bob', numbers: ['++'] })).toMatch(/^400 .*write a number like/)
    expect(await refused({ name: 'B\nob', numbers: ['1'] })).toMatch(/^400 .*in one line/)
  })

  it('name callers in messages and calls, beside the name that the line sent', async () => {
    const { json: contact } = await ask<Contact>('POST', 'contacts', ada)
    desk.machine.contactOf = contactFinder(await desk.store.contacts.list())
    const { id } = await desk.leaveMessage({ callerNumber: '0049301234567', callerName: 'GMBH' })
    const known = { callerName: 'GMBH', contact: { id: contact.id, name: 'Ada' } }
    expect((await ask('GET', `messages/${id}`)).json).toMatchObject(known)
    expect((await ask('GET', 'messages?q=ada')).json).toMatchObject({ messages: [known] })
    expect((await ask('GET', 'messages?caller=030%201234567')).json).toMatchObject({ messages: [known] })
    await desk.leaveMessage({ callerNumber: null })
    expect((await ask('GET', 'messages?limit=1')).json).toMatchObject({ messages: [{ contact: null }] })
  })
})

describe('a vCard file', () => {
  it('is taken in; twice changes nothing; more numbers of a name are added', async () => {
    const file = [
      ...card('FN:Ada', 'TEL:+49 30 1', 'TEL:030 1', 'NOTE:x'),
      ...card('FN:Bob', 'TEL;TYPE=home:620'),
    ]
    const nothing = { added: 0, changed: 0, unchanged: 0, withoutNumber: 0, problems: [] }
    expect(await takeIn(...file)).toMatchObject({ ...nothing, added: 2, dryRun: false, columns: null })
    expect(await takeIn(...file)).toMatchObject({ ...nothing, unchanged: 2, people: [] })
    expect(await takeIn(...card('N:;Ada;;;', 'TEL:621'), ...card('FN:Eve'))).toMatchObject({
      ...nothing,
      changed: 1,
      withoutNumber: 1,
    })
    expect(await desk.store.contacts.list()).toMatchObject([
      { name: 'Ada', note: 'x', numbers: ['+49 30 1', '030 1', '621'] },
      { name: 'Bob', numbers: ['620'] },
    ])
  })

  it('gives a name two numbers that end alike, and looks so before', async () => {
    await ask('POST', 'contacts', { name: 'Tan', numbers: ['+65 6812 3456'] })
    const numbers = ['+47 22 12 34 56', '+1 472 212 3456', '+1 656 812 3456']
    const file = card('FN:Nils', ...numbers.map((number) => `TEL:${number}`)).join('\r\n')
    for (const query of ['?dryRun=true', ''])
      expect(await upload(file, 'text/vcard', query)).toMatchObject({ added: 1, problems: [] })
    expect(await desk.store.contacts.list('Nils')).toMatchObject([{ numbers }])
  })

  it('tells what it could not take, by line, and takes the rest', async () => {
    await ask('POST', 'contacts', { name: 'Ada', numbers: ['620'] })
    const many = Array.from({ length: 30 }, (_, n) => card(`FN:Person ${n}`, `TEL:70${n}0`)).flat()
    const done = await takeIn(...card('FN:Bob', 'TEL:620', 'TEL:none!', 'TEL:-', 'TEL:622'), 'what?', ...many)
    expect(done).toMatchObject({ added: 31 })
    expect(done.problems).toEqual([
      { line: 4, problem: 'number-taken', text: expect.stringContaining('"Ada"') },
      { line: 6, problem: 'number-unusable', text: '-' },
      { line: 9, problem: 'not-vcard', text: 'what?' },
    ])
  })

  it('is given out, for an address book to read', async () => {
    await ask('POST', 'contacts', { name: 'Ada', numbers: ['620'], note: 'a\nb' })
    const answer = await desk.api.inject({
      method: 'GET',
      url: '/api/v1/contacts/export',
      headers: desk.asToken,
    })
    expect(answer.headers['content-type']).toBe('text/vcard; charset=utf-8')
    expect(answer.headers['content-disposition']).toContain('contacts.vcf')
    expect(answer.body).toMatch(
      /^BEGIN:VCARD\r\nVERSION:4.0\r\nUID:\w+\r\nFN:Ada\r\nTEL:620\r\nNOTE:a\\nb\r\nEND:VCARD\r\n$/,
    )
  })
})

describe('a CSV file', () => {
  const file = Buffer.from(
    'Vorname;Nachname;Telefon privat;Geburtstag\nZoë;Groß;030 1234567;1.1.\nBob;;620;',
    'latin1',
  )

  it('is looked at without a change, then taken in, and tells the columns that it does not know', async () => {
    await ask('POST', 'contacts', { name: 'Bob', numbers: ['0049 30 1234567'] })
    const came = {
      ...{ added: 0, changed: 1, unchanged: 0, columns: { used: ['Vorname', 'Nachname', 'Telefon privat'] } },
      people: [{ name: 'Bob', outcome: 'changed' }],
      problems: [{ line: 2, problem: 'number-taken', text: expect.stringContaining('"Bob"') }],
    }
    const before = await desk.store.contacts.list()
    const dry = await upload(file, 'text/csv; charset=windows-1252', '?dryRun=true')
    expect(dry).toMatchObject({ ...came, dryRun: true, columns: { unknown: ['Geburtstag'] } })
    expect(await desk.store.contacts.list()).toEqual(before)
    expect(await upload(file, 'text/csv')).toMatchObject({ ...came, dryRun: false })
    expect(await desk.store.contacts.list()).toMatchObject([
      { name: 'Bob', numbers: ['0049 30 1234567', '620'] },
    ])
    const others = Buffer.from('Name,Number\nZoë Groß,030 7')
    expect(await upload(others, 'text/csv')).toMatchObject({ added: 1, people: [{ name: 'Zoë Groß' }] })
    expect(await upload(others, 'text/csv', '?dryRun=true')).toMatchObject({ added: 0, unchanged: 1 })
    const { rows } = await desk.store.audit.list({ limit: 9 })
    expect(rows.filter(({ detail }) => detail.startsWith('CSV'))).toHaveLength(2)
  })
})
