import { describe, expect, it } from 'vitest'
import { counterGuard, Keystream } from './counter-guard.ts'
import { deriveKeys, type SessionKeys } from './derive-keys.ts'
import { gcmGuard } from './gcm-guard.ts'
import type { Guard } from './guard.ts'
import { openGuard } from './open-guard.ts'
import { suites } from './suite.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const nothing = Buffer.alloc(0)

/** What the guard makes of a packet. */
function made(plain: string, seal: (packet: Buffer, length: number) => number): string {
  const packet = Buffer.concat([bytes(plain), Buffer.alloc(40)])
  return packet.toString('hex', 0, seal(packet, bytes(plain).length))
}

describe('RFC 3711 appendix B', () => {
  const master = {
    suite: 'AES_CM_128_HMAC_SHA1_80',
    key: bytes('E1F97A0D3E018BE0D64FA32C06DE4139'),
    salt: bytes('0EC675AD498AFEEBB6960B3AABE6'),
  } as const

  it('B.2: the keystream of AES in counter mode', () => {
    const stream = new Keystream(
      bytes('2B7E151628AED2A6ABF7158809CF4F3C'),
      bytes('F0F1F2F3F4F5F6F7F8F9FAFBFCFD'),
    )
    const zeros = Buffer.alloc(48)
    stream.apply(zeros, 0, 48, 0, 0)
    expect(zeros.toString('hex').match(/.{32}/g)).toEqual([
      'e03ead0935c95e80e166b16dd92b4eb4',
      'd23513162b02d0f72a43a2fe4a5f97ab',
      '41e95b3bb0a2e8dd477901e4fca894c0',
    ])
  })

  it('B.3: session keys from a master key and salt', () => {
    const { encryption, authentication, salt } = deriveKeys(master, 'rtp')
    expect(encryption.toString('hex')).toBe('c61e7a93744f39ee10734afe3ff7a087')
    expect(salt.toString('hex')).toBe('30cbbc08863d8c85d49db34a9ae1')
    expect(authentication.toString('hex')).toBe('cebe321f6ff7716b6fd4ab49af256a156d38baa4')
  })

  it('keys and salts of other lengths than the suite’s are a mistake in the program', () => {
    expect(() => openGuard({ ...master, salt: bytes('00') })).toThrow('a salt of 14')
    expect(() => openGuard({ ...master, suite: 'AEAD_AES_256_GCM' })).toThrow('a key of 32 bytes')
  })

  // libsrtp and others test themselves with these keys and this packet.
  const plain = `800f1234decafbadcafebabe${'ab'.repeat(16)}`
  const sealed = '800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb'

  it('the packet by which implementations of AES_CM_128_HMAC_SHA1_80 know each other (RFC 3711 §3.1)', () => {
    const guard = openGuard(master)
    expect(made(plain, (packet, length) => guard.sealRtp(packet, length, 12, 0x1234))).toBe(sealed)
    const packet = bytes(sealed)
    expect(guard.openRtp(packet, packet.length, 12, 0x1234)).toBe(28)
    expect(packet.toString('hex', 0, 28)).toBe(plain)
  })

  it('a short tag is the beginning of the long one, in RTP only (RFC 4568 §6.2.2)', () => {
    const short = openGuard({ ...master, suite: 'AES_CM_128_HMAC_SHA1_32' })
    expect(made(plain, (packet, length) => short.sealRtp(packet, length, 12, 0x1234))).toBe(
      sealed.slice(0, 64),
    )
    expect([short.rtpOverhead, short.rtcpOverhead]).toEqual([4, 14])
  })

  it('the roll-over counter is signed (RFC 3711 §4.2)', () => {
    const keys: SessionKeys = {
      encryption: Buffer.alloc(16),
      authentication: Buffer.alloc(20),
      salt: Buffer.alloc(14),
    }
    const guard = counterGuard(suites.AES_CM_128_HMAC_SHA1_80, keys, keys)
    const header = '800000010000000000000001'
    const tags = [1, 0x1_0001].map((index) =>
      made(header, (packet, length) => guard.sealRtp(packet, length, 12, index)),
    )
    expect(tags[0]).not.toBe(tags[1])
  })
})

describe('RFC 7714 §16 and §17', () => {
  const keys = (byteCount: number): SessionKeys => ({
    encryption: Buffer.from(Array.from({ length: byteCount }, (_, byte) => byte)),
    authentication: nothing,
    salt: bytes('517569642070726f2071756f'),
  })
  const guards: Readonly<Record<string, Guard>> = {
    AEAD_AES_128_GCM: gcmGuard(keys(16), keys(16)),
    AEAD_AES_256_GCM: gcmGuard(keys(32), keys(32)),
  }
  const rtp =
    '8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573'
  const rtcp = `81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61${'deadbeef'.repeat(5)}`

  it.each([
    [
      'AEAD_AES_128_GCM',
      'f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce',
    ],
    [
      'AEAD_AES_256_GCM',
      '32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13',
    ],
  ])('§16: an RTP packet by %s', (suite, secret) => {
    const guard = guards[suite] as Guard
    const sealed = `8040f17b8041f8d35501a0b2${secret}`
    expect(made(rtp, (packet, length) => guard.sealRtp(packet, length, 12, 0xf17b))).toBe(sealed)
    const packet = bytes(sealed)
    expect(guard.openRtp(packet, packet.length, 12, 0xf17b)).toBe(rtp.length / 2)
    expect(packet.toString('hex', 0, rtp.length / 2)).toBe(rtp)
  })

  it.each([
    [
      'AEAD_AES_128_GCM',
      '63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4',
    ],
    [
      'AEAD_AES_256_GCM',
      'd50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4',
    ],
  ])('§17.1, §17.2: an RTCP packet by %s', (suite, secret) => {
    const guard = guards[suite] as Guard
    const sealed = `81c8000d4d617273${secret}`
    expect(made(rtcp, (packet, length) => guard.sealRtcp(packet, length, 0x5d4))).toBe(sealed)
    const packet = bytes(sealed)
    expect(guard.openRtcp(packet, packet.length, 0x8000_05d4)).toBe(rtcp.length / 2)
    expect(packet.toString('hex', 0, rtcp.length / 2)).toBe(rtcp)
  })

  it('§17.3: an RTCP packet that is authenticated only', () => {
    const packet = bytes(`${rtcp}841dd9683dd78ec92ae58790125f62b3000005d4`)
    const guard = guards['AEAD_AES_128_GCM'] as Guard
    expect(guard.openRtcp(packet, packet.length, 0x5d4)).toBe(rtcp.length / 2)
    expect(packet.toString('hex', 0, rtcp.length / 2)).toBe(rtcp)
  })
})
