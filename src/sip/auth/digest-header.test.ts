import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digestsIn, formatDigest, parseAuthValues } from './digest-header.ts'

const read = (text: string) =>
  parseAuthValues(text)?.map(({ scheme, params }) => [scheme, Object.fromEntries(params)])

it('RFC 3261 §25.1: reads schemes and names without regard to case, white space where it may stand', () => {
  expect(read('DIGEST  Realm = "a, \\"b\\"" ,NONCE=x ,, qop="auth,auth-int" , stale=TRUE,')).toEqual([
    ['digest', { realm: 'a, "b"', nonce: 'x', qop: 'auth,auth-int', stale: 'TRUE' }],
  ])
})

it('keeps parameters that it does not know, and values that should have been quoted', () => {
  expect(read('Digest uri=sip:a@b;transport=tcp, auth-param=1, realm=""')).toEqual([
    ['digest', { uri: 'sip:a@b;transport=tcp', 'auth-param': '1', realm: '' }],
  ])
})

it('RFC 7235 §4.1: tells several challenges in one header apart', () => {
  expect(read('Basic realm="x", Digest realm="y", nonce=1, Negotiate, Digest realm="z"')).toEqual([
    ['basic', { realm: 'x' }],
    ['digest', { realm: 'y', nonce: '1' }],
    ['negotiate', {}],
    ['digest', { realm: 'z' }],
  ])
})

it.each([
  'realm="x"',
  'Digest realm="x" nonce="y"',
  'Digest realm="x',
  'Digest realm="x", Realm="y"',
  'Digest, =x',
  'Digest@',
  'Digest realm="x"y',
  '"Digest" realm=x',
])('refuses %s', (text) => {
  expect(parseAuthValues(text)).toBeUndefined()
})

it('finds the Digest values of several headers and leaves out the rest', () => {
  const found = digestsIn(['Basic realm="x"', 'Digest realm="y"', 'Digest realm="', 'digest realm=z'])
  expect(found.map((params) => params.get('realm'))).toEqual(['y', 'z'])
})

it('reads what it writes', () => {
  const token = fc.stringMatching(/^[a-z-]{1,12}$/)
  fc.assert(
    fc.property(fc.uniqueArray(token, { minLength: 1 }), fc.string({ unit: 'grapheme' }), (names, value) => {
      const params = names.map((name) => [name, value, 'quoted'] as const)
      expect(read(formatDigest(params))).toEqual([
        ['digest', Object.fromEntries(names.map((name) => [name, value]))],
      ])
    }),
  )
})

it('never throws, and takes linear time', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseAuthValues(text)))
  for (const part of ['a=1,', ',', 'x ', '"\\', 'Digest ']) parseAuthValues(`Digest ${part.repeat(20_000)}`)
})
