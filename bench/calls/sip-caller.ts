/**
 * A caller's signalling for load: many calls over one UDP socket, written without a line of `src/`, with as little
 * work per message as can be. It sends again what is not answered (RFC 3261 §17.1) and counts that.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** One call. Instants are performance.now() ms. */
export interface PlacedCall {
  readonly number: number
  readonly invitedAt: number
  answeredAt: number
  byeAt: number
  /** Where the machine wants RTP. */
  remotePort: number
}

export interface SipCallerEvents {
  /** The 200 has come and the ACK has left. */
  onAnswered(call: PlacedCall): void
  /** The BYE was answered. */
  onOver(call: PlacedCall): void
}

export interface SipCaller {
  invite(number: number, rtpPort: number): PlacedCall
  bye(call: PlacedCall): void
  readonly counts: SipCounts
  close(): void
}

export interface SipCounts {
  /** Requests that we sent again, and responses that the machine sent again. */
  retransmitted: number
  /** Calls refused, never answered, or ended by the machine. */
  failed: number
}

interface Sending {
  readonly text: string
  readonly sentAt: number
  nextAt: number
  waitMs: number
}

interface Dialog extends PlacedCall {
  readonly callId: string
  readonly rtpPort: number
  toTag: string
  ack: string
  sending: Sending | undefined
}

const T1_MS = 500
const GIVE_UP_MS = 8000
const SWEEP_MS = 50

export async function openSipCaller(port: number, events: SipCallerEvents): Promise<SipCaller> {
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: 8 << 20,
    lookup: (address, _, found) => found(null, address, 4),
  })
  const listening = once(socket, 'listening')
  socket.bind(0, '127.0.0.1')
  await listening
  const own = `127.0.0.1:${socket.address().port}`
  const dialogs = new Map<string, Dialog>()
  const counts: SipCounts = { retransmitted: 0, failed: 0 }
  const send = (text: string) => socket.send(text, port, '127.0.0.1')

  const write = (dialog: Dialog, method: string, sequence: number, body = '') =>
    `${method} sip:bench@127.0.0.1:${port} SIP/2.0\r\n` +
    `Via: SIP/2.0/UDP ${own};rport;branch=z9hG4bK${method}${dialog.callId}\r\n` +
    `Max-Forwards: 70\r\nFrom: <sip:${dialog.number}@127.0.0.1>;tag=${dialog.number}\r\n` +
    `To: <sip:bench@127.0.0.1>${dialog.toTag}\r\nCall-ID: ${dialog.callId}\r\nCSeq: ${sequence} ${method}\r\n` +
    `Contact: <sip:${dialog.number}@${own}>\r\n` +
    `${body ? 'Content-Type: application/sdp\r\n' : ''}Content-Length: ${body.length}\r\n\r\n${body}`

  function request(dialog: Dialog, text: string): void {
    const sentAt = performance.now()
    dialog.sending = { text, sentAt, nextAt: sentAt + T1_MS, waitMs: T1_MS }
    send(text)
  }

  function over(dialog: Dialog, failed: boolean): void {
    dialogs.delete(dialog.callId)
    if (failed) counts.failed++
    events.onOver(dialog)
  }

  function onInviteResponse(dialog: Dialog, status: number, text: string): void {
    if (status < 200) {
      dialog.sending = undefined
      return
    }
    if (dialog.ack !== '') {
      counts.retransmitted++
      return send(dialog.ack)
    }
    dialog.sending = undefined
    dialog.toTag = /^To:.*?(;tag=[^;\r]+)/im.exec(text)?.[1] ?? ''
    dialog.ack = write(dialog, 'ACK', 1)
    send(dialog.ack)
    if (status >= 300) return over(dialog, true)
    dialog.answeredAt = performance.now()
    dialog.remotePort = Number(/^m=audio (\d+)/m.exec(text)?.[1])
    events.onAnswered(dialog)
  }

  function onRequest(text: string): void {
    // The machine's requests (BYE) carry no body: with another first line they are the answer.
    send(text.replace(/^.*\r\n/, 'SIP/2.0 200 OK\r\n'))
    const dialog = dialogs.get(callIdOf(text))
    if (dialog && text.startsWith('BYE')) over(dialog, true)
  }

  socket.on('message', (bytes) => {
    const text = bytes.toString('latin1')
    if (!text.startsWith('SIP/2.0 ')) return onRequest(text)
    const dialog = dialogs.get(callIdOf(text))
    if (!dialog) return
    const status = Number(text.slice(8, 11))
    if (/^CSeq: *1 INVITE/im.test(text)) onInviteResponse(dialog, status, text)
    else if (status >= 200) over(dialog, status >= 300)
  })

  const sweep = setInterval(() => {
    const now = performance.now()
    for (const dialog of dialogs.values()) {
      const { sending } = dialog
      if (!sending || now < sending.nextAt) continue
      if (now - sending.sentAt > GIVE_UP_MS) {
        over(dialog, true)
        continue
      }
      counts.retransmitted++
      sending.waitMs *= 2
      sending.nextAt = now + sending.waitMs
      send(sending.text)
    }
  }, SWEEP_MS)

  return {
    counts,
    invite(number, rtpPort) {
      const dialog: Dialog = {
        number,
        rtpPort,
        callId: `${number}.${process.pid}`,
        invitedAt: performance.now(),
        answeredAt: 0,
        byeAt: 0,
        remotePort: 0,
        toTag: '',
        ack: '',
        sending: undefined,
      }
      dialogs.set(dialog.callId, dialog)
      const sdp =
        'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n' +
        `m=audio ${rtpPort} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n`
      request(dialog, write(dialog, 'INVITE', 1, sdp))
      return dialog
    },
    bye(call) {
      const dialog = call as Dialog
      dialog.byeAt = performance.now()
      request(dialog, write(dialog, 'BYE', 2))
    },
    close() {
      clearInterval(sweep)
      socket.close()
    },
  }
}

const callIdOf = (text: string) => /^Call-ID: *(\S+)/im.exec(text)?.[1] ?? ''
