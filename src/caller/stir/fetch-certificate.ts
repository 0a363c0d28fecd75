import { type Agent, request } from 'node:https'
import type { Clock } from '../../shared/clock.ts'
import { type Reach, whyNotCalled } from '../../shared/reach.ts'

/** A certificate file as it came, and for how long it may be kept. */
export interface Fetched {
  readonly pem: string
  readonly keepMs: number
}

const TIMEOUT_MS = 2000
const MOST_BYTES = 65_536
/** ATIS-1000074 §5.3.1: the two ports at which certificates are. */
const PORTS = ['', '443', '8443']
const SHORTEST_MS = 60_000
const USUAL_MS = 3600_000
const LONGEST_MS = 24 * 3600_000

/**
 * Fetches a certificate file that a caller's signature names. Whoever calls chooses the URL: it has to be https at a
 * public address, is followed nowhere else, and is given little time and room. Rejects with the reason.
 */
export function fetchCertificate(
  url: string,
  { reach, agent, clock }: { readonly reach: Reach; readonly agent: Agent; readonly clock: Clock },
): Promise<Fetched> {
  const { promise, resolve, reject } = Promise.withResolvers<Fetched>()
  const why = whyNotCalled(url, reach)
  if (why !== null || (reach.kind === 'public' && !PORTS.includes(new URL(url).port))) {
    reject(new Error(why ?? 'its port is neither 443 nor 8443'))
    return promise
  }
  const asked = request(url, { agent, headers: { Accept: 'application/pem-certificate-chain' } })
  const timer = clock.setTimer(TIMEOUT_MS, () => asked.destroy(new Error('it does not answer in time')))
  asked.on('error', reject)
  asked.on('response', (response) => {
    if (response.statusCode !== 200) return void asked.destroy(new Error(`it answers ${response.statusCode}`))
    let size = 0
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MOST_BYTES) asked.destroy(new Error('it is too long'))
      else chunks.push(chunk)
    })
    response.on('error', reject)
    response.on('end', () => {
      const keepMs = keepFor(response.headers['cache-control'])
      resolve({ pem: Buffer.concat(chunks).toString('latin1'), keepMs })
    })
  })
  asked.on('close', () => {
    timer.cancel()
    reject(new Error('the connection was closed'))
  })
  asked.end()
  return promise
}

/** RFC 9111 §5.2.2, within limits: nobody may have us ask at each call, nor keep what was withdrawn long ago. */
function keepFor(cacheControl: string | undefined): number {
  if (cacheControl === undefined) return USUAL_MS
  if (/\bno-(?:store|cache)\b/i.test(cacheControl)) return SHORTEST_MS
  const [, seconds] = /\bmax-age\s*=\s*"?(\d{1,9})/i.exec(cacheControl) ?? []
  const ms = seconds === undefined ? USUAL_MS : Number(seconds) * 1000
  return Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS)
}
