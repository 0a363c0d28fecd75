import { type IncomingMessage, Agent as PlainAgent, request as requestPlainly } from 'node:http'
import { request as requestSafely, Agent as SafeAgent } from 'node:https'
import { getCACertificates } from 'node:tls'
import { type HookReach, portOf, reachingLookup, whyNotHooked } from '../../notify/http/reach.ts'
import { DavFailure, explainSocket, explainStatus } from './dav-failure.ts'

export interface DavFetchOptions {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly reach: HookReach
  /** Ends all that is on its way. */
  readonly signal: AbortSignal
}

/** `fetch` for one account, and the first thing that went wrong, which tells more than what came of it later. */
export interface DavFetch extends Disposable {
  readonly fetch: typeof fetch
  readonly failure: () => DavFailure | undefined
}

/** Nobody waits so long for an address book. */
const SILENCE_MS = 30_000
/** Of one answer: some cards with their pictures. */
const MOST_BYTES = 32 << 20
const MOST_REDIRECTS = 5
/**
 * Services with a host for each part of their users. Of no other domain do all hosts count as one server: what lies side
 * by side below `co.uk` or `duckdns.org` belongs to strangers.
 */
const OF_MANY_HOSTS = ['.icloud.com']

/**
 * Requests to an account's server alone: by addresses within reach, of a bounded size, and with the password only where
 * the owner has sent it.
 */
export function openDavFetch({ url, user, password, reach, signal }: DavFetchOptions): DavFetch {
  const home = new URL(url)
  const login = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const agents = new Map<string, PlainAgent | SafeAgent>()
  let failure: DavFailure | undefined

  function agentFor(target: URL): PlainAgent | SafeAgent {
    const known = agents.get(target.origin)
    if (known) return known
    const lookup = reachingLookup(portOf(target), reach)
    const agent =
      target.protocol === 'https:'
        ? new SafeAgent({ keepAlive: true, lookup, ca: authorities() })
        : new PlainAgent({ keepAlive: true, lookup })
    agents.set(target.origin, agent)
    return agent
  }

  function ask(target: URL, method: string, headers: Record<string, string>, body: string | undefined) {
    const why = whyNotHooked(target.href, reach)
    if (why !== null) throw new DavFailure('AP_CARDDAV_UNREACHABLE', `${target.host} is not called: ${why}`)
    if (!isSameServer(target, home))
      throw new DavFailure(
        'AP_CARDDAV_FAILED',
        `${home.host} sends us to ${target.origin}; give that address`,
      )
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const send = target.protocol === 'https:' ? requestSafely : requestPlainly
    const length = body === undefined ? {} : { 'content-length': `${Buffer.byteLength(body)}` }
    const asked = send(target, {
      method,
      headers: { ...headers, ...length, authorization: login, 'user-agent': 'Answerphone' },
      agent: agentFor(target),
      timeout: SILENCE_MS,
      signal,
    })
    asked.on('timeout', () => asked.destroy(new Error('it does not answer')))
    asked.on('error', (error) => reject(explainSocket(error, target.host)))
    asked.on('response', resolve)
    asked.end(body)
    return promise
  }

  async function go(input: URL, init: RequestInit): Promise<Response> {
    const headers = Object.fromEntries(new Headers(init.headers))
    const method = init.method ?? 'GET'
    const body = init.body == null ? undefined : String(init.body)
    let target = input
    for (let redirects = 0; ; redirects++) {
      const answer = await ask(target, method, headers, body)
      const { statusCode: status = 0, headers: said } = answer
      const isElsewhere = status >= 300 && status < 400 && said.location !== undefined
      if (isElsewhere && init.redirect !== 'manual' && redirects < MOST_REDIRECTS) {
        answer.resume()
        target = new URL(said.location ?? '', target)
        continue
      }
      const bytes = await readAll(answer, target.host)
      const wrong = explainStatus(status, target.host)
      if (wrong) failure ??= wrong
      const response = new Response(status === 204 || status === 304 ? null : bytes, {
        status: status < 200 ? 502 : status,
        headers: {
          'content-type': said['content-type'] ?? '',
          ...(isElsewhere && { location: said.location }),
        },
      })
      return Object.defineProperty(response, 'url', { value: target.href })
    }
  }

  return {
    fetch: async (input, init = {}) => {
      try {
        return await go(new URL(String(input)), init)
      } catch (error) {
        if (error instanceof DavFailure) failure ??= error
        throw error
      }
    },
    failure: () => failure,
    [Symbol.dispose]() {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}

/** Whether it is the server that the owner has named, as far as a password goes. */
export function isSameServer(target: URL, home: URL): boolean {
  if (home.protocol === 'https:' && target.protocol !== 'https:') return false
  if (target.hostname === home.hostname) return true
  if (target.protocol !== 'https:') return false
  return OF_MANY_HOSTS.some((domain) => [home, target].every(({ hostname }) => hostname.endsWith(domain)))
}

async function readAll(answer: IncomingMessage, host: string): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      bytes += part.length
      if (bytes > MOST_BYTES)
        throw new DavFailure('AP_CARDDAV_TOO_LARGE', `an answer of ${host} has more than ${MOST_BYTES} bytes`)
      parts.push(part)
    }
  } catch (error) {
    throw error instanceof DavFailure ? error : explainSocket(error as NodeJS.ErrnoException, host)
  }
  return Uint8Array.from(Buffer.concat(parts))
}

/** Node's authorities, those of NODE_EXTRA_CA_CERTS, and the system's, to which an owner may have added his own. */
const authorities = () => [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
