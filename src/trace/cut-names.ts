import type { Party, Trace } from './trace.ts'

/** Headers in which nobody is named: they stay as they are. */
const NEUTRAL = new Set(
  `via v call-id i cseq max-forwards content-type c content-length l content-disposition content-encoding e accept
  accept-encoding allow supported k require proxy-require unsupported expires min-expires session-expires x min-se event o
  subscription-state allow-events u reason warning retry-after timestamp date rseq rack privacy answer-mode mime-version
  authentication-info www-authenticate proxy-authenticate`.split(/\s+/),
)
/** Headers of addresses (RFC 3261 §20, RFC 3325, RFC 5806, RFC 7044, RFC 3892): of each, the host and the form of the user stay. */
const ADDRESSES = new Set(
  `from f to t contact m route record-route path service-route p-asserted-identity p-preferred-identity remote-party-id
  diversion history-info referred-by b refer-to r reply-to replaces join authorization proxy-authorization`.split(
    /\s+/,
  ),
)
/** Said by programs, which may put the name of their owner's telephone in brackets. */
const PROGRAMS = new Set(['user-agent', 'server'])

/** In SDP (RFC 8866 §5): who, what about, and how to reach him. `o=` begins with a name. */
const SAID_OF_PEOPLE = /^([siuep]=)([^\r\n]+)/gm
const ORIGIN = /^(o=)(\S+)/gm

/** Names that are the owner's own, of lines and phones, and tell nobody who called. */
export type OwnNames = ReadonlySet<string>

/**
 * A trace that can be shown to strangers: numbers of callers and called are cut to their first three digits and their
 * length, names are gone, and so is each header that is not known to name nobody. Addresses stay, for without them
 * nothing can be found out.
 */
export function cutNames(trace: Trace, own: OwnNames): Trace {
  const party = <Whose extends Party>(whose: Whose): Whose => ({
    ...whose,
    name: whose.name === null || own.has(whose.name) ? whose.name : cutUser(whose.name),
  })
  return {
    ...trace,
    legs: trace.legs.map(party),
    messages: trace.messages.map((message) => ({ ...message, text: cutMessage(message.text, own) })),
    statistics: trace.statistics.map(party),
  }
}

/** `+49301234567` → `+493xxxxxxxx`; of what is no number nothing is left but the length. */
export function cutUser(user: string): string {
  if (/^(?:anonymous|unknown|unavailable)$/i.test(user)) return user
  const isNumber = /^[+*#\d().\s-]{4,}$/.test(user)
  let digits = 0
  return [...user].map((char) => (isNumber && (/[+*#]/.test(char) || ++digits <= 3) ? char : 'x')).join('')
}

function cutMessage(text: string, own: OwnNames): string {
  const end = text.search(/\r?\n\r?\n/)
  const head = end < 0 ? text : text.slice(0, end)
  const [start = '', ...lines] = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const body = end < 0 ? '' : text.slice(end)
  return (
    [cutAddresses(start, own), ...lines.map((line) => cutHeader(line, own))].join('\r\n') +
    cutBody(body, head)
  )
}

function cutHeader(line: string, own: OwnNames): string {
  const [, name = '', value = ''] = /^([^:\s]{1,64})[ \t]*:(.*)$/s.exec(line) ?? []
  const key = name.toLowerCase()
  if (key === '') return 'Unreadable: cut'
  if (NEUTRAL.has(key)) return line
  if (PROGRAMS.has(key)) return `${name}:${value.replace(/\([^()]*\)/g, '(cut)')}`
  if (!ADDRESSES.has(key)) return `${name}: cut`
  // What stands before the address is a name.
  const named = value
    .replace(/"(?:[^"\\]|\\[\s\S]?)*(?:("\s*)(?=<)|"|$)/g, cutQuoted)
    .replace(/(^|,)([ \t]*)[^\s",<>;:=][^",<>;:=]*(?=<)/g, '$1$2cut ')
  return `${name}:${cutAddresses(named, own).replace(/(username=")([^"]*)/gi, (_whole, before: string, user: string) => before + cutUser(user))}`
}

/** A quoted string, to its end or, where nobody closes it, that of the header: looked for from each quote it would take quadratic time. */
function cutQuoted(whole: string, beforeAddress: string | undefined, at: number, value: string): string {
  if (beforeAddress !== undefined) return '"cut" '
  if (value[at - 1] === '=') return whole
  return whole.length > 1 && whole.endsWith('"') ? '"cut"' : whole.replace(/^[^<]*/, '"cut" ')
}

function cutAddresses(text: string, own: OwnNames): string {
  const cut = (user: string) => (own.has(decoded(user)) ? user : cutUser(user))
  return text
    .replace(
      /(\bsips?:)([^\s@:;<>"]{1,256})(?=[^\s<>"]{0,256}@)/gi,
      (_whole, scheme: string, user: string) => scheme + cut(user),
    )
    .replace(/(\btel:)([^\s;<>"]{1,64})/gi, (_whole, scheme: string, number: string) => scheme + cut(number))
}

function cutBody(body: string, head: string): string {
  if (body.trim() === '') return body
  const isSession = /^(?:content-type|c)[ \t]*:[ \t]*application\/sdp/im.test(head)
  if (!isSession) return body.replace(/[^\r\n]/g, 'x')
  return body
    .replace(
      SAID_OF_PEOPLE,
      (_whole, kind: string, said: string) => kind + (said === '-' ? said : said.replace(/\S/g, 'x')),
    )
    .replace(
      ORIGIN,
      (_whole, kind: string, who: string) => kind + (who === '-' ? who : 'x'.repeat(who.length)),
    )
}

function decoded(user: string): string {
  try {
    return decodeURIComponent(user)
  } catch {
    return user
  }
}
