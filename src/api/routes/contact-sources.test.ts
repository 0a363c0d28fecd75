import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import type { ContactSource, Problem } from '../contract.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

async function ask<Answer>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) {
  const url = `/api/v1/contact-sources${path}`
  const answer = await desk.api.inject({ method, url, headers: desk.asToken, ...(payload && { payload }) })
  return { status: answer.statusCode, json: (answer.body === '' ? undefined : answer.json()) as Answer }
}
const CLOUD = { name: 'cloud', url: 'https://dav.example/', user: 'ada', password: 'not shown' }

describe('where contacts come from', () => {
  it('is added, changed, asked to be read, and removed, by owners, without its password being shown', async () => {
    const added = await ask<ContactSource>('POST', '', CLOUD)
    expect(added).toMatchObject({
      status: 201,
      json: { name: 'cloud', books: null, intervalMinutes: 60, contacts: 0, syncing: false, problem: null },
    })
    expect(JSON.stringify(added)).not.toContain(CLOUD.password)
    const headers = await desk.logIn('max', 'member')
    expect((await desk.api.inject({ url: '/api/v1/contact-sources', headers })).statusCode).toBe(403)

    const change = { books: ['Family'], intervalMinutes: 30 }
    expect((await ask('PATCH', '/cloud', change)).json).toMatchObject(change)
    const elsewhere = await ask<Problem>('PATCH', '/cloud', { url: 'https://other.example/' })
    expect(elsewhere.json.message).toContain('Give the password again')
    const { id } = added.json
    await desk.store.contactSources.set(id, { nextAt: desk.clock.now() + 9999 })
    expect((await ask<ContactSource>('POST', '/cloud/sync')).json.syncing).toBe(false)
    expect(await desk.store.contactSources.claim(desk.clock.now(), desk.clock.now() + 1)).toMatchObject({
      id,
    })
    expect((await ask<ContactSource>('POST', '/cloud/sync')).json.syncing).toBe(true)
    expect((await ask<Problem>('POST', '', CLOUD)).json.code).toBe('AP_NAME_TAKEN')
    for (const wrong of [
      { url: 'ftp://x/' },
      { url: 'https://a:b@x/' },
      { intervalMinutes: 4 },
      { user: '' },
    ])
      expect((await ask<Problem>('POST', '', { ...CLOUD, ...wrong })).json.code).toBe('AP_INPUT_INVALID')
    expect((await ask('DELETE', '/cloud')).status).toBe(204)
    expect((await ask<Problem>('DELETE', '/cloud')).json.code).toBe('AP_NOT_FOUND')
    const { rows } = await desk.store.audit.list({ limit: 9 })
    expect(rows.map(({ detail }) => detail).toSorted()).toEqual([
      'contacts from cloud: added',
      'contacts from cloud: books, intervalMinutes',
      'contacts from cloud: removed',
    ])
  })

  it('alone says name and numbers of its contacts, which go with it, or become our own', async () => {
    const { contacts, contactSources } = desk.store
    for (const what of ['remove', 'keep']) {
      await ask('POST', '', CLOUD)
      const { id: sourceId } = (await contactSources.get('cloud')) ?? { id: '' }
      const { id } = await contacts.add({ name: 'Ada', note: '', numbers: ['1'] })
      const card = { name: 'Ada', note: '', numbers: ['1'] }
      const place = { href: '/1', book: '/', uid: 'u', etag: 'e' }
      await contactSources.putCard({ ...place, sourceId, card, contactId: id, leftOut: ['2'] })
      const contact = `/api/v1/contacts/${id}`
      const change = async (method: 'PATCH' | 'DELETE', payload?: object) =>
        (
          await desk.api.inject({ method, url: contact, headers: desk.asToken, ...(payload && { payload }) })
        ).json()
      expect(
        await change('PATCH', { favourite: true, note: 'n', name: 'Ada', numbers: ['1'] }),
      ).toMatchObject({
        ...{ favourite: true, note: 'n', source: { id: sourceId, name: 'cloud' } },
      })
      for (const refused of [
        change('PATCH', { name: 'B' }),
        change('PATCH', { numbers: ['3'] }),
        change('DELETE'),
      ])
        expect(await refused).toMatchObject({ code: 'AP_CONTACT_SYNCED' })
      expect((await ask<ContactSource[]>('GET', '')).json).toMatchObject([
        { contacts: 1, leftOut: [{ name: 'Ada', numbers: ['2'] }] },
      ])
      expect((await ask('DELETE', `/cloud?contacts=${what}`)).status).toBe(204)
      expect(await contacts.list()).toHaveLength(what === 'keep' ? 1 : 0)
    }
    expect((await ask('GET', '/cloud')).status).toBe(404)
  })
})
