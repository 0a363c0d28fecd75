import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/**
 * A caller that does what a test tells it, over real UDP, written without a line of `src/`: what it understands was
 * understood by someone else. Many calls share one signalling socket; each has an RTP socket of its own.
 */
export interface ScriptedCaller extends AsyncDisposable {
  readonly port: number
  call(user: string, options?: CallOptions): Promise<ScriptedCall>
}

export interface CallOptions {
  /** What From says. */
  readonly number?: string
  readonly name?: string
  /** `0 8 101` unless given. */
  readonly payloadTypes?: string
  /** Payload of the n-th packet; default: one that holds n (see `numberedFrame`). */
  readonly frame?: (index: number) => Buffer
  /** INVITE headers to add, each a whole line. */
  readonly headers?: readonly string[]
}

export interface ReceivedPacket {
  /** performance.now() ms */
  readonly at: number
  readonly bytes: Buffer
}

export interface ScriptedCall {
  readonly callId: string
  /** Every status of the INVITE's responses, in order, with its time (performance.now() ms) and text. */
  readonly responses: readonly { readonly status: number; readonly at: number; readonly text: string }[]
  /** Requests that came from the machine (BYE …). */
  readonly requests: readonly { readonly method: string; readonly at: number }[]
  readonly received: readonly ReceivedPacket[]
  /** The INVITE's final response; the ACK is sent. */
  readonly final: Promise<number>
  /** Resolves at the machine's BYE. */
  readonly hungUp: Promise<void>
  readonly framesSent: number
  /** Sends RTP every 20 ms from now on. */
  talk(): void
  stopTalking(): void
  /** Sends one RTP packet with this payload type and payload (for DTMF and odd things). */
  sendRtp(payload: Buffer, options?: { payloadType?: number; marker?: boolean }): void
  /** BYE; resolves when it is answered. */
  bye(): Promise<void>
  cancel(): Promise<void>
}

/** 160 bytes that hold a number: five bytes of it, repeated, and never 0x7f, whose PCM value equals that of 0xff. */
export function numberedFrame(index: number): Buffer {
  const frame = Buffer.alloc(160)
  for (let i = 0; i < 160; i++) frame[i] = 0x10 | ((index >>> ((i % 5) * 4)) & 0x0f)
  return frame
}

/** The numbers that consecutive frames of µ-law hold; −1 where a frame is none of `numberedFrame`. */
export function readNumberedFrames(ulaw: Buffer): number[] {
  const numbers: number[] = []
  for (let at = 0; at + 160 <= ulaw.length; at += 160) {
    let number = 0
    for (let i = 0; i < 5; i++) number |= ((ulaw[at + i] ?? 0) & 0x0f) << (i * 4)
    numbers.push(numberedFrame(number).equals(ulaw.subarray(at, at + 160)) ? number : -1)
  }
  return numbers
}

const token = () => Math.random().toString(36).slice(2, 12)

