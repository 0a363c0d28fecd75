import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiDesk, openApiDesk } from '../../../test/helpers/api-desk.ts'
import { hashCredentials } from '../../shared/credentials.ts'

const PASSWORD = 'horse-battery'
const PLACE = { server: '192.0.2.1', port: 5060 }

let desk: ApiDesk
beforeEach(async () => {
  desk = await openApiDesk()
  await desk.api.inject({
    method: 'POST',
    url: '/api/v1/phones',
    headers: desk.asToken,
    payload: { name: 'kitchen', password: PASSWORD },
  })
})
afterEach(() => desk[Symbol.asyncDispose]())

const make = (payload: object = PLACE, headers: object = desk.asToken) =>
  desk.api.inject({
    method: 'POST',
    url: '/api/v1/phones/kitchen/app-link',
    headers: { ...headers },
    payload,
  })
const fetchAccount = (url: string) => desk.api.inject({ url: new URL(url).pathname })
const entries = (xml: string) =>
  Object.fromEntries(
    [...xml.matchAll(/<entry name="(\w+)"[^>]*>([^<]*)</g)].map(([, key, value]) => [key, value]),
  )

describe('a link that sets up an app', () => {
  it('gives the account with what the password hashes to, never the password', async () => {
    const made = await make()
    expect(made.statusCode).toBe(201)
    const account = await fetchAccount(made.json().url)
    expect(account.headers).toMatchObject({
      'content-type': expect.stringContaining('application/xml'),
      'cache-control': 'no-store',
    })
    expect(entries(account.body)).toMatchObject({
      reg_proxy: '&#60;sip:192.0.2.1:5060;transport=udp&#62;',
      reg_identity: '&#60;sip:kitchen@192.0.2.1:5060&#62;',
      username: 'kitchen',
      realm: 'answerphone',
      ha1: hashCredentials('kitchen', 'answerphone', PASSWORD).MD5,
      algorithm: 'MD5',
    })
    expect(account.body).not.toContain(PASSWORD)
  })

  it('writes an IPv6 address and TCP as SIP wants them', async () => {
    const made = await make({ server: '2001:db8::7', port: 5080, transport: 'tcp' })
    expect(entries((await fetchAccount(made.json().url)).body)).toMatchObject({
      reg_proxy: '&#60;sip:[2001:db8::7]:5080;transport=tcp&#62;',
    })
  })

  it('holds for 15 minutes, for one more once it was fetched, and no longer than its phone', async () => {
    const { url } = (await make()).json()
    desk.clock.jump(14 * 60_000)
    expect((await fetchAccount(url)).statusCode).toBe(200)
    desk.clock.jump(59_000)
    expect((await fetchAccount(url)).statusCode).toBe(200)
    desk.clock.jump(1000)
    const over = await fetchAccount(url)
    expect([over.statusCode, over.json().code]).toEqual([410, 'AP_APP_LINK_OVER'])

    const early = (await make()).json().url
    await fetchAccount(early)
    desk.clock.jump(60_000)
    expect((await fetchAccount(early)).statusCode).toBe(410)

    const orphan = (await make()).json().url
    await desk.api.inject({ method: 'DELETE', url: '/api/v1/phones/kitchen', headers: desk.asToken })
    expect((await fetchAccount(orphan)).statusCode).toBe(410)
  })

  it('is made by owners, for a phone that is there and a place that can be', async () => {
    expect((await make(PLACE, await desk.logIn('max', 'member'))).statusCode).toBe(403)
    for (const server of ['', 'a b', '<x>', 'a;transport=tls'])
      expect((await make({ ...PLACE, server })).json().code).toBe('AP_INPUT_INVALID')
    const nobody = await desk.api.inject({
      method: 'POST',
      url: '/api/v1/phones/hall/app-link',
      headers: desk.asToken,
      payload: PLACE,
    })
    expect(nobody.statusCode).toBe(404)
  })

  it('can’t be guessed: who tries has to wait', async () => {
    const statuses = []
    for (let guess = 0; guess < 7; guess++)
      statuses.push((await desk.api.inject({ url: `/api/v1/app-accounts/${'x'.repeat(43)}` })).statusCode)
    expect(statuses.at(0)).toBe(410)
    expect(statuses.at(-1)).toBe(429)
  })
})
