import JsSIP from 'jssip'
import { openWire, type SipWire } from './sip-wire.ts'

export interface JsSipPhoneOptions {
  readonly to: { readonly host: string; readonly port: number }
  readonly user: string
  readonly password: string
}

/** What a subscription of JsSIP was told, by its own account of it. */
export interface JsSipWatch {
  /** Bodies of the NOTIFYs, oldest first; of the subscription that stands, after a restart of the machine too. */
  readonly bodies: readonly string[]
  /** How often it has subscribed. */
  readonly begun: number
}

/**
 * JsSIP as a phone that watches: its own transactions, registration and subscriptions (RFC 6665), over a TCP connection
 * of ours. When that is lost it connects, registers and subscribes again by itself.
 */
export interface JsSipPhone extends AsyncDisposable {
  /** How often it has registered, counting only those that came after a connection. */
  readonly registered: number
  watch(user: string, event: 'dialog' | 'message-summary'): JsSipWatch
}

const ACCEPT = {
  dialog: 'application/dialog-info+xml',
  'message-summary': 'application/simple-message-summary',
}

export function openJsSipPhone({ to, user, password }: JsSipPhoneOptions): JsSipPhone {
  const watches: (() => void)[] = []
  const wires = new Set<SipWire>()
  let registered = 0
  let wire: SipWire | undefined

  const socket = {
    via_transport: 'TCP',
    url: `tcp://${to.host}:${to.port}`,
    sip_uri: `sip:${to.host}:${to.port};transport=tcp`,
    onconnect: () => {},
    ondisconnect: (_error: boolean, _code?: number, _reason?: string) => {},
    ondata: (_data: string) => {},
    connect() {
      openWire({ to, transport: 'tcp' }).then(
        (opened) => {
          wire = opened
          wires.add(opened)
          opened.onText = (text) => socket.ondata(text)
          void opened.closed.then(() => socket.ondisconnect(true))
          socket.onconnect()
        },
        () => socket.ondisconnect(true),
      )
    },
    disconnect: () => void wire?.[Symbol.asyncDispose](),
    send(data: string) {
      wire?.send(data)
      return true
    },
  }
  const ua = new JsSIP.UA({
    sockets: [socket as never],
    uri: `sip:${user}@${to.host}`,
    password,
    register_expires: 120,
    connection_recovery_min_interval: 2,
    connection_recovery_max_interval: 3,
  })
  ua.on('registered', () => {
    registered++
    for (const subscribe of watches) subscribe()
  })
  ua.start()

  return {
    get registered() {
      return registered
    },
    watch(target, event) {
      const seen = { bodies: [] as string[], begun: 0 }
      const subscribe = () => {
        seen.begun++
        seen.bodies = []
        const { bodies } = seen
        const subscriber = ua.subscribe(`sip:${target}@${to.host}`, event, ACCEPT[event], {
          expires: 600,
          contentType: 'text/plain',
        })
        subscriber.on('notify', (_isFinal, _request, body) => bodies.push(body ?? ''))
        subscriber.subscribe()
      }
      watches.push(subscribe)
      if (registered > 0) subscribe()
      return seen
    },
    async [Symbol.asyncDispose]() {
      ua.stop()
      for (const open of wires) await open[Symbol.asyncDispose]()
    },
  }
}
