import { request as requestPlainly } from 'node:http'
import { request as requestSafely } from 'node:https'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type HookReach, portOf, reachingLookup, whyNotHooked } from '../notify/http/reach.ts'
import type { Clock } from '../shared/clock.ts'
import { decodeText } from '../shared/decode-text.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { version } from '../shared/version.ts'

/** A document that is asked for. */
export interface Wanted {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly reach: HookReach
  /** That there is none (404) is an answer, too. */
  readonly oftenMissing?: boolean
}

/** The document, or that it is the same (304), or none (404). */
export interface Fetched {
  readonly status: 200 | 304 | 404
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
}

/**
 * Rejects with AP_LIST_UNREACHABLE, AP_LIST_TOO_SLOW, AP_LIST_TOO_LARGE, AP_LIST_LOGIN_REFUSED, AP_LIST_NOT_ANSWERED or
 * AP_LIST_NOT_CALLED; the error has `afterMs` where the server says when to come again.
 */
export type Fetch = (wanted: Wanted) => Promise<Fetched>

/** Of the text; a million numbers of a line each are 15 MB. */
export const MOST_MEGABYTES = 32
const MOST_HOPS = 5
const TIMEOUT_S = 60

/**
 * Fetches documents by HTTP: bounded in bytes, time and redirections, and only from where webhooks may go
 * (notify/http/reach.ts), at each hop.
 */
export function documentFetcher(clock: Clock): Fetch {
  return async (wanted) => {
    const leaving = new AbortController()
    using _timer = clock.setTimer(TIMEOUT_S * 1000, () =>
      leaving.abort(new AnswerphoneError('AP_LIST_TOO_SLOW', { seconds: TIMEOUT_S })),
    )
    let hop: Wanted = wanted
    for (let hops = 0; hops <= MOST_HOPS; hops++) {
      const answer = await ask(hop, leaving.signal)
      if ('document' in answer) return answer.document
      hop = { ...hop, ...followed(hop, answer.location) }
    }
    throw unreachable(`it redirects more than ${MOST_HOPS} times`)
  }
}

const unreachable = (why: string) => new AnswerphoneError('AP_LIST_UNREACHABLE', { why })

/** Where a redirection leads. What lets in goes to the server for which it is meant alone (RFC 9110 §15.4). */
export function followed({ url, headers }: Wanted, location: string): Pick<Wanted, 'url' | 'headers'> {
  const [from, to] = [URL.parse(url), URL.parse(location, url)]
  if (!from || !to) throw unreachable('it redirects to where nothing is')
  if (from.protocol === 'https:' && to.protocol !== 'https:')
    throw unreachable('it redirects from https to where anybody may listen')
  const { authorization: _, ...others } = headers
  return { url: to.href, headers: from.origin === to.origin ? headers : others }
}

type Answer = { readonly document: Fetched } | { readonly location: string }

async function ask({ url, headers, reach, oftenMissing }: Wanted, signal: AbortSignal): Promise<Answer> {
  const why = whyNotHooked(url, reach)
  if (why !== null) throw new AnswerphoneError('AP_LIST_NOT_CALLED', { why })
  const parsed = URL.parse(url) as URL
  const send = parsed.protocol === 'https:' ? requestSafely : requestPlainly
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const lookup = reachingLookup(portOf(parsed), reach)
  const own = { 'user-agent': `Answerphone/${version}`, 'accept-encoding': 'gzip' }
  const asked = send(parsed, { headers: { ...own, ...headers }, agent: false, lookup, signal })
  const failed = (error: Error) =>
    reject(
      signal.aborted ? signal.reason : error instanceof AnswerphoneError ? error : unreachable(error.message),
    )
  asked.on('error', failed)
  asked.on('response', (response) => {
    const { statusCode: status = 0, headers: told } = response
    // A connection that breaks off is an error of the response, too, and there is no list then.
    response.on('error', failed)
    const settle = (answer: Answer) => {
      resolve(answer)
      response.destroy()
    }
    const kept = { etag: told.etag, 'last-modified': told['last-modified'] }
    if (status === 304 || (status === 404 && oftenMissing))
      return settle({ document: { status, headers: kept, text: '' } })
    if (status >= 300 && status < 400 && told.location) return settle({ location: told.location })
    if (status !== 200) {
      failed(refusalOf(status, told['retry-after']))
      return void response.destroy()
    }
    readText(response, told['content-encoding']).then(
      (text) => settle({ document: { status: 200, headers: kept, text } }),
      (error: Error) => {
        failed(error)
        response.destroy()
      },
    )
  })
  asked.end()
  return await promise
}

/** Waits as long as the server asks for (RFC 9110 §10.2.3), a week at most. */
export function refusalOf(status: number, retryAfter: string | undefined): AnswerphoneError {
  const seconds = /^\d{1,7}$/.test(retryAfter ?? '') ? Math.min(Number(retryAfter), 7 * 86_400) : 0
  const code = status === 401 || status === 403 ? 'AP_LIST_LOGIN_REFUSED' : 'AP_LIST_NOT_ANSWERED'
  return new AnswerphoneError(code, { status, ...(seconds > 0 && { afterMs: seconds * 1000 }) })
}

/** Counted after it was unpacked: a small file can hold a large one. */
async function readText(response: Readable, encoding: string | undefined): Promise<string> {
  const unpacked = encoding === 'gzip' || encoding === 'x-gzip' ? response.pipe(createGunzip()) : response
  if (unpacked !== response) response.on('error', (error) => unpacked.destroy(error))
  const parts: Buffer[] = []
  let length = 0
  for await (const part of unpacked as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST_MEGABYTES << 20)
      throw new AnswerphoneError('AP_LIST_TOO_LARGE', { most: MOST_MEGABYTES })
    parts.push(part)
  }
  return decodeText(Buffer.concat(parts))
}
