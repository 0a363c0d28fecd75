import type { SipRequest } from '../../src/sip/message/message.ts'
import type { RawPeer } from './raw-peer.ts'

/** A provider that answers requests of the machine by the test's hand, one by one. */
export interface ProviderByHand {
  /** The INVITEs of the machine, oldest first. */
  readonly invites: readonly SipRequest[]
  /** 200 to the last REGISTER, whatever it asks for. */
  grant(headers?: readonly string[]): void
  /** Responds to the last INVITE, or to any other request. */
  respond(status: string, parts?: ResponseParts): void
  /** A request in the dialog of the last INVITE. */
  request(method: string, cseq: number, parts?: Omit<ResponseParts, 'to'>): void
}

export interface ResponseParts {
  /** Whole lines. */
  readonly headers?: readonly string[]
  readonly sdp?: string
  /** Our tag in the dialog; `far` unless given. */
  readonly tag?: string
  /** What it responds to. */
  readonly to?: SipRequest | undefined
}

const DIGEST = 'Digest realm="provider", nonce="n1", qop="auth"'

/** What a proxy asks of who calls out. */
export const CHALLENGE = `Proxy-Authenticate: ${DIGEST}`

export function providerByHand(peer: RawPeer, address: string): ProviderByHand {
  const contact = `Contact: <sip:far@${address}>`
  const named = (request: SipRequest | undefined, ...names: readonly string[]) =>
    names.flatMap((name) => request?.headers.all(name).map((value) => `${name}: ${value}`) ?? [])
  const typed = (sdp: string) => (sdp === '' ? [] : ['Content-Type: application/sdp'])
  const invites = () => peer.requests('INVITE')

  return {
    get invites() {
      return invites()
    },
    grant(headers = []) {
      const request = peer.requests('REGISTER').at(-1)
      const copied = named(request, 'Via', 'From', 'To', 'Call-ID', 'CSeq', 'Contact', 'Expires')
      peer.send(`SIP/2.0 200 OK\n${[...copied, ...headers].join('\n')}\n\n`)
    },
    respond(status, { headers = [], sdp = '', tag = 'far', to = invites().at(-1) } = {}) {
      const toTag = to?.headers.first('To')?.includes('tag=') ? '' : `;tag=${tag}`
      const lines = [
        ...named(to, 'Via', 'From', 'Call-ID', 'CSeq'),
        `To: ${to?.headers.first('To')}${toTag}`,
        contact,
        ...headers,
        ...typed(sdp),
      ]
      peer.send(`SIP/2.0 ${status}\n${lines.join('\n')}\n\n${sdp}`)
    },
    request(method, cseq, { headers = [], sdp = '', tag = 'far' } = {}) {
      const invite = invites().at(-1)
      const lines = [
        `${method} ${/<([^>]+)>/.exec(invite?.headers.first('Contact') ?? '')?.[1]} SIP/2.0`,
        `Via: SIP/2.0/UDP ${address};branch=z9hG4bK-${method}-${cseq}`,
        'Max-Forwards: 70',
        `From: ${invite?.headers.first('To')};tag=${tag}`,
        `To: ${invite?.headers.first('From')}`,
        ...named(invite, 'Call-ID'),
        `CSeq: ${cseq} ${method}`,
        contact,
        ...headers,
        ...typed(sdp),
      ]
      peer.send(`${lines.join('\n')}\n\n${sdp}`)
    },
  }
}
