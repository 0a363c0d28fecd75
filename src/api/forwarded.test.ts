import { expect, it } from 'vitest'
import { openApiDesk, PASSWORD } from '../../test/helpers/api-desk.ts'

/** Whoever comes through a proxy is who it says he is; whoever comes by himself is who he is. */
async function cookieOf(remoteAddress: string, trustedProxies: readonly string[]): Promise<string> {
  await using desk = await openApiDesk({ hostNames: ['phone.example.org'], trustedProxies })
  await desk.logIn('ada')
  const answer = await desk.api.inject({
    method: 'POST',
    url: '/api/v1/session',
    remoteAddress,
    headers: { host: 'phone.example.org', 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.7' },
    payload: { name: 'ada', password: PASSWORD },
  })
  expect(answer.statusCode).toBe(200)
  return String(answer.headers['set-cookie'])
}

it('X-Forwarded-Proto is believed of a proxy that is configured', async () => {
  expect(await cookieOf('192.0.2.9', ['192.0.2.9'])).toMatch(/^__Host-.*HttpOnly; Secure; SameSite=Strict/)
})

it('X-Forwarded-Proto of anybody else is not', async () => {
  expect(await cookieOf('192.0.2.10', ['192.0.2.9'])).not.toMatch(/Secure|__Host-/)
})

it('X-Forwarded-For of anybody else does not make him a program on this machine', async () => {
  await using desk = await openApiDesk({ trustedProxies: ['192.0.2.9'] })
  const asked = (remoteAddress: string) =>
    desk.api.inject({
      url: '/metrics',
      remoteAddress,
      headers: { host: 'localhost', 'x-forwarded-for': '127.0.0.1' },
    })
  expect((await asked('192.0.2.10')).statusCode).toBe(401)
  expect((await asked('192.0.2.9')).statusCode).toBe(200)
})
