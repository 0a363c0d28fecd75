import { parseMessage } from '../../src/sip/message/parse.ts'
import type { ReceivedRequest } from '../../src/sip/transaction/layer.ts'
import type { Source } from '../../src/sip/transport/transport.ts'

export const HERE = { address: '192.0.2.2', port: 5060 }

export const udpFrom = (address: string, port = 5060): Source => ({
  transport: 'udp',
  address,
  port,
  local: HERE,
})
export const tcpFrom = (address: string, flow: string, port = 40_000): Source => ({
  transport: 'tcp',
  address,
  port,
  flow,
  local: HERE,
})
/** Over a WebSocket that this account has opened. */
export const webSocketFrom = (address: string, account = 'user:ada', flow = 'ws-1'): Source => ({
  transport: 'ws',
  address,
  port: 50_000,
  flow,
  local: { ...HERE, port: 8080 },
  account,
})

export interface ReceivedParts {
  readonly source?: Source
  /** The user in From and To. */
  readonly user?: string
  /** In place of To's. */
  readonly to?: string
  readonly callId?: string
  readonly cseq?: number
  readonly uri?: string
  /** Further lines; those that are undefined are left away. */
  readonly lines?: readonly (string | undefined)[]
}

/** A request as the transaction layer hands it on. */
export function receivedRequest(method: string, parts: ReceivedParts = {}): ReceivedRequest {
  const { source = udpFrom('192.0.2.3'), user = 'kitchen', callId = 'call-1', cseq = 1, lines = [] } = parts
  const text = [
    `${method} ${parts.uri ?? 'sip:192.0.2.2'} SIP/2.0`,
    `Via: SIP/2.0/${source.transport.toUpperCase()} ${source.address};branch=z9hG4bKone`,
    'Max-Forwards: 70',
    `From: <sip:${user}@192.0.2.2>;tag=one`,
    `To: ${parts.to ?? `<sip:${user}@192.0.2.2>`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...lines.filter((line) => line !== undefined),
    'Content-Length: 0',
  ].join('\r\n')
  const parsed = parseMessage(Buffer.from(`${text}\r\n\r\n`), 'datagram')
  if (!parsed.ok || parsed.message.kind !== 'request') throw new Error(`not a request: ${text}`)
  return { ...parsed.message, source }
}
