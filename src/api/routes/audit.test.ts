import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'

let desk: ApiDesk
let ada: Record<string, string>
beforeEach(async () => {
  desk = await openApiDesk()
  ada = { ...(await desk.logIn('ada')) }
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = (
  method: 'GET' | 'HEAD' | 'POST' | 'DELETE',
  path: string,
  headers: Record<string, string> = ada,
  payload?: object,
) =>
  desk.api.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
const entries = async (query = '') => (await ask('GET', `/audit${query}`)).json().entries
const told = async (query = '') =>
  (await entries(query)).map(({ who, act }: { who: string; act: string }) => `${who} ${act}`).toReversed()

describe('the audit', () => {
  it('says who had the sound of a message, once for each user and hour', async () => {
    const { id } = await desk.leaveMessage()
    const audio = (headers: Record<string, string>) => ask('GET', `/messages/${id}/audio`, headers)
    await ask('HEAD', `/messages/${id}/audio`)
    await Promise.all([audio(ada), audio({ ...ada, range: 'bytes=0-99' }), audio(ada)])
    await audio(desk.asToken)
    await ask('GET', '/messages/none/audio')
    expect((await told()).toSorted()).toEqual(['token:script played', 'user:ada played'])
    desk.clock.advance(3600_000)
    await audio(ada)
    expect(await told(`?message=${id}&who=user:ada`)).toEqual(['user:ada played', 'user:ada played'])
    expect((await entries('?limit=1'))[0]).toEqual({
      id: expect.any(String),
      at: new Date(desk.clock.now()).toISOString(),
      who: 'user:ada',
      act: 'played',
      callId: null,
      messageId: id,
      detail: '',
    })
  })

  it('says what became of messages, and not what changed nothing', async () => {
    const { id } = await desk.leaveMessage()
    const act = async (method: 'POST' | 'DELETE', path = '') => {
      desk.clock.advance(1)
      await ask(method, `/messages/${id}${path}`)
    }
    await act('POST', '/restore')
    await act('DELETE')
    await act('DELETE')
    await act('POST', '/restore')
    await act('DELETE', '?forever=1')
    await act('DELETE')
    await act('DELETE', '?forever=1')
    await act('DELETE', '?forever=1')
    const acts = ['deleted', 'restored', 'deleted', 'purged'].map((each) => `user:ada ${each}`)
    expect(await told()).toEqual(acts)
    expect((await entries('?limit=1'))[0]).toMatchObject({ detail: 'Grace' })
  })

  it('does not keep a message from being deleted when it can not be written', async () => {
    const { id } = await desk.leaveMessage()
    const { audit } = desk.store
    Object.assign(audit, { add: () => Promise.reject(new Error('full')) })
    expect((await ask('DELETE', `/messages/${id}`)).statusCode).toBe(204)
    expect((await ask('GET', `/messages/${id}/audio`)).statusCode).toBe(200)
  })

  it('is the owner’s to read, page by page', async () => {
    const max = await desk.logIn('max', 'member')
    expect((await ask('GET', '/audit', { ...max })).json().code).toBe('AP_NOT_ALLOWED')
    for (let n = 0; n < 3; n++)
      await desk.store.audit.add({
        ...{ at: n, who: 'phone:kitchen', act: 'picked-up', callId: 'c', messageId: null },
        detail: String(n),
      })
    const first = (await ask('GET', '/audit?call=c&limit=2')).json()
    const second = (await ask('GET', `/audit?call=c&limit=2&cursor=${first.nextCursor}`)).json()
    expect([...first.entries, ...second.entries].map(({ detail }) => detail)).toEqual(['2', '1', '0'])
  })
})

describe('blocked numbers', () => {
  it('are kept without what people write between digits, and let go again', async () => {
    const added = await ask('POST', '/blocked', ada, { number: '+49 (30) 123-45', name: 'Pest' })
    expect(added.json()).toMatchObject({ number: '+493012345', name: 'Pest', by: 'user:ada' })
    expect(added.json()).toMatchObject({ wasBlocked: false })
    // Who takes this back must not unblock whom somebody else had blocked.
    const again = await ask('POST', '/blocked', ada, { number: '0049 30 12345', name: null })
    expect(again.json()).toMatchObject({ number: '+493012345', name: 'Pest', wasBlocked: true })
    await ask('POST', '/blocked', ada, { number: 'spam.bot' })
    const numbers = async () =>
      (await ask('GET', '/blocked')).json().map(({ number }: { number: string }) => number)
    expect(await numbers()).toEqual(['+493012345', 'spam.bot'])
    expect((await ask('DELETE', `/blocked/${encodeURIComponent('+49 30 12345')}`)).statusCode).toBe(204)
    expect((await ask('DELETE', '/blocked/nobody')).json().code).toBe('AP_NOT_FOUND')
    expect(await numbers()).toEqual(['spam.bot'])
    const acts = ['user:ada blocked', 'user:ada blocked', 'user:ada unblocked']
    expect((await told()).toSorted()).toEqual(acts)
  })
})
