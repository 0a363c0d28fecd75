import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { callRow, messageRow } from '../../store/contract/sample-rows.contract.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

async function ask(method: 'GET' | 'PATCH' | 'POST' | 'DELETE', path: string, payload?: object) {
  const url = `/api/v1/${path}`
  const answer = await desk.api.inject({ method, url, headers: desk.asToken, ...(payload && { payload }) })
  return { status: answer.statusCode, json: answer.json() }
}

describe('who called', () => {
  const caller = { callerNumber: '1234567', callerE164: '+49301234567' }
  const said = [
    { header: 'From', value: '<sip:1234567@x>', number: '1234567', name: null, reason: null },
  ] as const
  const attestation = { verdict: 'passed', level: 'A', by: 'signature' } as const

  it('is told as the line wrote it, in E.164, as people write it, and header by header', async () => {
    const [line] = await desk.store.lines.list()
    await desk.store.lines.set(line?.id ?? '', { country: 'DE' })
    await desk.store.calls.add(callRow('c1', { lineId: line?.id ?? '', ...caller, said, attestation }))
    await desk.store.calls.end('c1', { answeredAt: null, endedAt: 500, outcome: 'hung-up', messageId: null })
    const shown = { ...caller, callerDisplay: '030 1234567', attestation }
    expect((await ask('GET', 'calls/c1')).json).toMatchObject({ id: 'c1', ...shown, said })
    const { past } = (await ask('GET', 'calls')).json
    expect(past).toMatchObject([{ id: 'c1', ...shown }])
    expect(past[0]).not.toHaveProperty('said')
    expect((await ask('GET', 'calls/c2')).json.code).toBe('AP_NOT_FOUND')
    // Asked for as it is written where the lines are.
    expect((await ask('GET', 'calls?caller=030%201234567')).json.past).toHaveLength(1)
    expect((await ask('GET', 'calls?caller=%2B431234567')).json.past).toHaveLength(0)
  })
})

describe('where the house is', () => {
  it('is as all lines say, until somebody sets it', async () => {
    expect((await ask('GET', 'house')).json).toMatchObject({ country: null, from: null })
    const [line] = await desk.store.lines.list()
    await desk.store.lines.set(line?.id ?? '', { country: 'DE' })
    const { json } = await ask('GET', 'house')
    expect(json).toMatchObject({ country: 'DE', from: 'lines' })
    expect(json.countries).toContain('CH')
    expect((await ask('PATCH', 'house', { country: 'AT' })).json).toMatchObject({
      country: 'AT',
      from: 'setting',
    })
    expect((await ask('PATCH', 'house', { country: null })).json.country).toBe('DE')
    for (const country of ['ZZ', 'de', 'Germany', 7])
      expect((await ask('PATCH', 'house', { country })).json.code, String(country)).toBe('AP_INPUT_INVALID')
  })
})

