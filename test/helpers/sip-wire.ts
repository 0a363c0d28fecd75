import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/**
 * Carries SIP text over real sockets, written without a line of `src/`: bytes go out as they are, whole messages come
 * in. It serves callers who follow the rules as well as those who do not.
 */
export interface SipWire extends AsyncDisposable {
  readonly transport: 'udp' | 'tcp' | 'ws' | 'wss'
  readonly port: number
  /** As it stands in a Via or a URI: IPv6 in brackets. */
  readonly host: string
  /** `reply` answers by the way that a message came. */
  onText: (text: string, reply: (text: string) => void) => void
  send(message: string | Buffer): void
  /** The other side closed the connection (TCP). */
  readonly closed: Promise<void>
}

export interface WireOptions {
  readonly to: { readonly host: string; readonly port: number }
  readonly transport?: 'udp' | 'tcp'
  /** Our address; that of the loopback unless given. */
  readonly local?: string
  /** Our port; a free one unless given. */
  readonly port?: number
}

export function openWire(options: WireOptions): Promise<SipWire> {
  return options.transport === 'tcp' ? openTcp(options) : openUdp(options)
}

/** The bare address of a host that may stand in brackets. */
const bare = (host: string) => host.replace(/^\[|\]$/g, '')
const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address)
const toBytes = (message: string | Buffer) =>
  typeof message === 'string' ? Buffer.from(message, 'latin1') : message
const never = new Promise<void>(() => {})

function localOf({ to, local }: WireOptions): string {
  return local ?? (to.host.includes(':') ? '::1' : '127.0.0.1')
}

async function openUdp(options: WireOptions): Promise<SipWire> {
  const local = localOf(options)
  const { to } = options
  const socket = createSocket({ type: local.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 4 << 20 })
  socket.bind(options.port ?? 0, local)
  await once(socket, 'listening')
  const send = (message: string | Buffer) =>
    socket.send(toBytes(message), to.port, bare(to.host), () => undefined)
  const wire: SipWire = {
    transport: 'udp',
    port: socket.address().port,
    host: bracketed(local),
    onText: () => {},
    send,
    closed: never,
    async [Symbol.asyncDispose]() {
      socket.close()
      await once(socket, 'close')
    },
  }
  socket.on('message', (bytes) => wire.onText(bytes.toString('latin1'), send))
  return wire
}

/** One connection for all that we send; and a listener, for a peer that would rather connect to our Contact. */
async function openTcp(options: WireOptions): Promise<SipWire> {
  const local = localOf(options)
  const open = new Set<Socket>()
  const server = createServer((socket) => follow(socket))
  server.listen(options.port ?? 0, local)
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const stream = connect({ host: bare(options.to.host), port: options.to.port, localAddress: local })
  await once(stream, 'connect')
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  stream.on('close', () => resolve())
  const wire: SipWire = {
    transport: 'tcp',
    port,
    host: bracketed(local),
    onText: () => {},
    send: (message) => void stream.write(toBytes(message)),
    closed,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }

  function follow(socket: Socket): void {
    open.add(socket)
    let waiting = ''
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
    socket.on('data', (chunk) => {
      waiting += chunk.toString('latin1')
      for (;;) {
        // RFC 5626 §4.4.1: a pong.
        waiting = waiting.replace(/^(\r\n)+/, '')
        const head = waiting.indexOf('\r\n\r\n')
        if (head === -1) return
        const length = Number(/^content-length: *(\d+)/im.exec(waiting.slice(0, head))?.[1] ?? 0)
        if (waiting.length < head + 4 + length) return
        wire.onText(waiting.slice(0, head + 4 + length), (text) => socket.write(text, 'latin1'))
        waiting = waiting.slice(head + 4 + length)
      }
    })
  }
  follow(stream)
  return wire
}

/** The value of a header in a message as text. */
export function headerOf(text: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(.*?)\\r?$`, 'im').exec(text)?.[1]
}

export const statusOf = (text: string): number => Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1] ?? 0)
