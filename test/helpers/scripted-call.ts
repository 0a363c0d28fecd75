import type { ReceivedPacket, RtpSender } from './rtp-sender.ts'
import { headerOf, type SipWire, statusOf } from './sip-wire.ts'

export interface CallOptions {
  /** What From says. */
  readonly number?: string
  readonly name?: string
  /** `0 8 101` unless given. */
  readonly payloadTypes?: string
  /** Payload of the n-th packet; default: one that holds n (see `numberedFrame`). */
  readonly frame?: (index: number) => Buffer
  /** Which of its packets the network loses; none unless given. */
  readonly isLost?: (index: number) => boolean
  /** INVITE headers to add, each a whole line. */
  readonly headers?: readonly string[]
}

export interface RequestParts {
  readonly headers?: readonly string[]
  readonly contentType?: string
  readonly body?: string
  /** The machine's Contact unless given. */
  readonly requestUri?: string
}

export interface ScriptedCall {
  readonly callId: string
  /** What From says. */
  readonly number: string
  /** Every status of the INVITE's responses, in order, with its time (performance.now() ms) and text. */
  readonly responses: readonly { readonly status: number; readonly at: number; readonly text: string }[]
  /** Requests that came from the machine (BYE …). */
  readonly requests: readonly { readonly method: string; readonly at: number }[]
  readonly received: readonly ReceivedPacket[]
  /** The INVITE's final response; the ACK is sent. Rejects when none came in 32 s (timer B). */
  readonly final: Promise<number>
  /** Resolves at the machine's BYE. */
  readonly hungUp: Promise<void>
  readonly framesSent: number
  /** As `RtpSender.mostLateMs`. */
  readonly mostLateMs: number
  /** Where the machine wants RTP, once answered. */
  readonly remote: { readonly port: number; readonly host: string } | undefined
  /** Sends RTP every 20 ms from now on. */
  talk(): void
  stopTalking(): void
  /** Sends one RTP packet with this payload type and payload (for DTMF and odd things). */
  sendRtp(payload: Buffer, options?: { payloadType?: number; marker?: boolean }): void
  /** A request in the dialog; resolves with its final response. A re-INVITE's 2xx is acknowledged. */
  request(method: string, parts?: RequestParts): Promise<string>
  /** Our session description, with the direction of RFC 3264 §6.1. */
  describe(direction?: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'): string
  /** BYE; resolves when it is answered. */
  bye(): Promise<void>
  cancel(): Promise<void>
}

export interface CallGround {
  readonly wire: SipWire
  readonly rtp: RtpSender
  readonly to: { readonly host: string; readonly port: number }
  readonly user: string
  readonly contactPort: number
}

const T1_MS = 500
const T2_MS = 4000
const TIMEOUT_MS = 64 * T1_MS
const token = () => Math.random().toString(36).slice(2, 12)

interface Sending {
  stop(): void
}

export interface StartedCall {
  readonly call: ScriptedCall
  /** Takes what comes for this call; `reply` goes back by the same way. */
  receive(text: string, reply: (text: string) => void): void
  /** Sends nothing again from now on. */
  abandon(): void
}

/** Sends the INVITE. */
export function startCall(
  { wire, rtp, to, user, contactPort }: CallGround,
  options: CallOptions,
): StartedCall {
  const number = options.number ?? 'alice'
  const address = wire.host.replace(/^\[|\]$/g, '')
  const network = `IN IP${address.includes(':') ? 6 : 4} ${address}`
  const callId = `${token()}@${address}`
  const uri = `sip:${user}@${wire.host}:${to.port}`
  const inviteBranch = `z9hG4bK${token()}`
  const from = `${options.name ? `"${options.name}" ` : ''}<sip:${number}@${wire.host}:${wire.port}>;tag=${token()}`
  const contact = `Contact: <sip:${number}@${wire.host}:${contactPort}${wire.transport === 'tcp' ? ';transport=tcp' : ''}>`
  const responses: { status: number; at: number; text: string }[] = []
  const requests: { method: string; at: number }[] = []
  const answered = Promise.withResolvers<number>()
  const hungUp = Promise.withResolvers<void>()
  /** Requests that wait for a final response, by CSeq. */
  const waiting = new Map<string, (text: string) => void>()
  const acknowledged = new Map<number, string>()
  const sendings = new Set<Sending>()
  let toHeader = `<${uri}>`
  let target = uri
  let remote: { port: number; host: string } | undefined
  let cseq = 1
  let reliablySeen = 0
  let sdpVersion = 0

  const write = (method: string, sequence: number, branch: string, parts: RequestParts = {}) => {
    const { headers = [], body = '', contentType = 'application/sdp', requestUri = target } = parts
    const typed = body === '' ? [] : [`Content-Type: ${contentType}`]
    return `${[
      `${method} ${requestUri} SIP/2.0`,
      `Via: SIP/2.0/${wire.transport.toUpperCase()} ${wire.host}:${wire.port};rport;branch=${branch}`,
      'Max-Forwards: 70',
      `From: ${from}`,
      `To: ${toHeader}`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} ${method}`,
      contact,
      ...headers,
      ...typed,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ].join('\r\n')}\r\n\r\n${body}`
  }

  const describe: ScriptedCall['describe'] = (direction = 'sendrecv') =>
    `v=0\r\no=- 1 ${++sdpVersion} ${network}\r\ns=-\r\nc=${network}\r\nt=0 0\r\n` +
    `m=audio ${rtp.port} RTP/AVP ${options.payloadTypes ?? '0 8 101'}\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=${direction}\r\n`

  /** RFC 3261 §17.1: over UDP a request is sent again, at doubling intervals, until `stop` or for 32 s. */
  function sendAgain(text: string, onTimeout: () => void): Sending {
    wire.send(text)
    let interval = T1_MS
    let again: NodeJS.Timeout | undefined
    const repeat = () => {
      wire.send(text)
      interval = Math.min(2 * interval, T2_MS)
      again = setTimeout(repeat, interval)
    }
    if (wire.transport === 'udp') again = setTimeout(repeat, interval)
    const giveUp = setTimeout(() => {
      clearTimeout(again)
      onTimeout()
    }, TIMEOUT_MS)
    const sending = {
      stop() {
        clearTimeout(again)
        clearTimeout(giveUp)
        sendings.delete(sending)
      },
    }
    sendings.add(sending)
    return sending
  }

  const transact = (method: string, sequence: number, text: string) =>
    new Promise<string>((resolve, reject) => {
      const sending = sendAgain(text, () => reject(new Error(`no answer to ${method} within 32 s`)))
      waiting.set(`${sequence} ${method}`, (response) => {
        sending.stop()
        resolve(response)
      })
    })

  /** An ACK is sent again for each copy of the response that it is for (RFC 3261 §13.2.2.4). */
  function acknowledge(sequence: number, status: number): void {
    const branch = status < 300 ? `z9hG4bK${token()}` : inviteBranch
    const parts = status < 300 ? {} : { requestUri: uri }
    const ack = acknowledged.get(sequence) ?? write('ACK', sequence, branch, parts)
    acknowledged.set(sequence, ack)
    wire.send(ack)
  }

  function onInviteResponse(status: number, text: string): void {
    responses.push({ status, at: performance.now(), text })
    if (status > 100) toHeader = headerOf(text, 'To') ?? toHeader
    if (status > 100 && status < 300) {
      target = /<([^>]+)>/.exec(headerOf(text, 'Contact') ?? '')?.[1] ?? target
      const [, media] = /^m=audio (\d+)/m.exec(text) ?? []
      const [, host] = /^c=IN IP[46] (\S+)/m.exec(text) ?? []
      if (media && host) remote = { port: Number(media), host }
      if (remote) rtp.aim(remote)
    }
    if (status < 200) return onProvisional(text)
    inviting.stop()
    acknowledge(1, status)
    answered.resolve(status)
  }

  /** RFC 3262 §4: a reliable provisional response is acknowledged once, in order. */
  function onProvisional(text: string): void {
    if (wire.transport === 'udp') inviting.stop()
    const sequence = Number(headerOf(text, 'RSeq') ?? 0)
    if (sequence <= reliablySeen) return
    reliablySeen = sequence
    const rack = { headers: [`RAck: ${sequence} 1 INVITE`] }
    void transact('PRACK', ++cseq, write('PRACK', cseq, `z9hG4bK${token()}`, rack)).catch(answered.reject)
  }

  function onRequest(text: string, reply: (text: string) => void): void {
    const method = text.slice(0, text.indexOf(' '))
    requests.push({ method, at: performance.now() })
    const copy = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map(
      (name) => `${name}: ${headerOf(text, name)}\r\n`,
    )
    reply(`SIP/2.0 200 OK\r\n${copy.join('')}Content-Length: 0\r\n\r\n`)
    if (method !== 'BYE') return
    rtp.stopTalking()
    hungUp.resolve()
  }

  function receive(text: string, reply: (text: string) => void): void {
    const status = statusOf(text)
    if (status === 0) return onRequest(text, reply)
    const cseqHeader = headerOf(text, 'CSeq') ?? ''
    const [sequence, method] = cseqHeader.split(' ')
    if (cseqHeader === '1 INVITE') return onInviteResponse(status, text)
    if (status < 200) return
    if (method === 'INVITE' && status < 300) acknowledge(Number(sequence), status)
    waiting.get(cseqHeader)?.(text)
  }

  const inviting = sendAgain(
    write('INVITE', 1, inviteBranch, { headers: options.headers ?? [], body: describe(), requestUri: uri }),
    () => answered.reject(new Error('no answer to INVITE within 32 s')),
  )
  const call: ScriptedCall = {
    callId,
    number,
    responses,
    requests,
    received: rtp.received,
    final: answered.promise,
    hungUp: hungUp.promise,
    get framesSent() {
      return rtp.framesSent
    },
    get mostLateMs() {
      return rtp.mostLateMs
    },
    get remote() {
      return remote
    },
    talk: rtp.talk,
    stopTalking: rtp.stopTalking,
    sendRtp: rtp.sendRtp,
    describe,
    request: (method, parts) => transact(method, ++cseq, write(method, cseq, `z9hG4bK${token()}`, parts)),
    async bye() {
      rtp.stopTalking()
      await call.request('BYE')
    },
    async cancel() {
      const cancel = write('CANCEL', 1, inviteBranch, { requestUri: uri })
      // RFC 3261 §9.1: the INVITE's To, whatever tag the responses brought since.
      await transact('CANCEL', 1, cancel.replace(/^To: .*$/m, `To: <${uri}>`))
    },
  }
  // Whoever does not look at `final` does not care that there is none.
  answered.promise.catch(() => {})
  const abandon = () => {
    for (const sending of sendings) sending.stop()
  }
  return { call, receive, abandon }
}
