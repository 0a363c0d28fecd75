import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { makeLeaf, makeRoot } from '../../src/api/tls/make-certificate.ts'
import type { Reach } from '../../src/shared/reach.ts'

/** A place of the web on loopback where a provider keeps its certificate. */
export interface CertificateShelf extends AsyncDisposable {
  readonly url: string
  /** How it is reached, though it is at no public address. */
  readonly reach: Reach
  readonly asked: number
}

export async function openCertificateShelf(pem: string): Promise<CertificateShelf> {
  const now = Date.now()
  const root = await makeRoot('Web', now)
  const { cert, key } = await makeLeaf(root, ['127.0.0.1'], now)
  let asked = 0
  const server = createServer({ cert, key }, (_request, response) => {
    asked++
    response.end(pem)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/provider.pem`,
    reach: { kind: 'test', address: '127.0.0.1', ca: root.cert },
    get asked() {
      return asked
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