export async function openCaller(to: { host: string; port: number }): Promise<ScriptedCaller> {
  const family = to.host.includes(':') ? 'udp6' : 'udp4'
  const local = family === 'udp6' ? '::1' : '127.0.0.1'
  const shown = family === 'udp6' ? '[::1]' : local
  const signalling = createSocket({ type: family, recvBufferSize: 4 << 20 })
  signalling.bind(0, local)
  await once(signalling, 'listening')
  const { port } = signalling.address()
  const calls = new Map<string, (text: string) => void>()
  const sockets = new Set<Socket>()

  signalling.on('message', (bytes) => {
    const text = bytes.toString('latin1')
    calls.get(headerOf(text, 'Call-ID') ?? '')?.(text)
  })
  const send = (text: string) =>
    signalling.send(Buffer.from(text, 'latin1'), to.port, to.host, () => undefined)

  async function call(user: string, options: CallOptions = {}): Promise<ScriptedCall> {
    const rtp = createSocket({ type: family, recvBufferSize: 1 << 18 })
    sockets.add(rtp)
    rtp.bind(0, local)
    await once(rtp, 'listening')
    const number = options.number ?? 'alice'
    const callId = `${token()}@${local}`
    const fromTag = token()
    const uri = `sip:${user}@${shown}:${to.port}`
    const responses: { status: number; at: number; text: string }[] = []
    const requests: { method: string; at: number }[] = []
    const received: ReceivedPacket[] = []
    let toHeader = `<${uri}>`
    let target = uri
    let remote: { port: number; host: string } | undefined
    let framesSent = 0
    let sequence = 0
    let timestamp = 0
    let pacing: NodeJS.Timeout | undefined
    const ssrc = Math.floor(Math.random() * 2 ** 32)
    const inviteBranch = `z9hG4bK${token()}`
    const from = `${options.name ? `"${options.name}" ` : ''}<sip:${number}@${shown}:${port}>;tag=${fromTag}`
    const answered = Promise.withResolvers<number>()
    const hungUp = Promise.withResolvers<void>()
    const waiting = new Map<string, () => void>()

    const request = (method: string, sequenceNumber: number, branch: string, extra = '', body = '') =>
      `${method} ${method === 'INVITE' || method === 'CANCEL' ? uri : target} SIP/2.0\r\n` +
      `Via: SIP/2.0/UDP ${shown}:${port};rport;branch=${branch}\r\nMax-Forwards: 70\r\nFrom: ${from}\r\nTo: ${toHeader}\r\n` +
      `Call-ID: ${callId}\r\nCSeq: ${sequenceNumber} ${method}\r\n${extra}Content-Length: ${body.length}\r\n\r\n${body}`

    const sdp =
      `v=0\r\no=- 1 1 IN IP${family === 'udp6' ? 6 : 4} ${local}\r\ns=-\r\nc=IN IP${family === 'udp6' ? 6 : 4} ${local}\r\nt=0 0\r\n` +
      `m=audio ${rtp.address().port} RTP/AVP ${options.payloadTypes ?? '0 8 101'}\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n`
    const invite = request(
      'INVITE',
      1,
      inviteBranch,
      `Contact: <sip:${number}@${shown}:${port}>\r\n${(options.headers ?? []).map((line) => `${line}\r\n`).join('')}Content-Type: application/sdp\r\n`,
      sdp,
    )

    calls.set(callId, (text) => {
      const at = performance.now()
      const status = /^SIP\/2\.0 (\d{3})/.exec(text)?.[1]
      if (status === undefined) return onRequest(text, at)
      const method = headerOf(text, 'CSeq')?.split(' ')[1] ?? ''
      if (method !== 'INVITE') {
        waiting.get(method)?.()
        return
      }
      responses.push({ status: Number(status), at, text })
      if (Number(status) > 100) clearInterval(repeating)
      if (Number(status) < 200) return
      toHeader = headerOf(text, 'To') ?? toHeader
      if (Number(status) < 300) {
        target = /<([^>]+)>/.exec(headerOf(text, 'Contact') ?? '')?.[1] ?? target
        const media = /^m=audio (\d+)/m.exec(text)?.[1]
        const host = /^c=IN IP[46] (\S+)/m.exec(text)?.[1]
        if (media && host) remote = { port: Number(media), host }
      }
      send(request('ACK', 1, Number(status) < 300 ? `z9hG4bK${token()}` : inviteBranch))
      answered.resolve(Number(status))
    })

    function onRequest(text: string, at: number): void {
      const method = text.slice(0, text.indexOf(' '))
      requests.push({ method, at })
      const copy = ['Via', 'From', 'To', 'Call-ID', 'CSeq']
        .map((name) => `${name}: ${headerOf(text, name)}\r\n`)
        .join('')
      send(`SIP/2.0 200 OK\r\n${copy}Content-Length: 0\r\n\r\n`)
      if (method === 'BYE') {
        clearInterval(pacing)
        hungUp.resolve()
      }
    }

    rtp.on('message', (bytes) => received.push({ at: performance.now(), bytes }))

    const sendRtp = (payload: Buffer, { payloadType = 0, marker = false } = {}) => {
      if (!remote) return
      const packet = Buffer.alloc(12 + payload.length)
      packet[0] = 0x80
      packet[1] = payloadType | (marker ? 0x80 : 0)
      packet.writeUInt16BE(sequence++ & 0xffff, 2)
      packet.writeUInt32BE(timestamp >>> 0, 4)
      packet.writeUInt32BE(ssrc, 8)
      payload.copy(packet, 12)
      rtp.send(packet, remote.port, remote.host, () => undefined)
    }

    const transact = (method: string, text: string) =>
      new Promise<void>((resolve) => {
        send(text)
        const again = setInterval(() => send(text), 500)
        waiting.set(method, () => {
          clearInterval(again)
          resolve()
        })
      })

    send(invite)
    const repeating = setInterval(() => send(invite), 500)
    return {
      callId,
      responses,
      requests,
      received,
      final: answered.promise,
      hungUp: hungUp.promise,
      get framesSent() {
        return framesSent
      },
      talk() {
        const began = performance.now()
        const first = framesSent
        const frame = options.frame ?? numberedFrame
        pacing = setInterval(() => {
          while (framesSent - first < (performance.now() - began) / 20) {
            sendRtp(frame(framesSent++))
            timestamp += 160
          }
        }, 10)
      },
      stopTalking: () => clearInterval(pacing),
      sendRtp,
      async bye() {
        clearInterval(pacing)
        await transact('BYE', request('BYE', 2, `z9hG4bK${token()}`))
      },
      cancel: () => transact('CANCEL', request('CANCEL', 1, inviteBranch)),
    }
  }

  return {
    port,
    call,
    async [Symbol.asyncDispose]() {
      for (const socket of [signalling, ...sockets]) {
        socket.close()
        await once(socket, 'close')
      }
    },
  }
}

function headerOf(text: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(.*?)\\r?$`, 'im').exec(text)?.[1]
}
