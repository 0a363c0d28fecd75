import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server of block lists on loopback, scripted: it does what the test tells it, and notes what it was asked. */
export interface ListServer extends AsyncDisposable {
  readonly url: string
  /** Path, and the headers that matter, of each request. */
  readonly asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[]
  /** What becomes of requests from now on, by path. */
  readonly acts: Record<string, ListAct>
}

export type ListAct = (request: IncomingMessage, response: ServerResponse) => void

export async function startListServer(): Promise<ListServer> {
  const asked: ListServer['asked'] = []
  const acts: Record<string, ListAct> = {}
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    asked.push({ path: request.url ?? '', headers: request.headers })
    const act = acts[path]
    if (act) act(request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    acts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** Serves it, and says 304 to whoever has it already. */
export const serves =
  (text: string, etag = '"1"'): ListAct =>
  ({ headers }, response) => {
    const isKnown = headers['if-none-match'] === etag
    response.writeHead(isKnown ? 304 : 200, { etag }).end(isKnown ? undefined : text)
  }
export const fails =
  (status: number): ListAct =>
  (_, response) =>
    void response.writeHead(status).end()
export const redirects =
  (location: string): ListAct =>
  (_, response) =>
    void response.writeHead(302, { location }).end()
/** Status 200, as of a hotel that wants a room number first. */
export const showsLogin: ListAct = (_, response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><form>Room?</form>')
export const breaksOff: ListAct = (_, response) => {
  response.writeHead(200, { 'content-length': 1000 }).write('+4930111')
  setTimeout(() => response.destroy(), 100)
}
export const hangs: ListAct = () => {}
/** More than anybody wants, in few bytes. */
export const floods: ListAct = (_, response) => {
  response.writeHead(200)
  const more = () => {
    while (response.write('+4930111111\n'.repeat(10_000)));
    response.once('drain', more)
  }
  response.on('error', () => {})
  more()
}
