import { describe, expect, it } from 'vitest'
import { sameUri } from './same-uri.ts'

describe('URIs are compared (RFC 3261 §19.1.4)', () => {
  it.each([
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;security=on'],
    ['sip:carol@chicago.com;newparam=5', 'sip:carol@chicago.com;security=on'],
    ['sip:b.com;transport=tcp;method=REGISTER?to=x', 'sip:b.com;method=REGISTER;transport=tcp?to=x'],
    ['sip:a@b.com?subject=x&priority=urgent', 'sip:a@b.com?priority=urgent&subject=x'],
    ['sip:a@[2001:DB8::1]:5060', 'sip:a@[2001:db8::1]:5060'],
    ['tel:+4930123', 'tel:+4930123'],
  ])('%s is %s', (one, other) => {
    expect(sameUri(one, other)).toBe(true)
    expect(sameUri(other, one)).toBe(true)
  })

  it.each([
    ['sip:ALICE@atlanta.com', 'sip:alice@atlanta.com'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;maddr=192.0.2.1'],
    ['sip:bob@biloxi.com', 'sips:bob@biloxi.com'],
    ['sip:bob@biloxi.com', 'sip:bob:word@biloxi.com'],
    ['sip:bob@biloxi.com', 'sip:biloxi.com'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
    ['sip:bob@phone21.boxesbybob.com', 'sip:bob@192.0.2.4'],
    ['tel:+4930123', 'tel:+4930124'],
    ['sip:bob@biloxi.com', 'tel:+4930123'],
  ])('%s is not %s', (one, other) => {
    expect(sameUri(one, other)).toBe(false)
    expect(sameUri(other, one)).toBe(false)
  })
})
