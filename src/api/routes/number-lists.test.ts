import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { silentLog } from '../../shared/log.ts'
import { addNumberList } from '../acts/number-lists.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
const ask = (method: Method, path: string, payload?: object | string) =>
  desk.api.inject({
    method,
    url: `/api/v1/number-lists${path}`,
    headers: {
      ...desk.asToken,
      ...(typeof payload === 'string' && { 'content-type': 'application/octet-stream' }),
    },
    ...(payload !== undefined && { payload }),
  })
const URL_LIST = { name: 'spam', kind: 'url', url: 'https://lists.example/a?key=secret', token: 'hidden' }

describe('block lists', () => {
  it('are left alone by the machine while a command that has added one fetches it', async () => {
    const { store, clock } = desk
    const input = { ...URL_LIST, kind: 'url' as const }
    const { nextAt } = await addNumberList({ store, clock, log: silentLog, who: 'console' }, input, 90_000)
    expect(nextAt).toBe(clock.now() + 90_000)
  })

  it('are added, fetched, changed and removed, and never show what lets in', async () => {
    const added = await ask('POST', '', URL_LIST)
    expect(added.statusCode).toBe(201)
    expect(added.json()).toMatchObject({
      ...{ name: 'spam', url: 'https://lists.example/a?…', hasToken: true, count: 0, readAt: null },
    })
    const { id } = added.json()
    expect((await ask('POST', `/${id}/refresh`)).json()).toMatchObject({ count: 2, problem: null })
    expect(desk.lists.asked[0]).toMatchObject({
      url: URL_LIST.url,
      headers: { authorization: 'Bearer hidden' },
    })
    expect((await ask('PATCH', '/spam', { everyHours: 6 })).json()).toMatchObject({ everyHours: 6, count: 2 })
    expect((await ask('GET', '')).json()).toHaveLength(1)
    expect((await ask('GET', '/spam')).body).not.toMatch(/secret|hidden/)
    expect((await ask('DELETE', '/spam')).statusCode).toBe(204)
    expect((await ask('GET', '/spam')).statusCode).toBe(404)
    const audit = (await desk.store.audit.list({ limit: 9 })).rows.map(
      ({ act, detail }) => `${act} ${detail}`,
    )
    expect(audit.filter((line) => line.startsWith('list-changed')).toSorted()).toEqual([
      ...['list-changed spam: added', 'list-changed spam: everyHours', 'list-changed spam: removed'],
    ])
  })

  it('say in words why one could not be fetched', async () => {
    await ask('POST', '', URL_LIST)
    desk.lists.answer = () => {
      throw new AnswerphoneError('AP_LIST_LOGIN_REFUSED', { status: 401 })
    }
    expect((await ask('POST', '/spam/refresh')).json().problem).toMatchObject({
      code: 'AP_LIST_LOGIN_REFUSED',
      message: expect.stringContaining('refuses the token (401)'),
    })
  })

  it('take files, and refuse what is none', async () => {
    await ask('POST', '', { name: 'mine', kind: 'file', country: 'DE' })
    expect((await ask('POST', '/mine/numbers', '030 1234567\n')).json()).toMatchObject({ count: 1 })
    expect((await ask('POST', '/mine/numbers', '<html>')).json()).toMatchObject({
      code: 'AP_LIST_NO_NUMBERS',
    })
    expect((await ask('POST', '/mine/refresh')).json()).toMatchObject({ code: 'AP_LIST_FROM_FILE' })
    await new Promise((told) => setImmediate(told))
    const check = (number: string) => ask('GET', `/check?number=${encodeURIComponent(number)}`)
    expect((await check('+49 30 1234567')).json().lists).toEqual([expect.objectContaining({ name: 'mine' })])
    expect((await check('+49301234568')).json().lists).toEqual([])
    expect(desk.lists.asked).toEqual([])
  })

  it.each([
    [{ name: 'a', kind: 'url' }, /where the list is fetched/],
    [{ name: 'a', kind: 'file', url: 'https://lists.example/' }, /has no address/],
    [{ name: 'a', kind: 'phoneblock' }, /PhoneBlock wants one/],
    [{ name: 'a', kind: 'phoneblock', token: 'x', everyHours: 2 }, /once a day/],
    [{ name: 'a', kind: 'url', url: 'http://169.254.169.254/' }, /would not be called/],
    [{ name: 'a', kind: 'url', url: 'ftp://lists.example/' }, /no http or https/],
    [{ name: 'a', kind: 'file', country: 'XX' }, /there is no country XX/],
  ])('refuse %j', async (input, words) => {
    const answer = await ask('POST', '', input)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().message).toMatch(words)
  })

  it('keep a token from going to another server, and their number bounded', async () => {
    await ask('POST', '', URL_LIST)
    const elsewhere = { url: 'https://evil.example/' }
    expect((await ask('PATCH', '/spam', elsewhere)).json().message).toMatch(/token again/)
    expect((await ask('PATCH', '/spam', { ...elsewhere, token: null })).json()).toMatchObject({
      hasToken: false,
    })
    expect((await ask('POST', '', URL_LIST)).json()).toMatchObject({ code: 'AP_NAME_TAKEN' })
    for (let at = 0; at < 19; at++) await ask('POST', '', { name: `l${at}`, kind: 'file' })
    expect((await ask('POST', '', { name: 'more', kind: 'file' })).json()).toMatchObject({
      code: 'AP_LIST_LIMIT',
    })
  })

  it('are asked by rules, which name them, and a preview says on which a number is', async () => {
    await ask('POST', '', { name: 'mine', kind: 'file' })
    await ask('POST', '/mine/numbers', '+49301234567\n')
    const post = (path: string, payload: object) =>
      desk.api.inject({ method: 'POST', url: `/api/v1/rules${path}`, headers: desk.asToken, payload })
    const rule = {
      name: 'Junk',
      when: [{ kind: 'listed', lists: ['mine'] }],
      action: { kind: 'take', junk: true },
    }
    expect((await post('', rule)).json().says.en).toBe(
      'If the number is on the block list mine: a message goes to junk.',
    )
    expect((await post('/preview', { from: '+49301234567' })).json()).toMatchObject({
      blockLists: ['mine'],
      decidedBy: { name: 'Junk' },
    })
    expect((await post('/preview', { from: '+49301234568' })).json()).toMatchObject({
      blockLists: [],
      decidedBy: { kind: 'line' },
    })
    const unknown = { ...rule, name: 'x', when: [{ kind: 'listed', lists: ['nothing'] }] }
    expect((await post('', unknown)).json()).toMatchObject({ code: 'AP_NOT_FOUND' })
  })
})
