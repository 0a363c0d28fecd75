import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { numberedFrame } from '../../helpers/numbered-frames.ts'
import { headerOf, statusOf } from '../../helpers/sip-wire.ts'

/** Something that came, and when: ms since the process began. */
export interface Heard<Content> {
  readonly at: number
  readonly content: Content
}

/** All that a caller could measure of one call. */
export interface CallRecord {
  readonly sip: readonly Heard<string>[]
  readonly rtp: readonly Heard<Buffer>[]
  readonly rtcp: readonly Heard<Buffer>[]
  readonly invitedAt: number
  readonly acknowledgedAt: number
  /** When the name had been said that a gate asks for. */
  readonly namedAt?: number
  readonly reportedAt: number
  readonly hungUpAt: number
  /** Wall time in ms since the Unix epoch at which the process began. */
  readonly wallOrigin: number
  /** NTP time in our sender report (RFC 3550 §6.4.1), the middle 32 bits. */
  readonly reportNtp: number
}

export interface CallPlan {
  /** Where the messages go: the machine, or a relay before it. */
  readonly to: { readonly host: string; readonly port: number }
  /** What the Request-URI says. */
  readonly uri: string
  /** Our address, which the line trusts. */
  readonly local: string
  /** Drawn outside: what makes this call's tokens. */
  readonly token: string
  /** A gate asks for a name. */
  readonly saysName?: boolean
}

/** What we send as RTP, and how long after the ACK. */
interface Sent {
  readonly afterMs: number
  readonly type: number
  readonly payload: Buffer
  /** Since when the key is down; when it is sent unless given. */
  readonly sinceMs?: number
}

const talk = (afterMs: number, frames: number): readonly Sent[] =>
  Array.from({ length: frames }, (_, frame) => ({
    afterMs: afterMs + 20 * frame,
    type: 0,
    payload: numberedFrame(frame),
  }))

/** The key # for 60 ms (RFC 4733 §2.5.1.2). */
const pressHash = (sinceMs: number): readonly Sent[] =>
  ['0b0a00a0', '0b0a0140', '0b8a01e0'].map((payload, i) => ({
    ...{ afterMs: sinceMs + 20 * i, type: 101, sinceMs },
    payload: Buffer.from(payload, 'hex'),
  }))

const FRAMES = 50
const MESSAGE = talk(1100, FRAMES)
/** Does not wait for the end of the question; after the beep says a name, and hears it ring until the greeting comes. */
const NAME = [...pressHash(300), ...talk(1300, 25), ...pressHash(1900)]
const AFTER_NAME = talk(5100, FRAMES)
/** Our sender report goes so many frames before the last: whoever has not spoken is not believed. */
const REPORT_BEFORE_LAST = 24
const BYE_AFTER_LAST_MS = 120
/** What still comes then: the answer, and the last report. On a busy computer that takes its time; then a little more. */
const LONGEST_END_MS = 10_000
const LINGER_MS = 100
const SSRC = 4711
const REPORT_NTP = 0x1234_5678

