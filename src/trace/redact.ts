/** Headers of which only what is named below stays: RFC 3261 §20.6, §20.7, §20.27, §20.28, §20.44; RFC 7615. */
const AUTHENTICATION =
  /^([ \t]*(?:(?:proxy-)?auth(?:orization|enticate|entication-info)|www-authenticate)[ \t]*:)([^\r\n]*(?:(?:\r\n|[\r\n])[ \t]+[^\r\n]*)*)/gim
/** What says who asks and how, and opens nothing. */
const HARMLESS: ReadonlySet<string> = new Set([
  'realm',
  'username',
  'uri',
  'algorithm',
  'qop',
  'stale',
  'nc',
  'charset',
])
/** A name from its beginning: tried once, however long it is. */
const PARAMETER = /(?<![A-Za-z0-9_-])([A-Za-z0-9_-]+)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[^\s,"]+)/g
/** Headers that are secret altogether, by the looks of their names. */
const SECRET_HEADER =
  /^([ \t]*(?:set-cookie|cookie|[a-z0-9-]{0,40}(?:token|secret|password|passwd|api-?key)[a-z0-9-]{0,40})[ \t]*:)[^\r\n]*(?:(?:\r\n|[\r\n])[ \t]+[^\r\n]*)*/gim
/** RFC 3261 §19.1.1 */
const URI_PASSWORD = /(\bsips?:[^\s@:;<>"]{1,256}):[^\s@<>"]{1,256}@/gi
const URI_TOKEN =
  /([;?&](?:[a-z_-]{0,20}(?:token|secret|password|passwd)|key|pw|pwd)=)(?:"[^"]{0,4096}"|[^\s;&>",]+)/gi
/** RFC 4568 §9.2, RFC 8839 §5.4, RFC 4567 §3, RFC 4566 §5.12 */
const SDP_SECRETS = [
  /(\binline:[ \t]*)([^\s|;,]+)/gi,
  /(^[ \t]*a[ \t]*=[ \t]*ice-pwd[ \t]*:)([^\r\n]+)/gim,
  /(^[ \t]*a[ \t]*=[ \t]*key-mgmt[ \t]*:)([^\r\n]+)/gim,
  /(^[ \t]*k[ \t]*=)([^\r\n]+)/gim,
] as const
/** Bodies in which nothing can be found are left out. */
const CODED =
  /^[ \t]*(?:(?:content-encoding|e)[ \t]*:(?![ \t]*identity\b)|content-transfer-encoding[ \t]*:[ \t]*(?:base64|quoted))/im
const DIGIT_BODY = /^[ \t]*(?:content-type|c)[ \t]*:[ \t]*application\/dtmf/im

/** Most messages have none of these, and are left as they are at the price of one look. */
const MAY_HOLD_SECRETS =
  /auth|cookie|token|secret|passw|pwd|pw=|key|inline:|^[ \t]*k[ \t]*=|sips?:[^\s@:;<>"]{1,256}:[^\s@<>"]{1,256}@|content-(?:transfer-)?encoding|^e[ \t]*:|\/dtmf/im

/**
 * A message without what would let somebody in or lay open what was said: digests and nonces, keys of SRTP, ICE
 * passwords, passwords and tokens in URIs, cookies, digits that were dialled during the call. What goes from a body
 * becomes as many `x`, so that Content-Length stays true. Linear in the length; never throws.
 *
 * @param text one character for each byte (latin1)
 */
export function redact(text: string): string {
  if (!MAY_HOLD_SECRETS.test(text)) return text
  const end = endOfHead(text)
  return redactHead(text.slice(0, end)) + redactBody(text.slice(end), text.slice(0, end))
}

function redactHead(head: string): string {
  return head
    .replace(AUTHENTICATION, (_whole, name: string, value: string) => `${name} ${harmless(value)}`)
    .replace(SECRET_HEADER, '$1 redacted')
    .replace(URI_PASSWORD, '$1:redacted@')
    .replace(URI_TOKEN, '$1redacted')
}

/** What is known to be harmless stays; of all else, the names. */
function harmless(value: string): string {
  const [, scheme = ''] = /^\s*([A-Za-z]{1,16})(?=\s+[A-Za-z0-9_-]{1,32}\s*=)/.exec(value) ?? []
  const parameters = [...value.matchAll(PARAMETER)].map(([whole, name = '']) =>
    HARMLESS.has(name.toLowerCase()) ? whole : `${name}="redacted"`,
  )
  return `${scheme} ${parameters.join(', ')}`.trim() || 'redacted'
}

function redactBody(body: string, head: string): string {
  const unfolded = head.replace(/(?:\r\n|[\r\n])[ \t]+/g, ' ')
  if (CODED.test(unfolded) || CODED.test(body)) return fill(body)
  let left = body
  for (const secret of SDP_SECRETS)
    left = left.replace(secret, (_whole, name: string, value: string) => name + fill(value))
  left = left
    .replace(URI_TOKEN, (whole, name: string) => name + fill(whole.slice(name.length)))
    .replace(
      /(\bsips?:[^\s@:;<>"]{1,256}):([^\s@<>"]{1,256})@/gi,
      (_whole, user: string, password: string) => `${user}:${fill(password)}@`,
    )
  if (!DIGIT_BODY.test(unfolded)) return left
  const signal = /(^[ \t]*signal\s*=)(\s*\S+)/gim
  if (!signal.test(left)) return fill(left)
  return left.replace(signal, (_whole, key: string, value: string) => key + fill(value))
}

const fill = (secret: string): string => secret.replace(/[^\r\n]/g, 'x')

function endOfHead(text: string): number {
  const end = /\r?\n\r?\n/.exec(text)
  return end ? end.index + end[0].length : text.length
}
