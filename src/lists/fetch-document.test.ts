import { expect, it } from 'vitest'
import { fakeClock } from '../../test/helpers/fake-clock.ts'
import { documentFetcher, followed, refusalOf } from './fetch-document.ts'

const reach = { publicOnly: false, ownPorts: [8080] }
const wanted = {
  url: 'https://lists.example/a?b',
  headers: { authorization: 'Bearer t', accept: 'x' },
  reach,
}

it('follows redirections, and takes what lets in to the same server alone', () => {
  expect(followed(wanted, '/c')).toEqual({ url: 'https://lists.example/c', headers: wanted.headers })
  expect(followed(wanted, 'https://elsewhere.example/c')).toEqual({
    url: 'https://elsewhere.example/c',
    headers: { accept: 'x' },
  })
  expect(followed(wanted, 'https://lists.example:444/c').headers).toEqual({ accept: 'x' })
})

it.each(['http://lists.example/a', 'ftp://lists.example/a', 'http://['])(
  'does not follow to %s',
  (location) =>
    expect(() => followed(wanted, location)).toThrow(
      expect.objectContaining({ code: 'AP_LIST_UNREACHABLE' }),
    ),
)

it.each([
  'http://169.254.169.254/keys',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'http://me:pw@lists.example/',
])('does not fetch %s', (url) =>
  expect(documentFetcher(fakeClock())({ ...wanted, url })).rejects.toMatchObject({
    code: 'AP_LIST_NOT_CALLED',
  }),
)

it('says what a status means, and when the server wants to be asked again', () => {
  expect(refusalOf(401, undefined)).toMatchObject({ code: 'AP_LIST_LOGIN_REFUSED', details: { status: 401 } })
  expect(refusalOf(403, undefined).code).toBe('AP_LIST_LOGIN_REFUSED')
  expect(refusalOf(500, undefined)).toMatchObject({ code: 'AP_LIST_NOT_ANSWERED', details: { status: 500 } })
  expect(refusalOf(429, '120').details).toMatchObject({ afterMs: 120_000 })
  expect(refusalOf(429, '9999999').details).toMatchObject({ afterMs: 7 * 86_400_000 })
  for (const text of ['soon', '-1', '']) expect(refusalOf(503, text).details).not.toHaveProperty('afterMs')
})
