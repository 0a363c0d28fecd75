import type { InMemoryHouse } from './in-memory-house.ts'
import { HOUSE } from './in-memory-house.ts'
import type { ProviderRecord } from './provider-record.ts'
import { bracketed, mediaIn, methodOf, uriIn, writeRequest, writeResponse } from './sip-text.ts'
import { headerOf, statusOf } from './sip-wire.ts'

/** A call that a provider puts through. */
export interface ProviderCall {
  /** Statuses of the INVITE's responses, in order. */
  readonly statuses: readonly number[]
  /** The 200's text. */
  readonly answer: string | undefined
  /** Final statuses of what followed, like `UPDATE 200`. */
  readonly later: readonly string[]
  /** The last of these in full. */
  readonly lastResponse: string
  /** Methods that came from the machine. */
  readonly asked: readonly string[]
  /** RTP packets that came from the machine. */
  readonly heard: number
  /** For so long sound is sent, by a packet every `everyMs`. */
  speak(ms: number, everyMs?: number): Promise<void>
  /** In the middle of the call. `direction`: with a new offer, that puts on hold or goes on (RFC 3264 §8.4). */
  refresh(method: 'UPDATE' | 'INVITE', direction?: 'sendrecv' | 'sendonly' | 'inactive'): void
  cancel(): void
  bye(): void
}

export interface ProviderCallOptions {
  readonly house: InMemoryHouse
  readonly record: ProviderRecord
  /** The Request-URI. */
  readonly uri: string
  /** The value of From, without a tag. */
  readonly from: string
  /** Tells calls of one provider apart. */
  readonly id: number
  readonly send: (text: string) => void
}

export interface StartedProviderCall {
  readonly callId: string
  readonly call: ProviderCall
  /** Takes what comes for this call. */
  receive(text: string): void
}

const FIRST_MEDIA_PORT = 30_400
const DIRECTION = /^a=(sendrecv|sendonly|recvonly|inactive)$/

/** Sends the INVITE, in the shape that the record has. */
export function startProviderCall(options: ProviderCallOptions): StartedProviderCall {
  const { house, record, uri, from, id, send } = options
  const { invite, signalling, media = signalling } = record
  const callId = `call-${id}@${signalling}`
  const statuses: number[] = []
  const later: string[] = []
  const asked: string[] = []
  let lastResponse = ''
  let answer: string | undefined
  let cseq = 1
  let version = 1
  let packets = 0
  let heard = 0
  const port = FIRST_MEDIA_PORT + 2 * id
  const voice = house.rtp.openNow(media, port, () => heard++)

  const describe = (direction?: string) => {
    const kept = direction === undefined ? invite.sdp : invite.sdp.filter((line) => !DIRECTION.test(line))
    const lines = kept.map((line) => line.replace('PORT', `${port}`))
    const asks = direction === undefined ? [] : [`a=${direction}`]
    const network = `IN IP${media.includes(':') ? 6 : 4} ${media}`
    return [
      'v=0',
      `o=- 1 ${version++} ${network}`,
      's=call',
      `c=${network}`,
      't=0 0',
      ...lines,
      ...asks,
      '',
    ].join('\r\n')
  }
  /** RFC 3261 §12.2.1.1: within the dialog to the Contact of the answer; of the INVITE itself, as that. */
  const request = (method: string, sequence: number, headers: readonly string[] = [], body?: string) => {
    const ofInvite = sequence === 1 && (method !== 'ACK' || !answer)
    const target = ofInvite ? uri : (uriIn(headerOf(answer ?? '', 'Contact')) ?? uri)
    const branch = ofInvite ? `${id}-invite` : `${id}-${method}${sequence}`
    const behind = ofInvite && method === 'INVITE' ? (invite.vias ?? []) : []
    const common = [
      `Via: SIP/2.0/UDP ${invite.sentBy ?? bracketed(signalling)}:5060;branch=z9hG4bK${branch}`,
      ...behind.map((via) => `Via: ${via}`),
      'Max-Forwards: 67',
      `From: ${from};tag=caller${id}`,
      `To: ${ofInvite ? invite.to : headerOf(answer ?? '', 'To')}`,
      `Contact: ${invite.contact}`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} ${method}`,
    ]
    send(writeRequest(method, target, { headers: [...common, ...headers], body }))
  }

  function onResponse(text: string): void {
    const status = statusOf(text)
    const [sequence, method] = (headerOf(text, 'CSeq') ?? '').split(' ')
    if (sequence === '1' && method === 'INVITE') {
      statuses.push(status)
      if (status < 200) return
      if (status < 300) answer ??= text
      return request('ACK', 1)
    }
    if (status < 200) return
    later.push(`${method} ${status}`)
    lastResponse = text
    if (method === 'INVITE' && status < 300) request('ACK', Number(sequence))
  }

  request('INVITE', 1, invite.headers, describe())
  const call: ProviderCall = {
    statuses,
    later,
    asked,
    get lastResponse() {
      return lastResponse
    },
    get answer() {
      return answer
    },
    get heard() {
      return heard
    },
    async speak(ms, everyMs = 20) {
      const payloadType = Number(/^m=audio \d+ \S+ (\d+)/m.exec(answer ?? '')?.[1] ?? 0)
      for (let passed = 0; passed < ms; passed += everyMs) {
        const packet = Buffer.alloc(172, 0x55)
        packet[0] = 0x80
        packet[1] = payloadType
        packet.writeUInt16BE(packets & 0xffff, 2)
        packet.writeUInt32BE((packets++ * 160) >>> 0, 4)
        packet.writeUInt32BE(4711, 8)
        const to = mediaIn(answer ?? '') ?? { host: HOUSE, port: 0 }
        voice.send(packet, packet.length, { address: to.host, port: to.port })
        await house.clock.advanceAsync(everyMs)
      }
    },
    refresh(method, direction) {
      const timer = invite.headers
        .filter((line) => /^(Session-Expires|Supported|Min-SE):/i.test(line))
        // RFC 4028 §7.4: it stays what it is.
        .map((line) => (/^Session-Expires: \d+$/.test(line) ? `${line};refresher=uac` : line))
      const offers = method === 'INVITE' || direction !== undefined
      request(method, ++cseq, timer, offers ? describe(direction) : undefined)
    },
    cancel: () => request('CANCEL', 1),
    bye: () => request('BYE', ++cseq),
  }
  return {
    callId,
    call,
    receive(text) {
      if (statusOf(text) > 0) return onResponse(text)
      asked.push(methodOf(text))
      send(writeResponse(text, 200))
    },
  }
}
