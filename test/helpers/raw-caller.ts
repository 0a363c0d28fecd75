import { toOf } from '../../src/sip/message/read.ts'
import { ALICE, type EndpointPair, type EndpointPairOptions, endpointPair, MACHINE } from './endpoint-pair.ts'
import { type RawPeer, rawPeer } from './raw-peer.ts'

/** A caller written out by hand, calling an endpoint. Its requests are answered within `send`'s 10 ms. */
export interface RawCaller extends Pick<EndpointPair, 'clock' | 'network' | 'machine' | 'calls' | 'settle'> {
  readonly peer: RawPeer
  /** Sends a request with CSeq `cseq`; in a dialog as soon as a response brought a tag. Lets 10 ms pass. */
  send(method: string, cseq: number, parts?: RawParts): void
  /** Of the responses to that request. */
  statuses(method: string, cseq: number): number[]
  /** The To tag of the machine, once known. */
  readonly tag: string | undefined
}

export interface RawParts {
  /** Further header lines. */
  readonly headers?: readonly string[]
  readonly body?: string
  /** False to leave it away. */
  readonly contact?: string | false
  readonly uri?: string
  /** A tag of another dialog, or '' for none. */
  readonly toTag?: string
  readonly branch?: string
}

/** Port of the raw caller; 5060 of that address is the pair's own `alice`. */
const PORT = 5070

export function rawCaller(options: EndpointPairOptions = {}): RawCaller {
  const pair = endpointPair(options)
  const { clock, network } = pair
  const peer = rawPeer(network, { address: ALICE, port: PORT, to: { address: MACHINE, port: 5060 } })
  let branches = 0

  const tag = () => {
    for (const message of peer.heard) {
      const found = message.kind === 'response' ? toOf(message)?.params.get('tag') : undefined
      if (found) return found
    }
    return undefined
  }

  return {
    ...pair,
    peer,
    get tag() {
      return tag()
    },
    statuses: (method, cseq) => peer.statuses(`${cseq} ${method}`),
    send(method, cseq, { headers = [], body, contact, uri, toTag, branch } = {}) {
      const to = toTag ?? tag() ?? ''
      const lines = [
        `${method} ${uri ?? 'sip:line@192.0.2.2'} SIP/2.0`,
        `Via: SIP/2.0/UDP ${ALICE}:${PORT};branch=${branch ?? `z9hG4bK-raw-${branches++}`}`,
        'Max-Forwards: 70',
        'From: <sip:alice@192.0.2.1>;tag=alice-tag',
        `To: <sip:line@192.0.2.2>${to === '' ? '' : `;tag=${to}`}`,
        'Call-ID: raw-call@192.0.2.1',
        `CSeq: ${cseq} ${method}`,
        ...(contact === false ? [] : [`Contact: ${contact ?? `<sip:alice@${ALICE}:${PORT}>`}`]),
        ...(body === undefined || headers.some((line) => /^content-type:/i.test(line))
          ? []
          : ['Content-Type: application/sdp']),
        ...headers,
      ]
      peer.send(`${lines.join('\n')}\n\n${body ?? ''}`)
      clock.advance(10)
    },
  }
}