/** Makes one call and writes down what came. Over loopback nothing is lost, so nothing is sent twice. */
export async function measureCall(plan: CallPlan): Promise<CallRecord> {
  const { to, uri, local, token, saysName = false } = plan
  const sip = await bind(local, 0)
  const [rtp, rtcp] = await bindPair(local)
  const heard = { sip: [] as Heard<string>[], rtp: [] as Heard<Buffer>[], rtcp: [] as Heard<Buffer>[] }
  const answered = Promise.withResolvers<string>()
  sip.on('message', (bytes) => {
    const content = bytes.toString('latin1')
    heard.sip.push({ at: performance.now(), content })
    if (statusOf(content) >= 200) answered.resolve(content)
  })
  rtp.on('message', (content) => heard.rtp.push({ at: performance.now(), content }))
  rtcp.on('message', (content) => heard.rtcp.push({ at: performance.now(), content }))

  const { port } = sip.address()
  let toTag = ''
  const send = (method: string, cseq: number, body = '') => {
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${local}:${port};rport;branch=z9hG4bK-${token}-${cseq}-${method}`,
      'Max-Forwards: 70',
      `From: <sip:+4930@${local}>;tag=${token}`,
      `To: <${uri}>${toTag}`,
      `Call-ID: ${token}@${local}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:caller@${local}:${port}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${body.length}`,
    ]
    sip.send(`${lines.join('\r\n')}\r\n\r\n${body}`, to.port, to.host)
    return performance.now()
  }
  const invitedAt = send('INVITE', 1, describe(local, rtp.address().port))
  const answer = await answered.promise
  toTag = /;tag=[^;\r]+/.exec(headerOf(answer, 'To') ?? '')?.[0] ?? ''
  const acknowledgedAt = send('ACK', 1)
  if (statusOf(answer) !== 200) throw new Error(`not answered: ${answer}`)
  const remote = Number(/^m=audio (\d+)/m.exec(answer)?.[1])
  const host = /^c=IN IP4 (\S+)/m.exec(answer)?.[1] ?? to.host

  let reportedAt = 0
  let namedAt = 0
  let lastAfterMs = 0
  const sounds = saysName ? [...NAME, ...AFTER_NAME] : MESSAGE
  for (const [index, sent] of sounds.entries()) {
    lastAfterMs = sent.afterMs
    await until(acknowledgedAt + sent.afterMs)
    rtp.send(packetOf(sent, index), remote, host)
    if (index === NAME.length - 1) namedAt = performance.now()
    if (index !== sounds.length - 1 - REPORT_BEFORE_LAST) continue
    rtcp.send(REPORT, remote + 1, host)
    reportedAt = performance.now()
  }
  await until(acknowledgedAt + lastAfterMs + BYE_AFTER_LAST_MS)
  const hungUpAt = send('BYE', 2)
  const isOver = () => answers(heard.sip, 'BYE') && endsReports(heard.rtcp)
  while (!isOver() && performance.now() < hungUpAt + LONGEST_END_MS) await until(performance.now() + 10)
  await until(performance.now() + LINGER_MS)
  for (const socket of [sip, rtp, rtcp]) {
    socket.close()
    await once(socket, 'close')
  }
  return {
    ...heard,
    invitedAt,
    acknowledgedAt,
    ...(saysName && { namedAt }),
    reportedAt,
    hungUpAt,
    wallOrigin: performance.timeOrigin,
    reportNtp: REPORT_NTP,
  }
}

const answers = (sip: readonly Heard<string>[], method: string) =>
  sip.some(({ content }) => headerOf(content, 'CSeq')?.endsWith(method) && statusOf(content) >= 200)

/** The last part of the last report is a BYE (RFC 3550 §6.6), of eight bytes. */
const endsReports = (rtcp: readonly Heard<Buffer>[]) => rtcp.at(-1)?.content.at(-7) === 203

const until = (at: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())))

async function bind(address: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
  socket.bind(port, address)
  await once(socket, 'listening')
  return socket
}

/** An even port for RTP and the one above it for RTCP (RFC 3550 §11). */
export async function bindPair(address: string): Promise<readonly [Socket, Socket]> {
  for (;;) {
    const rtp = await bind(address, 0)
    const { port } = rtp.address()
    try {
      if (port % 2 === 0) return [rtp, await bind(address, port + 1)]
    } catch {
      // Somebody has it: another pair.
    }
    rtp.close()
  }
}

function describe(local: string, port: number): string {
  return (
    `v=0\r\no=- 1 1 IN IP4 ${local}\r\ns=-\r\nc=IN IP4 ${local}\r\nt=0 0\r\n` +
    `m=audio ${port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n`
  )
}

function packetOf({ afterMs, type, payload, sinceMs = afterMs }: Sent, index: number): Buffer {
  const header = Buffer.alloc(12)
  header[0] = 0x80
  header[1] = type
  header.writeUInt16BE(index, 2)
  header.writeUInt32BE(sinceMs * 8, 4)
  header.writeUInt32BE(SSRC, 8)
  return Buffer.concat([header, payload])
}

/** SR of SSRC 4711 without blocks, and SDES with the CNAME "alice". */
const REPORT = Buffer.from(
  `80c8000600001267ec00${REPORT_NTP.toString(16)}0000000000000000000000000000${'81ca0003000012670105616c69636500'}`,
  'hex',
)
