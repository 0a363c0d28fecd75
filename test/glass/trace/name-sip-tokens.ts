import type { TokenNames } from './token-names.ts'

/** What the machine draws at random, by the place where it stands and the form that it must have. */
const PLACES: readonly (readonly [kind: string, at: RegExp])[] = [
  // Ours in a response is the To tag, in a request of ours the From tag: the caller's own has another form.
  ['tag', /(?<=^(?:To|From): .*;tag=)[0-9a-f]{16}(?=[;\r])/gm],
  ['branch', /(?<=^Via: .*;branch=z9hG4bK)[0-9a-f]{24}(?=[;\r])/gm],
  ['nonce', /(?<=^WWW-Authenticate: .*nonce=")[A-Za-z0-9+/=_-]{20,}(?=")/gm],
  ['rseq', /(?<=^RSeq: )[1-9]\d{0,9}(?=\r)/gm],
]

/**
 * A SIP message from the machine with its random tokens named. Nothing else is touched: a header more, another order,
 * another value still shows. Content-Length counts the digits of random numbers; it is checked, and then named.
 */
export function nameSipTokens(text: string, names: TokenNames): string {
  const split = text.indexOf('\r\n\r\n') + 4
  const body = text.slice(split)
  let head = text.slice(0, split)
  for (const [kind, at] of PLACES) head = head.replace(at, (value) => names.name(kind, value))
  if (body.length > 0)
    head = head.replace(
      `\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`,
      '\r\nContent-Length: <right>\r\n',
    )
  return `${head}${nameSessionTokens(body, names)}`.replaceAll('\r\n', '\n')
}

/** RFC 8866 §5.2: session id and version, both numbers; the version is told as how far it is from the id. RFC 8866 §5.14: the port. */
function nameSessionTokens(body: string, names: TokenNames): string {
  return body
    .replace(
      /^o=- (\d{1,10}) (\d{1,10}) (?=IN )/m,
      (_, id: string, version: string) =>
        `o=- ${names.name('session', id)} <session>+${Number(version) - Number(id)} `,
    )
    .replace(/(?<=^m=audio )[1-9]\d*(?= )/m, (port) => names.name('port', port))
}
