import { describe, expect, it } from 'vitest'
import { measure } from './real/features.ts'
import type { CallRecord } from './real/measured-call.ts'

/** A call of which everything is known: answered after 1 s, a greeting of 25 frames from the sixth packet on, BYE after 2 s. */
function record(
  change: { lateFrom?: number; lateMs?: number; tag?: string; token?: string; header?: string } = {},
): CallRecord {
  const { lateFrom = 0, lateMs = 0, tag = '0123456789abcdef', token = 'mine', header = '' } = change
  const response = (status: number, cseq: string) =>
    `SIP/2.0 ${status} X\r\nVia: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bK-${token}\r\nTo: <sip:line>;tag=${tag}\r\n` +
    `Call-ID: ${token}\r\nCSeq: ${cseq}\r\n${header}Content-Length: 0\r\n\r\n`
  const rtp = Array.from({ length: 100 }, (_, i) => {
    const content = Buffer.alloc(172, i >= 5 && i < 30 ? 0x20 + i : 0xff)
    content.writeUInt16BE(i === 0 ? 0x8080 : 0x8000, 0)
    content.writeUInt16BE((900 + i) & 0xffff, 2)
    content.writeUInt32BE(5000 + 160 * i, 4)
    content.writeUInt32BE(77, 8)
    return { at: 2004 + 20 * i + (i >= lateFrom ? lateMs : 0), content }
  })
  return {
    sip: [
      { at: 1001, content: response(100, '1 INVITE') },
      { at: 1002, content: response(180, '1 INVITE') },
      { at: 2002, content: response(200, '1 INVITE') },
      { at: 4003, content: response(200, '2 BYE') },
    ],
    rtp,
    rtcp: [],
    invitedAt: 1000,
    acknowledgedAt: 2003,
    reportedAt: 3500,
    hungUpAt: 4001,
    wallOrigin: 0,
    reportNtp: 0,
  }
}
const OWN = ['mine', 'other']

describe('what a caller makes of a call', () => {
  it('is the time of each answer, and of each packet against the first', () => {
    expect(measure(record(), OWN).features).toMatchObject({
      'INVITE to 100': 1,
      'INVITE to 180': 2,
      '180 to 200': 1000,
      'BYE to 200': 2,
      '200 to the first packet': 2,
      'gap, mean': 20,
      'gap, standard deviation': 0,
      'lateness, from half to half': 0,
      'frames before the greeting': 5,
      'ACK to the greeting': 101,
    })
  })

  it('shows packets that come 3 ms late from some moment on', () => {
    const { features } = measure(record({ lateFrom: 50, lateMs: 3 }), OWN)
    expect(features['lateness, from half to half']).toBe(3)
    expect(features['gap, longest']).toBe(23)
  })

  it('has one form, whatever the random tokens and our own are', () => {
    const { form } = measure(record(), OWN)
    expect(measure(record({ tag: 'fedcba9876543210', token: 'other' }), OWN).form).toEqual(form)
    expect(measure(record({ lateFrom: 50, lateMs: 3 }), OWN).form).toEqual(form)
    expect(measure(record({ header: 'X-Forked: yes\r\n' }), OWN).form).not.toEqual(form)
    expect(form.filter((line) => /^[0-9a-f]{320}$/.test(line))).toHaveLength(25)
  })

  it('has another form when a packet is missing', () => {
    const { rtp, ...rest } = record()
    const form = measure({ ...rest, rtp: rtp.toSpliced(40, 1) }, OWN).form
    expect(form).not.toEqual(measure(record(), OWN).form)
  })
})
