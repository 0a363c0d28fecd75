import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerBinding, isStun } from './stun.ts'

const FROM = { address: '192.0.2.1', port: 32_853 }
const COOKIE_AND_ID = '2112a442b7e7a701bc34d686fa87dfae'
const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')
const binding = (attributes = '') => {
  const body = hex(attributes)
  return Buffer.concat([hex('0001'), Buffer.from([0, body.length]), hex(COOKIE_AND_ID), body])
}
const answer = (request: Buffer, from = FROM) => answerBinding(request, from)?.toString('hex')

/** The request of RFC 5769 §2.1: credentials, PRIORITY (which only ICE understands) and a fingerprint. */
const ICE_REQUEST = hex(`
  00010058 ${COOKIE_AND_ID}
  80220010 5354554e207465737420636c69656e74
  00240004 6e0001ff
  80290008 932ff9b151263b36
  00060009 6576746a3a68367659202020
  00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
  80280004 e57a3bcf`)

describe('a Binding request', () => {
  it('is told where it came from (RFC 5389 §15.2; the address of RFC 5769 §2.2)', () => {
    expect(answer(binding())).toBe(`0101000c${COOKIE_AND_ID}002000080001a147e112a643`)
  })

  it('is told so over IPv6 too (the address of RFC 5769 §2.3)', () => {
    const from = { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32_853 }
    expect(answer(binding(), from)).toBe(
      `01010018${COOKIE_AND_ID}002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9`,
    )
  })

  it.each([
    ['::1', '00000000000000000000000000000001'],
    ['::', '00000000000000000000000000000000'],
    ['2001:db8::', '20010db8000000000000000000000000'],
    ['fe80::1:2%eth0', 'fe800000000000000000000000010002'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ])('knows the bytes of %s (RFC 4291 §2.2)', (address, bytes) => {
    const mapped = answerBinding(binding(), { address, port: 1 })?.subarray(28) ?? []
    const key = hex(COOKIE_AND_ID)
    expect(Buffer.from(mapped.map((byte, at) => byte ^ (key[at] ?? 0))).toString('hex')).toBe(bytes)
  })

  it('is answered with a fingerprint when it had one (RFC 5389 §8)', () => {
    const plain = binding('80280004')
    plain[3] = 8
    const before = plain.subarray(0, 20)
    const value = Buffer.alloc(4)
    value.writeUInt32BE((crc32(before) ^ 0x5354554e) >>> 0)
    const response = answerBinding(Buffer.concat([plain, value]), FROM) ?? Buffer.alloc(0)
    expect(response.length).toBe(40)
    expect(response.readUInt16BE(2)).toBe(20)
    expect(response.subarray(32, 36)).toEqual(hex('80280004'))
    expect(response.readUInt32BE(36)).toBe((crc32(response.subarray(0, 32)) ^ 0x5354554e) >>> 0)
  })

  it('gets 420 for what must be understood and is not (RFC 5389 §7.3.1, §15.6, §15.9)', () => {
    const response = answerBinding(ICE_REQUEST, FROM)
    expect(response?.subarray(0, 2)).toEqual(hex('0111'))
    expect(response?.subarray(20, 28)).toEqual(hex('0009001500000414'))
    expect(response?.toString('latin1', 28, 45)).toBe('Unknown Attribute')
    expect(response?.subarray(48, 56)).toEqual(hex('000a000200240000'))
    expect(response?.subarray(56, 60)).toEqual(hex('80280004'))
  })

  it('names each of them once, CHANGE-REQUEST of RFC 3489 among them (RFC 5389 §15.9)', () => {
    const response = answerBinding(binding('00030004 00000000 00240000 00030000'), FROM)
    expect(response?.subarray(48)).toEqual(hex('000a0004 0003 0024'))
  })

  it('may hold what is known, or need not be understood (RFC 5389 §15)', () => {
    expect(answer(binding('0006000361626300 80220002 6162 0000 c0010000'))).toBe(answer(binding()))
  })
})

describe('no answer goes to', () => {
  const fingerprinted = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(ICE_REQUEST)
    change(bytes)
    return bytes
  }
  it.each([
    ['a response', hex(`01010000${COOKIE_AND_ID}`)],
    ['an error response', hex(`01110000${COOKIE_AND_ID}`)],
    ['an indication', hex(`00110000${COOKIE_AND_ID}`)],
    ['another method', hex(`00030000${COOKIE_AND_ID}`)],
    ['a length that is not its own', hex(`00010004${COOKIE_AND_ID}`)],
    ['a length off the grid', Buffer.concat([binding(), hex('00')])],
    ['an attribute that goes on behind its end', binding('80220008 00000000')],
    ['a wrong fingerprint', fingerprinted((bytes) => bytes.writeUInt8(0, bytes.length - 1))],
    ['a changed message under its fingerprint', fingerprinted((bytes) => bytes.writeUInt8(1, 30))],
    // It would be right, were it the last.
    ['a fingerprint that is not the last', binding('80280004 8efe89cd 80220000')],
  ])('%s (RFC 5389 §7.3)', (_what, bytes) => {
    expect(isStun(bytes)).toBe(true)
    expect(answer(bytes)).toBeUndefined()
  })
})

it('RFC 5626 §8: is told from SIP by its first two bits and the cookie', () => {
  expect(isStun(binding())).toBe(true)
  expect(isStun(Buffer.from('OPTIONS sip:a@b SIP/2.0\r\n\r\n'))).toBe(false)
  expect(isStun(binding().subarray(0, 19))).toBe(false)
  expect(isStun(Buffer.from(binding()).fill(0x40, 0, 1))).toBe(false)
  // RFC 3489 knew no cookie.
  expect(isStun(Buffer.from(binding()).fill(0, 4, 8))).toBe(false)
})

it('never throws, and never makes twice as much of a packet', () => {
  const attributes = fc.array(
    fc.tuple(fc.nat(0xffff), fc.uint8Array({ maxLength: 9 })).map(([type, value]) => {
      const room = Buffer.alloc(4 + ((value.length + 3) & ~3))
      room.writeUInt16BE(type)
      room.writeUInt16BE(value.length, 2)
      room.set(value, 4)
      return room.toString('hex')
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(attributes, fc.boolean(), (list, six) => {
      const request = binding(list.join(''))
      const from = six ? { address: '2001:db8::1', port: 5060 } : FROM
      const headers = six ? 48 : 28
      const response = answerBinding(request, from)
      expect((response?.length ?? 0) + headers).toBeLessThan(2 * (request.length + headers))
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (rest) => {
      answerBinding(
        Buffer.concat([hex(`0001${'00'}`), Buffer.from([rest.length]), hex(COOKIE_AND_ID), rest]),
        FROM,
      )
      answerBinding(Buffer.from(rest), FROM)
    }),
  )
})
