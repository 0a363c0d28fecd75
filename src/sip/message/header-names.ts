/** Compact forms (RFC 3261 §7.3.3 and the IANA registry of SIP header fields) and the names they stand for. */
const COMPACT: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
}

const FREQUENT = ['Accept', 'Allow', 'Authorization', 'CSeq', 'Date', 'Expires', 'Max-Forwards', 'Min-SE']
const FREQUENT_TOO = ['Record-Route', 'Require', 'Route', 'Server', 'User-Agent', 'P-Asserted-Identity']

/** The spellings that are met every day; the rest takes the slower way through `toLowerCase`. */
const keys = new Map<string, string>()
for (const name of [...Object.values(COMPACT), ...FREQUENT, ...FREQUENT_TOO]) {
  for (const spelling of [name, name.toLowerCase(), name.toUpperCase()])
    keys.set(spelling, name.toLowerCase())
}
for (const [compact, name] of Object.entries(COMPACT)) {
  keys.set(compact, name.toLowerCase())
  keys.set(compact.toUpperCase(), name.toLowerCase())
}

/** The key of a well-known spelling, or undefined; such a name needs no check of its characters. */
export function frequentKey(name: string): string | undefined {
  return keys.get(name)
}

/** One key for all spellings of a header's name: names are case-insensitive and have compact forms (RFC 3261 §7.3.1). */
export function headerKey(name: string): string {
  return keys.get(name) ?? name.toLowerCase()
}

const UNLISTED = new Set(['www-authenticate', 'authorization', 'proxy-authenticate', 'proxy-authorization'])

/** False for headers whose commas do not separate values (RFC 3261 §7.3.1). */
export function mayBeList(key: string): boolean {
  return !UNLISTED.has(key)
}
