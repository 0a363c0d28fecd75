import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request that came. */
export interface ReceivedHook {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** What was answered. */
  readonly status: number
}

/** An HTTP server on loopback that notes what comes, and answers what it is told. */
export interface HookReceiver extends AsyncDisposable {
  readonly url: string
  readonly received: readonly ReceivedHook[]
  /** By how many have come before; default 204. */
  answer: (count: number) => number
}

export async function startHookReceiver(): Promise<HookReceiver> {
  const received: ReceivedHook[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const status = receiver.answer(received.length)
    const { method = '', url: path = '', headers } = request
    received.push({ method, path, headers, body, status })
    response.writeHead(status).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const receiver: HookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: () => 204,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
  return receiver
}
