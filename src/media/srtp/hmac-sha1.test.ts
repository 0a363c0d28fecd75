import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HmacSha1 } from './hmac-sha1.ts'

const sign = (key: Uint8Array, bytes: Buffer, length = bytes.length) => {
  const digest = Buffer.alloc(20)
  new HmacSha1(key).sign(bytes, length, digest, 0, 20)
  return digest.toString('hex')
}

it.each([
  ['0b'.repeat(20), 'Hi There', 'b617318655057264e28bc0b6fb378c8ef146be00'],
  [
    Buffer.from('Jefe').toString('hex'),
    'what do ya want for nothing?',
    'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
  ],
])('RFC 2202 §3: the digest for key %s', (key, text, digest) => {
  expect(sign(Buffer.from(key, 'hex'), Buffer.from(text))).toBe(digest)
})

it('RFC 2104: is the digest of node:crypto, for keys and messages of any length', () => {
  const bytes = fc.uint8Array({ maxLength: 300 })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), bytes, (key, message) => {
      expect(sign(key, Buffer.from(message))).toBe(createHmac('sha1', key).update(message).digest('hex'))
    }),
  )
})

it('RFC 2104: signs the bytes that count, and writes no more of the digest than was asked for', () => {
  const into = Buffer.alloc(8)
  new HmacSha1(Buffer.alloc(20, 0x0b)).sign(Buffer.from('Hi There and more'), 8, into, 2, 4)
  expect(into.toString('hex')).toBe('0000b61731860000')
})
