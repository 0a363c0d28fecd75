import type { Body } from './endpoint.ts'

/**
 * The DTMF digit in an INFO body: `application/dtmf-relay` ("Signal=5", Cisco's form that most phones send) or
 * `application/dtmf` (the digit alone). Undefined for anything else.
 */
export function readInfoDigit(body: Body): string | undefined {
  const type = body.contentType.split(';')[0]?.trim().toLowerCase()
  if (body.bytes.length > 256) return undefined
  const text = body.bytes.toString('latin1')
  const signal =
    type === 'application/dtmf-relay'
      ? /^\s*signal\s*=\s*(\S+)/im.exec(text)?.[1]
      : type === 'application/dtmf'
        ? text.trim()
        : undefined
  if (signal === undefined) return undefined
  if (/^[0-9*#a-d]$/i.test(signal)) return signal.toUpperCase()
  // RFC 4733 §3.2 numbers: some gateways write 10 for * and 11 for #.
  return { '10': '*', '11': '#' }[signal]
}
