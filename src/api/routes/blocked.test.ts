import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { setHouseCountry } from '../../store/house-country.ts'

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
  await setHouseCountry(desk.store, 'DE')
})
afterEach(() => desk[Symbol.asyncDispose]())

const ask = async (method: 'GET' | 'POST' | 'DELETE', path = '', payload?: object) =>
  desk.api.inject({
    method,
    url: `/api/v1/blocked${path}`,
    headers: desk.asToken,
    ...(payload && { payload }),
  })
const block = async (number: string) => (await ask('POST', '', { number })).json()
const numbers = async () => (await ask('GET')).json().map((row: { number: string }) => row.number)
const unblock = async (number: string) => (await ask('DELETE', `/${encodeURIComponent(number)}`)).statusCode

describe('a blocked number', () => {
  it('is one, in whatever way it is written in the house’s country', async () => {
    expect(await block('030 1234567')).toMatchObject({ number: '+49301234567', wasBlocked: false })
    for (const same of ['+49301234567', '0049 30 1234567', '0301234567'])
      expect(await block(same)).toMatchObject({ number: '+49301234567', wasBlocked: true })
    expect(await numbers()).toEqual(['+49301234567'])
    expect(await unblock('030 1234567')).toBe(204)
    expect(await numbers()).toEqual([])
    expect(await unblock('030 1234567')).toBe(404)
  })

  it('of before, as it was written then, is found again, and let call in both of its ways', async () => {
    const row = { name: null, at: 0, by: 'user:ada' }
    await desk.store.blocked.add({ ...row, number: '0301234567' })
    expect(await block('+49301234567')).toMatchObject({ number: '0301234567', wasBlocked: true })
    await desk.store.blocked.add({ ...row, number: '+49301234567' })
    expect(await unblock('+49301234567')).toBe(204)
    expect(await numbers()).toEqual([])
  })

  it('is none that is written alike and is of another country', async () => {
    await block('+1 203 555 0100')
    expect(await block('01203 5550100')).toMatchObject({ number: '+4912035550100', wasBlocked: false })
    expect(await unblock('+4912035550100')).toBe(204)
    expect(await numbers()).toEqual(['+12035550100'])
  })

  it('stays as it is written where its country is not known, or it is none', async () => {
    await setHouseCountry(desk.store, null)
    expect(await block('030 1234567')).toMatchObject({ number: '0301234567' })
    expect(await block('spam.bot')).toMatchObject({ number: 'spam.bot' })
    expect(await block('**610')).toMatchObject({ number: '**610' })
    expect(await unblock('0301234567')).toBe(204)
    expect(await numbers()).toEqual(['**610', 'spam.bot'])
  })
})
