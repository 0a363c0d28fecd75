import { describe, expect, it } from 'vitest'
import { differenceBetween } from './trace/difference.ts'
import { nameRtcpTokens } from './trace/name-rtcp-tokens.ts'
import { nameRtpTokens } from './trace/name-rtp-tokens.ts'
import { nameSipTokens } from './trace/name-sip-tokens.ts'
import { tokenNames } from './trace/token-names.ts'

function answer({ tag = '00112233aabbccdd', session = '12', port = 20_000, extra = '', length = 0 } = {}) {
  const body = `v=0\r\no=- ${session} ${session} IN IP4 192.0.2.2\r\nm=audio ${port} RTP/AVP 0\r\n`
  return [
    'SIP/2.0 200 OK',
    'From: <sip:alice@192.0.2.1>;tag=alice',
    `To: <sip:home@192.0.2.2>;tag=${tag}`,
    `${extra}Content-Length: ${length || body.length}`,
    '',
    body,
  ].join('\r\n')
}
const named = (text: string) => nameSipTokens(text, tokenNames())

describe('the naming of random tokens in SIP', () => {
  it('makes two answers alike that differ in tokens only, and in the length that their digits make', () => {
    const other = answer({ tag: 'ffeeddccbbaa9988', session: '3456789012', port: 20_100 })
    expect(named(other)).toBe(named(answer()))
    expect(named(other)).toContain('To: <sip:home@192.0.2.2>;tag=<tag 1>\n')
    expect(named(other)).toContain(
      'o=- <session 1> <session>+0 IN IP4 192.0.2.2\nm=audio <port 1> RTP/AVP 0\n',
    )
  })

  it.each([
    ['a header more', { extra: 'X-Phone: kitchen\r\n' }],
    ['a tag of another form', { tag: '00112233AABBCCDD' }],
    ['a longer tag', { tag: '00112233aabbccdd00' }],
    ['a wrong length', { length: 3 }],
    ['a session id that is no number', { session: 'x1' }],
    ['no port', { port: 0 }],
  ])('leaves %s to be seen', (_, change) => {
    expect(named(answer(change))).not.toBe(named(answer()))
  })

  it('gives the same token the same name throughout a trace, and another another', () => {
    const names = tokenNames()
    const tagIn = (tag: string) => /<tag \d>/.exec(nameSipTokens(answer({ tag }), names))?.[0]
    const [one, other] = ['0'.repeat(16), '1'.repeat(16)]
    expect([tagIn(one), tagIn(other), tagIn(one)]).toEqual(['<tag 1>', '<tag 2>', '<tag 1>'])
  })

  it('leaves what the caller chose', () => {
    const text = 'SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK-mine\r\nCall-ID: mine\r\n\r\n'
    expect(named(text)).toBe(text.replaceAll('\r\n', '\n'))
  })
})

const rtp = (sequence: number, timestamp: number, ssrc: number, payload = 'ff', head = '8000') =>
  Buffer.from(
    head +
      [sequence.toString(16).padStart(4, '0'), timestamp.toString(16).padStart(8, '0')].join('') +
      ssrc.toString(16).padStart(8, '0') +
      payload,
    'hex',
  )
const stream = (...packets: Buffer[]) => {
  const names = tokenNames()
  return packets.map((packet) => nameRtpTokens(packet, names))
}

describe('the naming of random tokens in RTP (RFC 3550 §5.1)', () => {
  it('counts sequence numbers and timestamps from the first, past their wrap', () => {
    const one = stream(rtp(1, 0, 7), rtp(2, 160, 7))
    expect(stream(rtp(0xffff, 0xffff_ff60, 9), rtp(0, 0, 9))).toEqual(one)
    expect(one).toEqual(['8000 #0 @0 <ssrc 1> ff', '8000 #1 @160 <ssrc 1> ff'])
  })

  it.each([
    ['a gap', rtp(3, 160, 7)],
    ['a jump in time', rtp(2, 320, 7)],
    ['another SSRC', rtp(2, 160, 8)],
    ['a marker', rtp(2, 160, 7, 'ff', '8080')],
    ['another payload', rtp(2, 160, 7, 'fe')],
  ])('leaves %s to be seen', (_, second) => {
    expect(stream(rtp(1, 0, 7), second)).not.toEqual(stream(rtp(1, 0, 7), rtp(2, 160, 7)))
  })
})

describe('the naming of random tokens in RTCP (RFC 3550 §6)', () => {
  const report = (ssrc: string, timestamp: string, cname: string, packets = '00000077') =>
    Buffer.concat([
      Buffer.from(`80c80006${ssrc}ed05fc15628f5c28${timestamp}${packets}00004a60`, 'hex'),
      Buffer.from(`81ca0006${ssrc}0110`, 'hex'),
      Buffer.from(`${cname}\0\0`, 'latin1'),
      Buffer.from(`81cb0001${ssrc}`, 'hex'),
    ])
  const read = (...parts: Parameters<typeof report>) => {
    const names = tokenNames()
    nameRtpTokens(rtp(0, Number.parseInt(parts[1], 16) - 160, Number.parseInt(parts[0], 16)), names)
    return nameRtcpTokens(report(...parts), names)
  }
  const one = read('25bb1062', '1cb29d00', 'yeNxDU5c8U7Tl70q')

  it('makes two reports alike that differ in tokens only', () => {
    expect(read('00000001', '00001000', '0123456789abcdef')).toBe(one)
    expect(one).toBe(
      'SR 80c80006 <ssrc 1> ntp=ed05fc15628f5c28 @160 0000007700004a60 | SDES 81ca0006 <ssrc 1> 0110 <cname 1> 0000 | BYE 81cb0001 <ssrc 1> ',
    )
  })

  it.each<[string, Parameters<typeof report>]>([
    ['a count', ['00000001', '00001000', '0123456789abcdef', '00000078']],
    ['a name that tells something', ['00000001', '00001000', 'kitchen@10.0.0.9']],
  ])('leaves %s to be seen', (_, parts) => {
    expect(read(...parts)).not.toBe(one)
  })
})

describe('the difference between two traces', () => {
  const trace = ['+ 0 ms SIP 100', '+ 1 ms SIP 180', '+ 2 ms SIP 200', '+ 3 ms RTP']
  const tell = (other: readonly string[]) =>
    differenceBetween({ name: 'out', trace }, { name: 'ignored', trace: other })

  it('is nothing between equals', () => {
    expect(tell([...trace])).toBeUndefined()
  })

  it('reads like a diff', () => {
    expect(tell(trace.with(2, '+ 1.96 ms SIP 200'))).toBe(
      [
        '“out” (−) and “ignored” (+) differ in 1 of 4 messages and packets, first in number 3:',
        '  + 0 ms SIP 100',
        '  + 1 ms SIP 180',
        '− + 2 ms SIP 200',
        '− + 3 ms RTP',
        '+ + 1.96 ms SIP 200',
        '+ + 3 ms RTP',
      ].join('\n'),
    )
  })

  it('tells of what is missing, and of what is too much', () => {
    expect(tell(trace.slice(0, 3))).toContain('− + 3 ms RTP\n+ (nothing more)')
    expect(tell([...trace, '+ 4 ms RTP'])).toContain('− (nothing more)\n+ + 4 ms RTP')
  })
})
