import { expect, it } from 'vitest'
import { answerChallenge, type ChallengeAnswer } from './answer-challenge.ts'
import { parseAuthValues } from './digest-header.ts'

const answer = (challenges: readonly string[], change: Partial<ChallengeAnswer> = {}) =>
  answerChallenge({
    challenges,
    method: 'GET',
    uri: '/dir/index.html',
    user: 'Mufasa',
    password: 'Circle of Life',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    nonceCount: 1,
    ...change,
  })
const paramsOf = (header: string | undefined) =>
  Object.fromEntries(parseAuthValues(header ?? '')?.[0]?.params ?? [])

const challenge = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'

it('RFC 7616 §3.9.1: answers the example with all its parameters, each in its form', () => {
  expect(answer([challenge('SHA-256'), challenge('MD5')])).toBe(
    'Digest username="Mufasa", realm="http-auth@example.org", ' +
      'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", ' +
      'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", algorithm=SHA-256, ' +
      'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", qop=auth, nc=00000001, ' +
      'cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"',
  )
})

it('RFC 8760 §2.4: takes the first that it can, in the order of the server', () => {
  const offered = ['Basic realm="x"', challenge('SHA-512-256'), challenge('MD5'), challenge('SHA-256')]
  expect(paramsOf(answer(offered))).toMatchObject({
    algorithm: 'MD5',
    response: '8ca523f5e9506fed4657c9700eebdbec',
  })
  expect(paramsOf(answer([`${challenge('SHA-512-256')}, ${challenge('MD5')}`]))).toMatchObject({
    algorithm: 'MD5',
  })
})

it('RFC 3261 §22.4: without qop answers as RFC 2069 did, and names no algorithm where none was named', () => {
  const header = answer(['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'], {
    password: 'CircleOfLife',
  })
  expect(paramsOf(header)).toEqual({
    username: 'Mufasa',
    realm: 'testrealm@host.com',
    nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    uri: '/dir/index.html',
    response: '1949323746fe6a43ef61f9606e7febea',
  })
})

it('RFC 7616 §3.4.3: protects the body where the server wants nothing else', () => {
  const wants = challenge('MD5').replace('auth, auth-int', 'auth-int')
  const one = paramsOf(answer([wants], { body: Buffer.from('one') }))
  const two = paramsOf(answer([wants], { body: Buffer.from('two') }))
  expect(one['qop']).toBe('auth-int')
  expect(one['response']).not.toBe(two['response'])
  expect(paramsOf(answer([wants]))).toEqual(paramsOf(answer([wants], { body: Buffer.alloc(0) })))
})

it('RFC 7616 §3.4: counts in eight hexadecimal digits', () => {
  expect(paramsOf(answer([challenge('MD5')], { nonceCount: 171 }))['nc']).toBe('000000ab')
})

it.each([
  [[]],
  [['Basic realm="x"']],
  [['Digest realm="x"']],
  [['Digest nonce="x"']],
  [['Digest realm="x", nonce="y", algorithm=SHA-512-256']],
  [['Digest realm="x", nonce="y", qop="auth-conf"']],
  [['Digest realm="x']],
])('gives no answer to %j', (challenges) => {
  expect(answer(challenges)).toBeUndefined()
})
