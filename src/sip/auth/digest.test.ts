import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { algorithmOf, type DigestParts, digestResponse, hash, hashCredentials } from './digest.ts'

/** The example of RFC 7616 §3.9.1. */
const RFC7616 = {
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  method: 'GET',
  uri: '/dir/index.html',
  protection: { qop: 'auth', nc: '00000001', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' },
} satisfies Partial<DigestParts>
const MUFASA = hashCredentials('Mufasa', 'http-auth@example.org', 'Circle of Life')

describe('the response', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('is that of RFC 7616 §3.9.1 by %s', (algorithm, response) => {
    expect(digestResponse({ ...RFC7616, algorithm, credential: MUFASA[algorithm] })).toBe(response)
  })

  it('is that of RFC 2617 §3.5', () => {
    const response = digestResponse({
      algorithm: 'MD5',
      credential: hashCredentials('Mufasa', 'testrealm@host.com', 'Circle Of Life').MD5,
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      method: 'GET',
      uri: '/dir/index.html',
      protection: { qop: 'auth', nc: '00000001', cnonce: '0a4f113b' },
    })
    expect(response).toBe('6629fae49393a05397450978507c4ef1')
  })

  it('without qop is that of RFC 2069 §2.4, as its erratum has it', () => {
    const response = digestResponse({
      algorithm: 'MD5',
      credential: hashCredentials('Mufasa', 'testrealm@host.com', 'CircleOfLife').MD5,
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      method: 'GET',
      uri: '/dir/index.html',
      protection: undefined,
    })
    expect(response).toBe('1949323746fe6a43ef61f9606e7febea')
  })

  it('protects the body with auth-int (RFC 7616 §3.4.3)', () => {
    const body = Buffer.from('v=0')
    const md5 = (text: string | Buffer) => createHash('md5').update(text).digest('hex')
    const { nonce, method, uri, protection } = RFC7616
    const expected = md5(
      `${MUFASA.MD5}:${nonce}:00000001:${protection.cnonce}:auth-int:${md5(`GET:${uri}:${md5(body)}`)}`,
    )
    expect(
      digestResponse({
        algorithm: 'MD5',
        credential: MUFASA.MD5,
        nonce,
        method,
        uri,
        protection: { ...protection, qop: 'auth-int', body },
      }),
    ).toBe(expected)
  })
})

it('takes names and passwords as UTF-8 (RFC 7616 §4)', () => {
  const a1 = Buffer.from('Jäsøn Doe:realm:Secret, or not?', 'utf8')
  expect(hashCredentials('Jäsøn Doe', 'realm', 'Secret, or not?')['SHA-256']).toBe(hash('SHA-256', a1))
})

it('knows two algorithms, MD5 where none is named (RFC 7616 §3.3, RFC 8760 §2.1)', () => {
  expect([undefined, 'md5', 'SHA-256', 'sha-256', 'SHA-512-256', 'MD5-sess', ''].map(algorithmOf)).toEqual([
    'MD5',
    'MD5',
    'SHA-256',
    'SHA-256',
    undefined,
    undefined,
    undefined,
  ])
})
