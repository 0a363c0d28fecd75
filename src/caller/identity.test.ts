import { describe, expect, it } from 'vitest'
import { parseMessage } from '../sip/message/parse.ts'
import { identifyCaller } from './identity.ts'

/** The identity in an INVITE with these header lines. */
function identify(...lines: readonly string[]) {
  const text = `INVITE sip:home@192.0.2.2 SIP/2.0\r\n${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`
  const parsed = parseMessage(Buffer.from(text), 'datagram')
  if (!parsed.ok || parsed.message.kind !== 'request') throw new Error('broken test')
  const { number, name } = identifyCaller(parsed.message)
  return [number, name]
}

describe('who is calling', () => {
  it.each([
    ['"Erna Müller" <sip:+49301234@fritz.box>;tag=1', '+49301234', 'Erna Müller'],
    ['Müller <sip:+49301234@fritz.box>;tag=1', '+49301234', 'Müller'],
    ['"Erna \\"E\\" M\\\\" <sip:030%2D1234@pbx>', '0301234', 'Erna "E" M\\'],
    ['<sip:%2B49301234@pbx:5060;user=phone>;tag=1', '+49301234', null],
    ['"+49301234" <sip:+49301234@pbx>', '+49301234', null],
    ['<sip:301234;phone-context=+49@pbx;user=phone>', '301234', null],
    ['<tel:+49-30-1234;phone-context=example.com>', '+49301234', null],
    ['sip:620@192.168.178.1;tag=1', '620', null],
    ['<sip:alice.b@example.com>', 'alice.b', null],
    ['"Door" <sip:192.168.1.20>;tag=1', null, 'Door'],
    ['"Anonymous" <sip:anonymous@anonymous.invalid>', null, null],
    ['"Anonymous" <sip:Anonymous@fritz.box>', null, null],
    ['"nobody" <sip:c8oqz84zk7z@privacy.invalid>', null, null],
  ])('reads From: %s', (from, number, name) => {
    expect(identify(`From: ${from}`)).toEqual([number, name])
  })

  const FROM = 'From: "Pretender" <sip:666@example.com>;tag=1'
  it.each([
    [['<sip:+49301234@example.com>'], '+49301234', 'Pretender'],
    [['"Erna" <tel:+49301234>, <sip:erna@example.com>'], '+49301234', 'Erna'],
    [['broken <', '<sip:+49301234@example.com>'], '+49301234', 'Pretender'],
    [['<sip:provider.example.com>'], '666', 'Pretender'],
    [['<sip:anonymous@anonymous.invalid>'], null, null],
  ])('believes P-Asserted-Identity %j more than From (RFC 3325)', (asserted, number, name) => {
    expect(identify(FROM, ...asserted.map((value) => `P-Asserted-Identity: ${value}`))).toEqual([
      number,
      name,
    ])
  })

  it.each(['id', 'header;id', 'user; critical'])('withholds it for Privacy: %s (RFC 3323 §4.2)', (wish) => {
    expect(identify(FROM, `Privacy: ${wish}`, 'P-Asserted-Identity: <tel:+49301234>')).toEqual([null, null])
  })

  it('keeps nothing that would not be read: endless, control characters, turned writing', () => {
    const [number, name] = identify(
      `From: "${'x'.repeat(5000)}" <sip:%00%0a${'1'.repeat(5000)}@example.com>;tag=1`,
    )
    expect(number).toBe('1'.repeat(128))
    expect(name).toBe('x'.repeat(128))
    expect(identify('From: "a\u202eb\tc" <sip:1@example.com>')).toEqual(['1', 'abc'])
  })
})
