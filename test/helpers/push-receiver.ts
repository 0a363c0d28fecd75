import { createECDH, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto'
import { createServer } from 'node:https'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { makeLeaf, makeRoot } from '../../src/api/tls/make-certificate.ts'

/** What web-push encrypts with is written by others; here it decrypts (RFC 8188). */
const { decrypt } = createRequire(createRequire(import.meta.url).resolve('web-push'))('http_ece') as {
  decrypt(body: Buffer, keys: { version: 'aes128gcm'; privateKey: ECDH; authSecret: Buffer }): Buffer
}

/** A push that came, as the browser would read it. */
export interface ReceivedPush {
  readonly news: Record<string, unknown>
  readonly ttl: number
  readonly urgency: string
  readonly topic: string
  /** What the signature is for (RFC 8292 §2). */
  readonly claims: { readonly aud: string; readonly sub: string; readonly exp: number }
  /** The key that signed, which must be the one with which the browser subscribed. */
  readonly signedBy: string
}

/** A push service with one browser that has subscribed (RFC 8030), by HTTPS on loopback. It believes nothing. */
export interface PushService extends AsyncDisposable {
  /** The authority of its certificate, PEM. */
  readonly ca: string
  /** What the browser gives its page: PushSubscription.toJSON(). */
  readonly subscription: { readonly endpoint: string; readonly keys: { p256dh: string; auth: string } }
  readonly received: readonly ReceivedPush[]
  /** Pushes that were not right, with the reason. */
  readonly wrong: readonly string[]
  /** What it answers from now on; default 201. */
  status: number
}

export async function startPushService(): Promise<PushService> {
  const root = await makeRoot('Push service of a test', Date.now())
  const { cert, key } = await makeLeaf(root, ['localhost', '127.0.0.1'], Date.now())
  const browser = createECDH('prime256v1')
  browser.generateKeys()
  const authSecret = randomBytes(16)
  const received: ReceivedPush[] = []
  const wrong: string[] = []
  const path = `/push/${randomBytes(8).toString('hex')}`

  const server = createServer({ cert, key }, async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    try {
      if (request.url !== path || request.method !== 'POST')
        throw new Error(`${request.method} ${request.url}`)
      const { headers } = request
      if (headers['content-encoding'] !== 'aes128gcm') throw new Error('RFC 8291 §4: aes128gcm')
      const keys = { version: 'aes128gcm', privateKey: browser, authSecret } as const
      const news = JSON.parse(decrypt(Buffer.concat(chunks), keys).toString())
      const { ttl, urgency, topic } = headers
      const { claims, signedBy } = readVapid(headers.authorization ?? '')
      received.push({ news, ttl: Number(ttl), urgency: `${urgency}`, topic: `${topic}`, claims, signedBy })
    } catch (error) {
      wrong.push(String(error))
    }
    response.writeHead(service.status).end('x'.repeat(100_000))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const service: PushService = {
    ca: root.cert,
    // By name, so that it has to be looked up.
    subscription: {
      endpoint: `https://localhost:${port}${path}`,
      keys: { p256dh: browser.getPublicKey('base64url'), auth: authSecret.toString('base64url') },
    },
    received,
    wrong,
    status: 201,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
  return service
}

/** Checks the signature of `vapid t=JWT, k=KEY` (RFC 8292 §3). */
function readVapid(authorization: string): Pick<ReceivedPush, 'claims' | 'signedBy'> {
  const [, head = '', body = '', signature = '', signedBy = ''] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? []
  const point = Buffer.from(signedBy, 'base64url')
  const x = point.subarray(1, 33).toString('base64url')
  const y = point.subarray(33).toString('base64url')
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(`${head}.${body}`)
  const isRight = verify(
    'sha256',
    signed,
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isRight) throw new Error('RFC 8292 §2: the signature is wrong')
  return { claims: JSON.parse(Buffer.from(body, 'base64url').toString()), signedBy }
}
