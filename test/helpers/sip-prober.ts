import { headerOf, openWire, type SipWire, statusOf, type WireOptions } from './sip-wire.ts'

/** Sends whatever a test makes up, and tells what was answered to it. */
export interface SipProber extends AsyncDisposable {
  readonly wire: SipWire
  /** All that came, responses and requests. */
  readonly heard: readonly string[]
  /** Empties `heard`. */
  forget(): void
  send(message: string | Buffer): void
  /** The first message, of those heard and to come, that matches. */
  next(matches: (text: string) => boolean, timeoutMs?: number): Promise<string>
  /** Asks with OPTIONS whether the machine still answers; resolves with the status, and rejects after `timeoutMs`. */
  ping(timeoutMs?: number): Promise<number>
  /** The responses to a message: those with its Call-ID or, where that is not readable, all. Copies count once. */
  answers(callId?: string): string[]
}

let pings = 0

export async function openProber(options: WireOptions): Promise<SipProber> {
  const wire = await openWire(options)
  const heard: string[] = []
  const waiting = new Set<(text: string) => void>()
  wire.onText = (text) => {
    heard.push(text)
    for (const look of waiting) look(text)
  }
  const next: SipProber['next'] = (matches, timeoutMs = 5000) =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer)
        waiting.delete(look)
        act()
      }
      const look = (text: string) => void (matches(text) && settle(() => resolve(text)))
      const timer = setTimeout(
        () => settle(() => reject(new Error(`nothing that matches within ${timeoutMs} ms: ${matches}`))),
        timeoutMs,
      )
      waiting.add(look)
      for (const text of heard) look(text)
    })
  return {
    wire,
    heard,
    forget: () => void heard.splice(0),
    send: wire.send,
    next,
    async ping(timeoutMs = 5000) {
      const callId = `ping-${process.pid}-${pings++}`
      const ask = () => wire.send(writeRequest(wire, 'OPTIONS', { user: 'ping', callId }))
      ask()
      const again = setInterval(ask, 1000)
      try {
        return statusOf(await next((text) => headerOf(text, 'Call-ID') === callId, timeoutMs))
      } finally {
        clearInterval(again)
      }
    },
    answers: (callId) => [
      ...new Set(
        heard.filter((text) => {
          const answered = headerOf(text, 'Call-ID') ?? ''
          return statusOf(text) > 0 && (callId ? answered === callId : !answered.startsWith('ping-'))
        }),
      ),
    ],
    [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose](),
  }
}

export interface PlainRequest {
  readonly user: string
  readonly callId: string
  readonly cseq?: number
  readonly branch?: string
  readonly toTag?: string
  readonly headers?: readonly string[]
  readonly body?: string
}

/** A proper request from this wire. */
export function writeRequest(wire: SipWire, method: string, request: PlainRequest): string {
  const { user, callId, cseq = 1, branch = `${callId}-${cseq}-${method}`, toTag, body = '' } = request
  const here = `${wire.host}:${wire.port}`
  return `${[
    `${method} sip:${user}@${wire.host} SIP/2.0`,
    `Via: SIP/2.0/${wire.transport.toUpperCase()} ${here};rport;branch=z9hG4bK${branch}`,
    'Max-Forwards: 70',
    `From: <sip:prober@${here}>;tag=${callId}`,
    `To: <sip:${user}@${wire.host}>${toTag === undefined ? '' : `;tag=${toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:prober@${here}>`,
    ...(request.headers ?? []),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ].join('\r\n')}\r\n\r\n${body}`
}

/** A usual offer, whose RTP goes to a port of ours. */
export const offerFor = (wire: SipWire, port: number): string => {
  const address = wire.host.replace(/^\[|\]$/g, '')
  const network = `IN IP${address.includes(':') ? 6 : 4} ${address}`
  return `v=0\r\no=- 1 1 ${network}\r\ns=-\r\nc=${network}\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n`
}
