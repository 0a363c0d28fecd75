import { SdesLink } from '../../src/media/srtp/sdes-link.ts'
import type { MasterKey } from '../../src/media/srtp/suite.ts'
import { HOUSE } from '../helpers/in-memory-house.ts'
import { numberedFrame } from '../helpers/numbered-frames.ts'
import { type RawPeer, rawPeer } from '../helpers/raw-peer.ts'
import type { Stage } from './stage.ts'
import type { CallerPlace } from './trace/caller-trace.ts'

/** A caller whose every message and packet leaves at an instant of its script, whatever it hears meanwhile. */
export interface Caller {
  readonly place: CallerPlace
  readonly peer: RawPeer
  /** Lets time pass, and with it everything else that happens. */
  pass(ms: number): Promise<void>
  /** `sdp`: our offer unless given; null for none. */
  invite(parts?: { headers?: readonly string[]; sdp?: null; user?: string; uri?: string }): void
  ack(sdp?: string): void
  cancel(): void
  /** Any further request, in the dialog once there is one. Each has a CSeq of its own. */
  request(method: string, parts?: RequestParts): void
  /** 200 to the machine's request of this method, if one came. */
  answer(method: string): void
  /** Sends the next numbered frame. */
  frame(): void
  /** Sends numbered frames every 20 ms for so long. */
  speak(ms: number): Promise<void>
  /** A key for 100 ms, by RFC 4733. */
  press(key: string): Promise<void>
  /** Sends a sender report and a description (RFC 3550 §6). */
  report(): void
  describe(direction?: string): string
}

export interface RequestParts {
  readonly headers?: readonly string[]
  readonly body?: string
  /** The machine's user at its address unless given. */
  readonly uri?: string
  /** Outside the dialog. */
  readonly outside?: boolean
  /** That of the request before this one, for an ACK. */
  readonly sameCseq?: boolean
}

export interface CallerOptions {
  readonly place: CallerPlace
  readonly callId: string
  readonly number: string
  /** The machine's address that it calls; HOUSE unless given. */
  readonly to?: string
  /** It brings a key, and encrypts what it says. */
  readonly encrypted?: boolean
}

const KEY: MasterKey = {
  suite: 'AES_CM_128_HMAC_SHA1_80',
  key: Buffer.alloc(16, 1),
  salt: Buffer.alloc(14, 2),
}
const CRYPTO = `a=crypto:1 ${KEY.suite} inline:${Buffer.concat([KEY.key, KEY.salt]).toString('base64')}`

const SSRC = 4711
const KEYS = '0123456789*#'
const EVENT_TYPE = 101
/** RFC 3550 §6.5: SSRC 4711, CNAME "alice". */
const DESCRIPTION = Buffer.from('81ca0003000012670105616c69636500', 'hex')

