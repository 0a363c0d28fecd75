import type { TokenNames } from './token-names.ts'

const SENDER_REPORT = 200
const RECEIVER_REPORT = 201
const DESCRIPTION = 202
const BYE = 203
/** RFC 7022 §4.2: 96 random bits in base64. */
const CNAME = /^[A-Za-z0-9+/]{16}$/

/**
 * A compound RTCP packet from the machine (RFC 3550 §6), part by part: SSRC and CNAME named, the timestamp of a sender
 * report counted from the stream's first packet; the NTP time, the counts and the report blocks as they are.
 */
export function nameRtcpTokens(compound: Buffer, names: TokenNames): string {
  const parts: string[] = []
  for (let at = 0; at < compound.length; ) {
    const end = at + 4 * ((at + 4 <= compound.length ? compound.readUInt16BE(at + 2) : 0) + 1)
    parts.push(namePart(compound.subarray(at, end), names))
    at = end
  }
  return parts.join(' | ')
}

function namePart(part: Buffer, names: TokenNames): string {
  const head = part.toString('hex', 0, 4)
  if (part.length < 8) return part.toString('hex')
  const ssrc = names.name('ssrc', part.toString('hex', 4, 8))
  const rest = (from: number) => part.toString('hex', from)
  switch (part[1]) {
    case SENDER_REPORT: {
      const timestamp = names.sinceFirst(`timestamp ${ssrc}`, part.readUInt32BE(16), 32)
      return `SR ${head} ${ssrc} ntp=${part.toString('hex', 8, 16)} @${timestamp} ${rest(20)}`
    }
    case RECEIVER_REPORT:
    case BYE:
      return `${part[1] === BYE ? 'BYE' : 'RR'} ${head} ${ssrc} ${rest(8)}`
    case DESCRIPTION: {
      const length = part[9] ?? 0
      const text = part.toString('latin1', 10, 10 + length)
      const cname = CNAME.test(text) ? names.name('cname', text) : text
      return `SDES ${head} ${ssrc} ${part.toString('hex', 8, 10)} ${cname} ${rest(10 + length)}`
    }
    default:
      return part.toString('hex')
  }
}
