import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import type { Rule, RuleList, RulePreview } from '../contract.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

async function ask<Json>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path = '', payload?: object) {
  const answer = await desk.api.inject({
    method,
    url: `/api/v1/rules${path}`,
    headers: desk.asToken,
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, json: (answer.body ? answer.json() : undefined) as Json }
}
const QUIET = {
  name: 'Quiet',
  when: [{ kind: 'hours', spans: [{ days: ['sun'], from: '20:00', to: '08:00' }] }],
  action: { kind: 'take', phones: [] },
}

describe('rules', () => {
  it('are added, listed in order with their sentences, moved, changed and removed, and written down', async () => {
    const added = await ask<Rule>('POST', '', QUIET)
    expect(added).toMatchObject({
      status: 201,
      json: {
        enabled: true,
        noticeable: false,
        says: {
          en: 'If it is Sunday between 20:00 and 08:00: no phone rings.',
          de: 'Wenn es Sonntag zwischen 20:00 und 08:00 Uhr ist: kein Telefon klingelt.',
        },
      },
    })
    const { id } = added.json
    await ask('POST', '', {
      name: 'Fax',
      when: [{ kind: 'line', lines: ['home'] }],
      action: { kind: 'refuse', as: 'busy' },
      place: 0,
    })
    const list = (await ask<RuleList>('GET')).json
    expect(list.rules.map(({ name, noticeable }) => `${name} ${noticeable}`)).toEqual([
      'Fax true',
      'Quiet false',
    ])
    expect(list.readyMade.map(({ key }) => key)).toContain('night')
    expect(list.regions).toContain('DE-BY')
    const moved = await ask<RuleList>('POST', `/${id}/move`, { place: 0 })
    expect(moved.json.rules.map(({ name }) => name)).toEqual(['Quiet', 'Fax'])
    expect((await ask<Rule>('PATCH', `/${id}`, { enabled: false, when: [] })).json).toMatchObject({
      enabled: false,
      says: { en: 'At every call: no phone rings.' },
    })
    expect((await ask('DELETE', `/${id}`)).status).toBe(204)
    expect((await ask('GET', `/${id}`)).status).toBe(404)
    const { rows } = await desk.store.audit.list({ limit: 9 })
    expect(rows.map(({ act }) => act).toSorted()).toEqual([
      'rule-added',
      'rule-added',
      'rule-changed',
      'rule-changed',
      'rule-removed',
    ])
  })

  it('are for owners to change, and for all to read and try', async () => {
    const headers = await desk.logIn('max', 'member')
    const asMember = (method: 'GET' | 'POST', path: string, payload?: object) =>
      desk.api.inject({ method, url: `/api/v1/rules${path}`, headers, ...(payload && { payload }) })
    expect((await asMember('GET', '')).statusCode).toBe(200)
    expect((await asMember('POST', '/preview', {})).statusCode).toBe(200)
    expect((await asMember('POST', '', QUIET)).statusCode).toBe(403)
  })

  it.each([
    [{ ...QUIET, name: '' }],
    [{ ...QUIET, when: [{ kind: 'number', like: ['*'] }] }],
    [{ ...QUIET, when: [{ kind: 'name', has: [' '] }] }],
    [{ ...QUIET, when: [{ kind: 'hours', spans: [] }] }],
    [{ ...QUIET, when: [{ kind: 'dates', spans: [{ from: '12-24', to: '2026-12-26' }] }] }],
    [{ ...QUIET, when: [{ kind: 'calls', atLeast: 3, minutes: 1441 }] }],
    [{ ...QUIET, when: [{ kind: 'regex', of: '.*' }] }],
    [{ ...QUIET, when: Array(21).fill({ kind: 'suspected' }) }],
    [{ ...QUIET, action: { kind: 'take', ringSeconds: 121 } }],
    [{ ...QUIET, action: { kind: 'take', label: 'a\u202eb' } }],
  ])('refuse what is none: %j', async (rule) => expect((await ask('POST', '', rule)).status).toBe(400))
})

describe('a preview', () => {
  it('says which rule decides and why, by the clock of the mailbox', async () => {
    await desk.store.mailboxes.set('home', { timeZone: 'America/New_York' })
    await ask('POST', '', QUIET)
    const preview = (at: string, more = {}) =>
      ask<RulePreview>('POST', '/preview', { from: '+49301234567', at, ...more })
    expect((await preview('2026-11-29T22:00')).json).toMatchObject({
      at: '2026-11-30T03:00:00.000Z',
      timeZone: 'America/New_York',
      decidedBy: { kind: 'rule', name: 'Quiet' },
      noticeable: false,
      caller: { refused: null, answersAfterSeconds: 18 },
      owner: { phones: [] },
      rules: [{ verdict: 'applies', decides: true, conditions: [{ holds: true }] }],
    })
    expect((await preview('2026-11-29T22:00Z')).json.decidedBy.kind).toBe('line')
    const drafts = { rules: [{ name: 'All', action: { kind: 'refuse', as: 'unobtainable' } }] }
    expect((await preview('2026-11-29T22:00Z', drafts)).json).toMatchObject({
      decidedBy: { kind: 'rule', name: 'All' },
      noticeable: true,
      caller: { refused: 404, answersAfterSeconds: null },
    })
    expect((await preview('yesterday')).status).toBe(400)
    expect((await ask('POST', '/preview', { line: 'none' })).status).toBe(404)
  })
})
