import type { SipMessage, SipRequest, SipResponse } from '../../src/sip/message/message.ts'
import { parseMessage } from '../../src/sip/message/parse.ts'
import type { MemoryNetwork } from './memory-network.ts'

/** A host that sends SIP as it is written and keeps what it gets: for what no proper user agent would do. */
export interface RawPeer {
  /** Sends a message; lines end with `\n`, the body follows an empty line, Content-Length is added. */
  send(text: string): void
  readonly heard: SipMessage[]
  /** Responses with this CSeq (number and method), by status. */
  statuses(cseq: string): number[]
  response(cseq: string, status: number): SipResponse | undefined
  requests(method: string): SipRequest[]
}

export interface RawPeerOptions {
  readonly address: string
  readonly port?: number
  readonly to: { readonly address: string; readonly port: number }
}

export function rawPeer(network: MemoryNetwork, { address, port = 5060, to }: RawPeerOptions): RawPeer {
  const heard: SipMessage[] = []
  const transport = network.udp(address, port, {
    onMessage(bytes) {
      // A keep-alive (RFC 5626 §4.4.1).
      if (bytes.toString().trim() === '') return
      const parsed = parseMessage(bytes, 'datagram')
      if (!parsed.ok) throw new Error(`${parsed.failure.why}: ${bytes}`)
      heard.push(parsed.message)
    },
    onBroken: () => {},
    onSendFailed: () => {},
  })
  const responses = (cseq: string) =>
    heard
      .filter((message) => message.kind === 'response')
      .filter(({ headers }) => headers.first('CSeq') === cseq)
  return {
    heard,
    send(text) {
      const split = text.indexOf('\n\n')
      const head = (split === -1 ? text : text.slice(0, split)).trimEnd().replaceAll('\n', '\r\n')
      const body = split === -1 ? '' : text.slice(split + 2)
      const length = /^content-length:/im.test(head) ? '' : `\r\nContent-Length: ${Buffer.byteLength(body)}`
      transport.send(Buffer.from(`${head}${length}\r\n\r\n${body}`), { transport: 'udp', ...to })
    },
    statuses: (cseq) => responses(cseq).map(({ status }) => status),
    response: (cseq, status) => responses(cseq).find((response) => response.status === status),
    requests: (method) =>
      heard.filter((message) => message.kind === 'request').filter((request) => request.method === method),
  }
}
