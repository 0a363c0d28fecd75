import type { PhoneConnection, WebSocketLike } from '../../src/shared/web-socket.ts'
import type { SipWire } from './sip-wire.ts'

/** The other end of a WebSocket in memory: a browser that a test drives. */
export interface MemoryBrowser {
  /** What came from the server, oldest first. */
  readonly heard: readonly { readonly text: string; readonly isBinary: boolean }[]
  /** Pings that came. */
  readonly pings: number
  /** The status code with which the server closed, or 1006 where it did so without a word (RFC 6455 §7.1.5). */
  readonly closedBy: number | undefined
  /** False: it has gone without a goodbye, and answers no ping. */
  answersPings: boolean
  /** False: it does not read, and all that is sent to it waits. */
  reads: boolean
  /** True: the network breaks under whatever is sent to it. */
  breaks: boolean
  /** Is told of each message as it comes. */
  onMessage: (text: string) => void
  say(text: string | Buffer): void
  leave(): void
}

/** A WebSocket without a network: messages take no time, closing takes a turn, or never ends. */
export function memoryWebSocket(): { readonly socket: WebSocketLike; readonly browser: MemoryBrowser } {
  const heard: { text: string; isBinary: boolean }[] = []
  const listeners = new Map<string, ((...args: never[]) => void)[]>()
  const emit = (event: string, ...args: unknown[]) => {
    for (const listener of listeners.get(event) ?? []) (listener as (...args: unknown[]) => void)(...args)
  }
  let open = true
  let waiting = 0
  let pings = 0
  let closedBy: number | undefined
  const close = (code: number) => {
    if (!open) return
    open = false
    closedBy = code
    emit('close', code, Buffer.alloc(0))
  }

  const browser: MemoryBrowser = {
    heard,
    get pings() {
      return pings
    },
    get closedBy() {
      return closedBy
    },
    answersPings: true,
    reads: true,
    breaks: false,
    onMessage: () => {},
    say(text) {
      if (open) emit('message', Buffer.from(text), Buffer.isBuffer(text))
    },
    leave: () => close(1000),
  }
  const socket: WebSocketLike = {
    get bufferedAmount() {
      return waiting
    },
    send(data, { binary }, done) {
      if (!open) return done(new Error('not open'))
      if (browser.breaks) {
        const error = Object.assign(new Error('broken'), { code: 'ECONNRESET' })
        queueMicrotask(() => {
          emit('error', error)
          done(error)
          close(1006)
        })
        return
      }
      if (!browser.reads) {
        waiting += data.length
        return
      }
      const text = data.toString(binary ? 'latin1' : 'utf8')
      heard.push({ text, isBinary: binary })
      done()
      browser.onMessage(text)
    },
    ping() {
      pings++
      if (open && browser.answersPings) emit('pong', Buffer.alloc(0))
    },
    // Who does not read sees no closing handshake either.
    close: (code) => queueMicrotask(() => browser.reads && close(code)),
    terminate: () => queueMicrotask(() => close(1006)),
    on(event: string, listener: (...args: never[]) => void) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener])
    },
  }
  return { socket, browser }
}

/** The wire of a browser: what speaks over `memoryWire` speaks over a WebSocket that `accept` takes. */
export function memoryWebSocketWire(
  accept: (connection: PhoneConnection) => void,
  connection: Omit<PhoneConnection, 'socket'>,
): SipWire & { readonly browser: MemoryBrowser } {
  const { socket, browser } = memoryWebSocket()
  const wire = {
    transport: connection.secure ? ('wss' as const) : ('ws' as const),
    port: connection.remote.port,
    host: connection.remote.address,
    browser,
    onText: (() => {}) as SipWire['onText'],
    // An answer must not be there before the phone waits for it.
    send: (message: string | Buffer) => queueMicrotask(() => browser.say(message)),
    closed: new Promise<void>(() => {}),
    async [Symbol.asyncDispose]() {
      browser.leave()
    },
  }
  browser.onMessage = (text) => wire.onText(text, wire.send)
  accept({ ...connection, socket })
  return wire
}
