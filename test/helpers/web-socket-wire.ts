import type { SipWire } from './sip-wire.ts'

export interface WebSocketWireOptions {
  readonly url: string
  /** Of the upgrade: Cookie, Origin, Authorization. */
  readonly headers?: Record<string, string>
}

/** The wire of `openWire` over a WebSocket as a browser opens it (RFC 7118), by Node's own client. Rejects when it is refused. */
export async function openWebSocketWire({ url, headers = {} }: WebSocketWireOptions): Promise<SipWire> {
  const socket = new WebSocket(url, { protocols: ['sip'], headers })
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  socket.addEventListener('close', () => resolve())
  await new Promise<void>((opened, refused) => {
    socket.addEventListener('open', () => opened())
    socket.addEventListener('error', () => refused(new Error(`${url} is not opened`)))
  })
  const wire: SipWire = {
    transport: url.startsWith('wss') ? 'wss' : 'ws',
    port: 0,
    host: 'df7jal23ls0d.invalid',
    onText: () => {},
    send: (message) => socket.send(message),
    closed,
    async [Symbol.asyncDispose]() {
      socket.close()
      await closed
    },
  }
  socket.addEventListener('message', ({ data }) => wire.onText(String(data), wire.send))
  return wire
}