describe("a caller's page", () => {
  const e164 = '+49301234567'

  async function called(): Promise<void> {
    const { store } = desk
    const [line] = await store.lines.list()
    const [mailbox] = await store.mailboxes.list()
    const [lineId, mailboxId] = [line?.id ?? '', mailbox?.id ?? '']
    await store.lines.set(lineId, { country: 'DE' })
    const from = (callerNumber: string, known: string | null) => ({ callerNumber, callerE164: known })
    // From before the line had a country, in E.164, and from another.
    await store.calls.add(
      callRow('c1', { lineId, ...from('030 1234567', null), callerName: 'Eve', arrivedAt: 100 }),
    )
    await store.calls.add(
      callRow('c2', { lineId, ...from('1234567', e164), callerName: 'Eve', arrivedAt: 300 }),
    )
    await store.calls.add(callRow('c3', { lineId, ...from('+43301234567', '+43301234567'), arrivedAt: 400 }))
    for (const id of ['c1', 'c2', 'c3'])
      await store.calls.end(id, { answeredAt: null, endedAt: 500, outcome: 'hung-up', messageId: null })
    const message = { ...messageRow(mailboxId, 'm1', from('0301234567', e164)), lineId, receivedAt: 200 }
    await store.messages.add(message)
    await store.messages.add({ ...message, id: 'm2', receivedAt: 250, state: 'trash', trashedAt: 260 })
  }
  const history = async (path: string) => {
    const { entries, nextCursor } = (await ask('GET', `callers/${path}`)).json
    const ids = entries.map(
      (entry: { call?: { id: string }; message?: { id: string } }) => (entry.call ?? entry.message)?.id,
    )
    return { ids: ids.join(' '), nextCursor }
  }

  it('has all calls and messages in order of time, by pages, however the number was written', async () => {
    await called()
    const eve = (await ask('GET', 'callers/030%201234567')).json
    expect(eve).toMatchObject({ key: e164, contact: null, name: 'Eve', class: 'unknown', note: '' })
    expect(eve.numbers).toEqual([{ number: '030 1234567', e164, display: '030 1234567', blockedAs: null }])
    expect(await history('%2B49301234567/history')).toEqual({ ids: 'c2 m1 c1', nextCursor: null })
    const first = await history('%2B49301234567/history?limit=2')
    expect(first).toEqual({ ids: 'c2 m1', nextCursor: expect.any(String) })
    expect(await history(`%2B49301234567/history?limit=2&cursor=${first.nextCursor}`)).toEqual({
      ...{ ids: 'c1', nextCursor: null },
    })
    const all = (await ask('GET', 'callers/%2B49301234567/export')).json
    expect(all.calls.map(({ id }: { id: string }) => id)).toEqual(['c2', 'c1'])
    expect(all.messages.map(({ id }: { id: string }) => id)).toEqual(['m2', 'm1'])
    const noted = (await desk.store.audit.list({ limit: 9 })).rows
    expect(noted).toMatchObject([{ act: 'caller-exported', detail: 'Eve' }])
    for (const nobody of ['%2B4940', 'callers', '%20', 'Eve'])
      expect((await ask('GET', `callers/${nobody}`)).status, nobody).toBe(404)
  })

  it('forgets calls, traces and notes for good where it is asked to, and leaves messages and what goes on', async () => {
    await called()
    const { store } = desk
    const [line] = await store.lines.list()
    await store.calls.add(
      callRow('now', { lineId: line?.id ?? '', callerNumber: e164, callerE164: e164, arrivedAt: 900 }),
    )
    const packed = Buffer.from([1])
    for (const id of ['c1', 'c3', 'now'])
      await store.traces.add({ id, kind: 'call', title: e164, startedAt: 1, endedAt: 2, packed })
    await ask('PATCH', 'callers/030%201234567', { note: 'sells tiles' })
    expect(await ask('DELETE', 'callers/030%201234567')).toEqual({ status: 200, json: { calls: 2 } })
    const left = (await store.calls.list({ limit: 9 })).rows.map(({ id }) => id)
    expect(left).toEqual(['now', 'c3'])
    expect((await store.traces.list({ limit: 9 })).rows.map(({ id }) => id).sort()).toEqual(['c3', 'now'])
    expect((await ask('GET', 'callers/030%201234567')).json.note).toBe('')
    expect((await store.messages.get('m1'))?.state).toBe('new')
    const noted = (await store.audit.list({ limit: 1 })).rows
    expect(noted).toMatchObject([{ act: 'caller-forgotten', detail: '2 calls' }])
    expect((await ask('DELETE', 'callers/%2B4940')).json.code).toBe('AP_CALLER_UNKNOWN')
  })

  it('has all messages put away at once, of all numbers of a contact, and had back', async () => {
    await called()
    const [mailbox] = await desk.store.mailboxes.list()
    await desk.store.messages.add(messageRow(mailbox?.id ?? '', 'm3', { callerNumber: '0171 7654321' }))
    await desk.store.messages.add(messageRow(mailbox?.id ?? '', 'm4', { callerNumber: '0171 1' }))
    const numbers = ['030 1234567', '0171 7654321']
    const { id } = (await ask('POST', 'contacts', { name: 'Eva', numbers })).json
    const all = { caller: id, state: 'new,heard,junk' }
    const done = (await ask('POST', 'messages/batch', { act: 'trash', all })).json
    expect(done.count).toBe(2)
    expect((await desk.store.messages.list({ limit: 9 })).rows.map((message) => message.id)).toEqual(['m4'])
    const back = { caller: id, state: 'trash', changedAt: done.changedAt }
    expect((await ask('POST', 'messages/batch', { act: 'restore', all: back })).json.count).toBe(2)
    expect((await desk.store.messages.get('m2'))?.state).toBe('trash')
  })

  it('has a note, which the contact takes over with the number, and finds its calls', async () => {
    await called()
    const noted = (await ask('PATCH', 'callers/030%201234567', { note: ' sells tiles ' })).json
    expect(noted).toMatchObject({ note: 'sells tiles', contact: null })
    expect((await ask('GET', 'calls?q=tiles')).json.past).toHaveLength(2)
    const headers = desk.asToken
    const payload = { name: 'Eva', numbers: ['030 1234567', '0171 7654321'], favourite: true }
    const added = await desk.api.inject({ method: 'POST', url: '/api/v1/contacts', headers, payload })
    const { id } = added.json()
    const eva = (await ask('GET', `callers/${id}`)).json
    expect(eva).toMatchObject({ key: id, name: 'Eva', class: 'favourite', note: 'sells tiles' })
    expect(eva.numbers).toHaveLength(2)
    await ask('PATCH', `callers/${id}`, { note: 'sells carpets' })
    expect((await desk.store.contacts.get(id))?.note).toBe('sells carpets')
    expect(await history(`${id}/history?q=carpets`)).toMatchObject({ ids: 'c2 m1 c1' })
    await desk.api.inject({
      ...{ method: 'POST', url: '/api/v1/blocked', headers },
      payload: { number: '0049 30 1234567' },
    })
    const blocked = (await ask('GET', `callers/${id}`)).json
    expect(blocked).toMatchObject({ class: 'blocked' })
    expect(blocked.numbers[0].blockedAs).toBe('+49301234567')
  })

  it('is not shown as blocked for a number of another country that is written alike', async () => {
    await desk.store.settings.set('country', 'DE')
    await desk.store.blocked.add({ number: '+12035550100', name: null, at: 0, by: 'console' })
    await ask('PATCH', 'callers/012035550100', { note: 'of Germany' })
    const caller = (await ask('GET', 'callers/012035550100')).json
    expect(caller.numbers).toMatchObject([{ e164: '+4912035550100', blockedAs: null }])
  })
})
