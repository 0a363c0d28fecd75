/** What stands over an arrow. */
export interface MessageLines {
  /** `INVITE`, `200 OK`. */
  readonly title: string
  /** The request that it is, or answers: `INVITE`. */
  readonly method: string
  /** The essentials of its session description: where sound goes, codecs, direction, encryption. Null without one. */
  readonly session: string | null
}

const STATUS_LINE = /^SIP\/2\.0 (\d{3})(?: ([^\r\n]{0,80}))?/
const CSEQ = /^cseq[ \t]*:[ \t]*\d{1,10}[ \t]+([A-Za-z]{1,20})/im

/** Reads what people look for first. `text`: as it is kept, one character for each byte. */
export function describeMessage(text: string): MessageLines {
  const cseq = CSEQ.exec(text)?.[1]?.toUpperCase()
  const status = STATUS_LINE.exec(text)
  const [word = ''] = /^[^\s]{0,32}/.exec(text) ?? []
  return {
    title: status ? `${status[1]} ${utf8(status[2] ?? '')}`.trim() : word,
    method: cseq ?? (status ? '' : word),
    session: describeSession(text),
  }
}

/** The bytes of a message as the UTF-8 that they are (RFC 3261 §25.1). */
export const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString()

const DIRECTION = /^a=(sendrecv|sendonly|recvonly|inactive)\b/m

function describeSession(text: string): string | null {
  const body = text.slice(text.search(/\r?\n\r?\n/) + 1)
  const media = /^m=([a-z]{1,16}) (\d{1,5})(?:\/\d+)? (\S{1,40})((?: \S{1,20}){0,40})/m.exec(body)
  if (!media) return null
  const [, kind = '', port = '', protocol = '', formats = ''] = media
  const address = /^c=IN IP[46] ([0-9A-Fa-f.:]{1,45})/m.exec(body)?.[1] ?? ''
  const names = formats
    .trim()
    .split(' ')
    .map((format) => codecNamed(format, body))
  const secured = /^a=fingerprint:/m.test(body)
    ? 'DTLS'
    : /^a=crypto:/m.test(body) || protocol.includes('SAVP')
      ? 'SRTP'
      : ''
  const direction = DIRECTION.exec(body)?.[1] ?? 'sendrecv'
  const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  return [kind, place, [...new Set(names)].join(' '), direction === 'sendrecv' ? '' : direction, secured]
    .filter((part) => part !== '')
    .join(' ')
}

/** RFC 3551 §6: those that need no rtpmap. */
const STATIC: Readonly<Record<string, string>> = {
  0: 'PCMU',
  3: 'GSM',
  8: 'PCMA',
  9: 'G722',
  13: 'CN',
  18: 'G729',
}

function codecNamed(format: string, body: string): string {
  if (!/^\d{1,3}$/.test(format)) return format
  const named = new RegExp(`^a=rtpmap:${format} ([A-Za-z0-9._-]{1,32})/`, 'm').exec(body)?.[1]
  const name = named ?? STATIC[format] ?? format
  return name === 'telephone-event' ? 'events' : name
}
