import type { MemoryNetwork } from './memory-network.ts'
import type { SipWire } from './sip-wire.ts'

export interface MemoryWireOptions {
  readonly transport?: 'udp' | 'tcp'
  /** What the network calls us; IPv6 without brackets. */
  readonly address: string
  /** 5060 unless given. */
  readonly port?: number
  readonly to: { readonly host: string; readonly port: number }
}

/** The wire of `openWire` on a memory network: what speaks over the one speaks over the other. */
export function memoryWire(network: MemoryNetwork, options: MemoryWireOptions): SipWire {
  const { transport: name = 'udp', address, port = 5060, to } = options
  const transport = network[name](address, port, {
    onMessage(bytes, from) {
      wire.onText(bytes.toString('latin1'), (text) => transport.send(Buffer.from(text, 'latin1'), from))
    },
    onBroken: () => {},
    onSendFailed: () => {},
  })
  const peer = { transport: name, address: to.host.replace(/^\[|\]$/g, ''), port: to.port } as const
  const wire: SipWire = {
    transport: name,
    port: transport.local.port,
    host: address.includes(':') ? `[${address}]` : address,
    onText: () => {},
    send(message) {
      const bytes = typeof message === 'string' ? Buffer.from(message, 'latin1') : message
      transport.send(bytes, peer)
    },
    closed: new Promise(() => {}),
    [Symbol.asyncDispose]: () => transport.close(),
  }
  return wire
}