export function openCaller(stage: Stage, options: CallerOptions): Caller {
  const { house, pass } = stage
  const { place, callId, number, to = HOUSE, encrypted = false } = options
  const link = encrypted ? new SdesLink({ kind: 'sdes', send: KEY, receive: KEY }) : undefined
  const { address, sipPort, rtpPort } = place
  const peer = rawPeer(house.network, { address, port: sipPort, to: { address: to, port: 5060 } })
  const rtp = house.rtp.openNow(address, rtpPort)
  const rtcp = house.rtp.openNow(address, rtpPort + 1)
  let user = 'home'
  let cseq = 1
  let frames = 0
  let sequence = 100
  let sdpVersion = 0

  const responses = () => peer.heard.filter((message) => message.kind === 'response')
  const tag = () =>
    responses()
      .map(({ headers }) => /;tag=([^;>]+)/.exec(headers.first('To') ?? '')?.[1])
      .find(Boolean)
  const remotePort = () => {
    const answer = responses().find(({ status, body }) => status < 300 && body.length > 0)
    return Number(/^m=audio (\d+)/m.exec(answer?.body.toString() ?? '')?.[1] ?? 0)
  }
  function send(method: string, sequenceNumber: number, branch: string, parts: RequestParts = {}): void {
    const { headers = [], body = '', uri = `sip:${user}@${to}`, outside = false } = parts
    const toTag = outside ? undefined : tag()
    const typed = body === '' || headers.some((line) => /^content-type:/i.test(line))
    peer.send(
      `${[
        `${method} ${uri} SIP/2.0`,
        `Via: SIP/2.0/UDP ${address}:${sipPort};branch=z9hG4bK-${branch}`,
        'Max-Forwards: 70',
        `From: "Alice" <sip:${number}@${address}>;tag=${outside ? `outside-${sequenceNumber}` : 'alice'}`,
        `To: <sip:${user}@${to}>${toTag === undefined ? '' : `;tag=${toTag}`}`,
        `Call-ID: ${outside ? `${sequenceNumber}-` : ''}${callId}`,
        `CSeq: ${sequenceNumber} ${method}`,
        `Contact: <sip:alice@${address}:${sipPort}>`,
        ...headers,
        ...(typed ? [] : ['Content-Type: application/sdp']),
      ].join('\n')}\n\n${body}`,
    )
  }
  function sendRtp(payload: Buffer, payloadType: number, timestamp: number): void {
    const packet = Buffer.alloc(12 + payload.length)
    packet[0] = 0x80
    packet[1] = payloadType
    packet.writeUInt16BE(sequence++ & 0xffff, 2)
    packet.writeUInt32BE(timestamp, 4)
    packet.writeUInt32BE(SSRC, 8)
    payload.copy(packet, 12)
    const sealed = link ? Buffer.from(link.sealRtp(packet, packet.length)) : packet
    if (remotePort() > 0) rtp.send(sealed, sealed.length, { address: to, port: remotePort() })
  }
  function frame(): void {
    sendRtp(numberedFrame(frames), 0, frames * 160)
    frames++
  }
  const describe = (direction = 'sendrecv') =>
    [
      'v=0',
      `o=- 1 ${++sdpVersion} IN IP4 ${address}`,
      's=-',
      `c=IN IP4 ${address}`,
      't=0 0',
      `m=audio ${rtpPort} RTP/${encrypted ? 'SAVP' : 'AVP'} 0 8 ${EVENT_TYPE}`,
      `a=rtpmap:${EVENT_TYPE} telephone-event/8000`,
      'a=ptime:20',
      `a=${direction}`,
      ...(encrypted ? [CRYPTO] : []),
      '',
    ].join('\r\n')

  return {
    place,
    peer,
    pass,
    describe,
    invite({ headers = [], sdp, user: called = 'home', uri } = {}) {
      user = called
      const body = sdp === null ? '' : describe()
      send('INVITE', 1, 'invite', { headers, body, ...(uri === undefined ? {} : { uri }) })
    },
    ack: (body = '') => send('ACK', 1, 'ack', { body }),
    cancel() {
      // RFC 3261 §9.1: the INVITE's To, whatever tag came since.
      peer.send(
        `CANCEL sip:${user}@${to} SIP/2.0\nVia: SIP/2.0/UDP ${address}:${sipPort};branch=z9hG4bK-invite\nMax-Forwards: 70\n` +
          `From: "Alice" <sip:${number}@${address}>;tag=alice\nTo: <sip:${user}@${to}>\nCall-ID: ${callId}\nCSeq: 1 CANCEL\n\n`,
      )
    },
    request(method, parts = {}) {
      if (!parts.sameCseq) cseq++
      send(method, cseq, `${method.toLowerCase()}-${cseq}`, parts)
    },
    answer(method) {
      const request = peer.requests(method).at(-1)
      if (!request) return
      const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((name) =>
        request.headers.values(name).map((value) => `${name}: ${value}`),
      )
      peer.send(`SIP/2.0 200 OK\n${copied.join('\n')}\n\n`)
    },
    frame,
    async speak(ms) {
      for (let spoken = 0; spoken < ms; spoken += 20) {
        frame()
        await pass(20)
      }
    },
    async press(key) {
      const began = frames * 160
      for (let packet = 1; packet <= 7; packet++) {
        const end = packet >= 5
        const payload = Buffer.from([KEYS.indexOf(key), (end ? 0x80 : 0) | 10, 0, 0])
        payload.writeUInt16BE(Math.min(packet, 5) * 160, 2)
        sendRtp(payload, EVENT_TYPE | (packet === 1 ? 0x80 : 0), began)
        frames++
        await pass(20)
      }
    },
    report() {
      const report = Buffer.alloc(28)
      report.writeUInt32BE(0x80c80006, 0)
      report.writeUInt32BE(SSRC, 4)
      report.writeUInt32BE(0xec000000, 8)
      report.writeUInt32BE(frames * 160, 16)
      report.writeUInt32BE(frames, 20)
      report.writeUInt32BE(frames * 160, 24)
      const plain = Buffer.concat([report, DESCRIPTION])
      const compound = link ? Buffer.from(link.sealRtcp(plain)) : plain
      if (remotePort() > 0) rtcp.send(compound, compound.length, { address: to, port: remotePort() + 1 })
    },
  }
}
