import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leastCpuMs } from '../../test/helpers/least-cpu-ms.ts'
import { redact } from './redact.ts'

const message = (headers: readonly string[], body = '', start = 'INVITE sip:home@192.0.2.2 SIP/2.0') =>
  [start, 'Via: SIP/2.0/UDP 192.0.2.1', ...headers, `Content-Length: ${body.length}`, '', body].join('\r\n')

/** What must not be left, and what makes each a message of its own. */
const SECRET = 'fSecret0f1e2d3c'

describe('what is kept of a message', () => {
  it.each([
    ['Authorization', `Authorization: Digest username="u", response="${SECRET}"`],
    ['Authorization, folded', `Authorization: Digest username="u",\r\n\tresponse="${SECRET}"`],
    [
      'Authorization, folded by a bare CR or LF',
      `Authorization: Digest\r response="${SECRET}",\n\tcnonce="${SECRET}"`,
    ],
    ['Authorization, spaced and in capitals', `AUTHORIZATION  : DIGEST RESPONSE = ${SECRET}`],
    ['Authorization, of another scheme', `Authorization: Bearer ${SECRET}`],
    ['Authorization, broken', `Authorization: Digest response="${SECRET}`],
    ['Proxy-Authorization', `Proxy-Authorization: Digest cnonce="${SECRET}", nc=00000001`],
    ['WWW-Authenticate', `WWW-Authenticate: Digest realm="r", nonce="${SECRET}", opaque="${SECRET}"`],
    ['Proxy-Authenticate', `Proxy-Authenticate: Digest nonce=${SECRET}`],
    ['Authentication-Info', `Authentication-Info: nextnonce="${SECRET}", rspauth="${SECRET}"`],
    ['a cookie', `Cookie: answerphone=${SECRET}`],
    ['a header with a key', `X-Api-Key: ${SECRET}`],
    ['a password in a URI', `Contact: <sip:u:${SECRET}@192.0.2.1>`],
    ['a token in a URI', `Contact: <sip:u@192.0.2.1;token=${SECRET}>`],
  ])('has no %s', (_what, header) => {
    const kept = redact(message([header]))
    expect(kept).not.toContain(SECRET)
    expect(kept).toContain('Via: SIP/2.0/UDP 192.0.2.1')
    expect(kept).toContain('\r\nContent-Length: 0\r\n\r\n')
  })

  it.each([
    ['SRTP key', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${SECRET}|2^20|1:4`],
    ['second SRTP key', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc|1:4;inline:${SECRET}|2:4`],
    ['ICE password', `a=ice-pwd:${SECRET}`],
    ['MIKEY key', `a=key-mgmt:mikey ${SECRET}`],
    ['key of old', `k=base64:${SECRET}`],
  ])('has no %s, and its body is as long as it was', (_what, line) => {
    const body = `v=0\r\nm=audio 4000 RTP/AVP 0\r\n${line}\r\na=sendrecv\r\n`
    const kept = redact(message(['Content-Type: application/sdp'], body))
    expect(kept).not.toContain(SECRET)
    expect(kept.split('\r\n\r\n')[1]).toHaveLength(body.length)
    expect(kept).toContain('m=audio 4000 RTP/AVP 0\r\n')
    expect(kept).toContain('\r\na=sendrecv\r\n')
  })

  it('has no digits that were dialled during the call', () => {
    const relay = message(
      ['Content-Type: application/dtmf-relay'],
      'Signal=7\r\nDuration=160\r\n',
      'INFO sip:x SIP/2.0',
    )
    expect(redact(relay)).toContain('Signal=x\r\nDuration=160')
    expect(redact(message(['c: application/dtmf'], '7', 'INFO sip:x SIP/2.0'))).toMatch(/\r\n\r\nx$/)
    for (const body of ['Signal=\r\n7\r\n', ' signal = 7', 'SIGNAL\t=7\r\nSignal=7'])
      expect(
        redact(message(['Content-Type:\r\n application/dtmf-relay'], body)).split('\r\n\r\n')[1],
      ).not.toContain('7')
  })

  it('has no body in which nothing can be found', () => {
    const kept = redact(message(['Content-Encoding: gzip'], SECRET))
    expect(kept).toMatch(/\r\n\r\nx{15}$/)
    expect(redact(message(['e: deflate'], 'what'))).toMatch(/\r\n\r\nxxxx$/)
    expect(redact(message(['e: identity'], 'what'))).toMatch(/\r\n\r\nwhat$/)
  })

  it('says who asks, and how', () => {
    const kept = redact(
      message([
        `Authorization: Digest username="ada", realm="r", nonce="n", uri="sip:x", response="${SECRET}", qop=auth`,
      ]),
    )
    expect(kept).toContain(
      'Authorization: Digest username="ada", realm="r", nonce="redacted", uri="sip:x", response="redacted", qop=auth',
    )
  })

  it('is the very message where there is no secret', () => {
    const plain = message(
      ['Contact: <sip:u@192.0.2.1>', 'Content-Type: application/sdp'],
      'v=0\r\nm=audio 1 RTP/AVP 0\r\n',
    )
    expect(redact(plain)).toBe(plain)
  })

  it('is found in time that grows with the length, whatever the message', async () => {
    const pieces = fc.constantFrom(
      'sip:',
      'a:',
      '@',
      ' ',
      '\r\n',
      '\t',
      '"',
      '=',
      ';token=',
      'inline:',
      'Authorization:',
      'x',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 400 }), (parts) => {
        redact(parts.join(''))
      }),
    )
    for (const piece of [
      'sip:a',
      'Authorization: a=',
      ' ',
      '\r\n ',
      'token',
      'a-',
      '"\\',
      'inline:',
      ';token="',
    ]) {
      const text = `INVITE x\r\nAuthorization: ${piece.repeat(65_536 / piece.length)}`
      expect(await leastCpuMs(500, () => redact(text)), piece).toBeLessThan(500)
    }
  })
})
