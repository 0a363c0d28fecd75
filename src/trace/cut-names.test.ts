import { describe, expect, it } from 'vitest'
import { sampleTrace } from '../../test/helpers/sample-trace.ts'
import { cutNames, cutUser } from './cut-names.ts'
import type { Trace } from './trace.ts'

const OWN = new Set(['home', 'kitchen'])

function cut(text: string): string {
  const trace = sampleTrace()
  const [message] = trace.messages
  return cutNames({ ...trace, messages: [{ ...message, text }] } as Trace, OWN).messages[0]?.text ?? ''
}

describe('a trace for strangers', () => {
  it.each([
    ['+49301234567', '+493xxxxxxxx'],
    ['030 1234567', '030xxxxxxxx'],
    ['0049 30 1', '004xxxxxx'],
    ['*8', 'xx'],
    ['alice', 'xxxxx'],
    ['anonymous', 'anonymous'],
  ])('has %s as %s', (user, left) => expect(cutUser(user)).toBe(left))

  it.each([
    [
      'From: "Jürgen Groß" <sip:+49301234567@p.example>;tag=a',
      'From: "cut" <sip:+493xxxxxxxx@p.example>;tag=a',
    ],
    ['From: Alice <sip:alice@p.example>;tag=a', 'From: cut <sip:xxxxx@p.example>;tag=a'],
    ['t: <sip:home@192.0.2.2>', 't: <sip:home@192.0.2.2>'],
    ['Contact: <sip:0301234567:x@192.0.2.1;ob>', 'Contact: <sip:030xxxxxxx:x@192.0.2.1;ob>'],
    ['P-Asserted-Identity: <tel:+49301234567>', 'P-Asserted-Identity: <tel:+493xxxxxxxx>'],
    [
      'P-Asserted-Identity: "A" <sip:+49301234567@x>, B <tel:+49301234567>',
      'P-Asserted-Identity: "cut" <sip:+493xxxxxxxx@x>, cut <tel:+493xxxxxxxx>',
    ],
    [
      'Authorization: Digest username="alice", realm="r"',
      'Authorization: Digest username="xxxxx", realm="r"',
    ],
    ['Subject: about my knee', 'Subject: cut'],
    ['Identity: eyJ0biI6IjQ5MzAxMjM0NTY3In0', 'Identity: cut'],
    ['X-Caller: +49301234567', 'X-Caller: cut'],
    ["User-Agent: Linphone/5.2 (Ada's iPhone) belle-sip", 'User-Agent: Linphone/5.2 (cut) belle-sip'],
    ['Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9', 'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9'],
    ['no header at all', 'Unreadable: cut'],
  ])('has %s as %s', (header, left) => {
    expect(cut(`INVITE sip:home@h SIP/2.0\r\n${header}\r\nMax-Forwards: 70\r\n\r\n`)).toBe(
      `INVITE sip:home@h SIP/2.0\r\n${left}\r\nMax-Forwards: 70\r\n\r\n`,
    )
  })

  it('has a folded header in one', () => {
    expect(cut('INVITE sip:+49301234567@h SIP/2.0\r\nFrom: "A"\r\n <sip:alice@h>\r\n\r\n')).toBe(
      'INVITE sip:+493xxxxxxxx@h SIP/2.0\r\nFrom: "cut" <sip:xxxxx@h>\r\n\r\n',
    )
  })

  it('has of a session description what is not about people, as long as it was', () => {
    const body =
      'v=0\r\no=alice 1 1 IN IP4 192.0.2.1\r\ns=Call of Alice\r\ne=a@example.org\r\nm=audio 4000 RTP/AVP 0\r\n'
    const left = cut(`ACK sip:home@h SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n${body}`).split(
      '\r\n\r\n',
    )[1]
    expect(left).toBe(
      'v=0\r\no=xxxxx 1 1 IN IP4 192.0.2.1\r\ns=xxxx xx xxxxx\r\ne=xxxxxxxxxxxxx\r\nm=audio 4000 RTP/AVP 0\r\n',
    )
    expect(cut('MESSAGE sip:home@h SIP/2.0\r\nContent-Type: text/plain\r\n\r\nhi')).toMatch(/\r\n\r\nxx$/)
  })

  it('names nobody anywhere', () => {
    const trace = cutNames(sampleTrace(), OWN)
    expect(JSON.stringify(trace)).not.toContain('301234567')
    expect(trace.legs.map(({ name }) => name)).toEqual(['+493xxxxxxxx', 'kitchen'])
    expect(trace.statistics.map(({ name }) => name)).toEqual(['+493xxxxxxxx', 'kitchen'])
  })
})
