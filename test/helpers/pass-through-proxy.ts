import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What a proxy on the machine's own host does to connections: they come from the loopback, whoever made them. */
export interface PassThroughProxy extends AsyncDisposable {
  readonly host: string
  readonly port: number
}

/** Passes each connection to `address` on to the server at this URL. */
export async function openProxy(address: string, to: string): Promise<PassThroughProxy> {
  const target = new URL(to)
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const behind = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      open.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => open.delete(socket))
    }
  })
  server.listen(0, address)
  await once(server, 'listening')
  return {
    host: address,
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
