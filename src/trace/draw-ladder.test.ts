import { describe, expect, it } from 'vitest'
import { sampleTrace } from '../../test/helpers/sample-trace.ts'
import { describeMessage } from './describe-message.ts'
import { drawLadder } from './draw-ladder.ts'
import { sketch } from './sketch.ts'

describe('a ladder in a terminal', () => {
  it('has a column for each party, an arrow for each message, and what was settled', () => {
    expect(drawLadder(sketch(sampleTrace()), 80).join('\n')).toBe(
      [
        '     +49301234567                   answerphone                     kitchen',
        '   203.0.113.5:5060               192.0.2.2:5060                192.0.2.11:5062',
        '    0.000  │────────── INVITE ──────────▶│                             │',
        '           │ audio 203.0.113.9:30000 PCMA PCMU events                  │',
        '    0.000  │◀─────── 100 Trying ─────────│                             │',
        '    0.001  │◀─────── 180 Ringing ────────│                             │',
        '    0.002  │                             │────────── INVITE ──────────▶│',
        '           │                             │ audio 192.0.2.2:20002 PCMA PCMU G722…',
        '    0.500  │─────── INVITE again ───────▶│                             │',
        '    0.520  │                             │◀─────── 180 Ringing ────────│',
        '    6.000  │                             │◀───────── 200 OK ───────────│',
        '           │                             │ audio 192.0.2.11:40000 PCMA │',
        '    6.000  │                             │──────────── ACK ───────────▶│',
        '    6.001  │◀───────── 200 OK ───────────│                             │',
        '           │ audio 192.0.2.2:20000 PCMA events                         │',
        '    6.040  │──────────── ACK ───────────▶│                             │',
        '   20.000  │──────────── BYE ───────────▶│                             │',
        '   20.000  │◀────── 200 OK (BYE) ────────│                             │',
        '   20.001  │                             │──────────── BYE ───────────▶│',
        '   20.010  │                             │◀────── 200 OK (BYE) ────────│',
      ].join('\n'),
    )
  })

  it('stays within whatever width there is, and becomes a list where columns do not fit', () => {
    for (const width of [20, 38, 47, 48, 60, 80, 120, 400])
      for (const line of drawLadder(sketch(sampleTrace()), width))
        expect([...line].length).toBeLessThanOrEqual(width)
    expect(drawLadder(sketch(sampleTrace()), 46)[0]).toBe('0.000  +49301234567 → answerphone  INVITE')
  })

  it('passes nothing on that steers a terminal', () => {
    const trace = sampleTrace()
    const [first, ...rest] = trace.messages
    const evil = {
      ...trace,
      messages: [{ ...first, text: 'X\x1b[2J\x1b]0;x\x07 sip:a SIP/2.0\r\n\r\n' }, ...rest],
    } as typeof trace
    const legs = [{ ...trace.legs[0], name: 'a\x1b[31m\u202e' }, ...trace.legs.slice(1)] as typeof trace.legs
    expect(drawLadder(sketch({ ...evil, legs }), 100).join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  it('is nothing where nothing was said', () => {
    expect(sketch({ legs: [], messages: [] })).toEqual({ columns: [], arrows: [] })
    expect(() => drawLadder(sketch({ legs: [], messages: [] }), 80)).not.toThrow()
  })
})

describe('what is read of a message first', () => {
  it.each([
    [
      'SIP/2.0 486 Busy Here\r\nCSeq: 4 INVITE\r\n\r\n',
      { title: '486 Busy Here', method: 'INVITE', session: null },
    ],
    ['SIP/2.0 200\r\ncseq:1\tbye\r\n\r\n', { title: '200', method: 'BYE', session: null }],
    ['REFER sip:x SIP/2.0\r\n\r\n', { title: 'REFER', method: 'REFER', session: null }],
    ['', { title: '', method: '', session: null }],
    [
      'INVITE x SIP/2.0\r\n\r\nv=0\r\nc=IN IP6 2001:db8::1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\na=rtpmap:111 opus/48000/2\r\na=fingerprint:sha-256 AB\r\na=recvonly\r\n',
      { title: 'INVITE', method: 'INVITE', session: 'audio [2001:db8::1]:9 opus PCMU recvonly DTLS' },
    ],
    [
      'INVITE x SIP/2.0\r\n\r\nm=audio 9 RTP/AVP x( 99 0\r\n',
      { title: 'INVITE', method: 'INVITE', session: 'audio :9 x( 99 PCMU' },
    ],
  ])('%j', (text, lines) => expect(describeMessage(text)).toEqual(lines))
})
