import { sign, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, fingerprintOf, makeCertificate } from './association.ts'
import { type HandshakeMessage, isProved } from './proof.ts'
import { encryptedRecords } from './records.ts'

const POINT = Buffer.alloc(65, 4)

const message = (type: number, fragment: Buffer): HandshakeMessage => ({
  msg_type: type,
  fragment,
  serialize: () => Buffer.concat([Buffer.from([type, 0, 0, fragment.length]), fragment]),
})

describe('the proof that a certificate is the client’s own (RFC 5246 §7.4.8)', () => {
  let ours: Certificate
  let other: Certificate
  let shown: Buffer
  beforeAll(async () => {
    ;[ours, other] = [await makeCertificate(), await makeCertificate()]
    shown = new X509Certificate(ours.certPem).raw
  })

  const before = [
    message(1, Buffer.from('client hello')),
    message(2, Buffer.from('server hello')),
    message(11, Buffer.from('certificate')),
    message(16, Buffer.concat([Buffer.from([65]), POINT])),
  ]
  /** A handshake, signed with this key as it was so far. */
  function transcript(key: string, scheme = 0x0403, signed = before): HandshakeMessage[] {
    const signature = sign('sha256', Buffer.concat(signed.map((one) => one.serialize())), key)
    const head = Buffer.from([scheme >> 8, scheme & 0xff, 0, signature.length])
    return [...before, message(15, Buffer.concat([head, signature])), message(20, Buffer.from('finished'))]
  }

  it('is a signature of all that was said before it', () => {
    expect(isProved(transcript(ours.keyPem), shown, POINT)).toBe(true)
    expect(isProved(transcript(other.keyPem), shown, POINT)).toBe(false)
    expect(isProved(transcript(ours.keyPem, 0x0403, before.slice(1)), shown, POINT)).toBe(false)
  })

  it('is missed when it is missing, of another kind, or cut short', () => {
    const whole = transcript(ours.keyPem)
    expect(isProved(before, shown, POINT)).toBe(false)
    expect(isProved(transcript(ours.keyPem, 0x0203), shown, POINT)).toBe(false)
    const cut = whole.map((one) => (one.msg_type === 15 ? message(15, one.fragment.subarray(0, 3)) : one))
    expect(isProved(cut, shown, POINT)).toBe(false)
    expect(isProved(whole, Buffer.from('no certificate'), POINT)).toBe(false)
  })

  it('counts only for the key that was signed: a second one that was sent later is nobody’s', () => {
    expect(isProved(transcript(ours.keyPem), shown, Buffer.alloc(65, 5))).toBe(false)
    const without = transcript(ours.keyPem).filter(({ msg_type }) => msg_type !== 16)
    expect(isProved(without, shown, POINT)).toBe(false)
  })

  it('RFC 8122 §5: fingerprints are of the certificate’s bytes, in PEM or not, and none weaker than SHA-256', () => {
    const { fingerprint256, fingerprint512 } = new X509Certificate(ours.certPem)
    expect(fingerprintOf(ours.certPem)).toEqual({ algorithm: 'sha-256', value: fingerprint256 })
    expect(fingerprintOf(shown, 'sha-512')?.value).toBe(fingerprint512)
    expect(['sha-1', 'md5', 'sha-224', ''].map((name) => fingerprintOf(shown, name))).toEqual(
      Array(4).fill(undefined),
    )
  })
})

describe('what counts after the handshake (RFC 6347 §4.1)', () => {
  const record = (type: number, epoch: number, byteCount: number) => {
    const bytes = Buffer.alloc(13 + byteCount, 7)
    bytes.writeUInt8(type, 0)
    bytes.writeUInt16BE(epoch, 3)
    bytes.writeUInt16BE(byteCount, 11)
    return bytes
  }

  it('are the records that are encrypted', () => {
    const [clear, alert, data] = [record(22, 0, 40), record(21, 1, 26), record(23, 2, 0)]
    expect(encryptedRecords(Buffer.concat([clear, alert, clear, data]))).toEqual(Buffer.concat([alert, data]))
    expect(encryptedRecords(clear)).toHaveLength(0)
  })

  it('ends where a record is longer than the datagram', () => {
    expect(
      encryptedRecords(Buffer.concat([record(21, 1, 5), record(21, 1, 30).subarray(0, 20)])),
    ).toHaveLength(18)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(encryptedRecords(Buffer.from(bytes)).length).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })
})
