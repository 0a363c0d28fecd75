import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { numberedFrame } from './numbered-frames.ts'

/** One RTP stream over a real socket: counted frames every 20 ms, and single packets of any kind. */
export interface RtpSender extends AsyncDisposable {
  readonly port: number
  readonly received: readonly ReceivedPacket[]
  readonly framesSent: number
  /** By how much a frame of the last talk was sent too late, at most, in ms: this process was not let run. */
  readonly mostLateMs: number
  /** Where the packets go; none leave before it is set. */
  aim(remote: { readonly port: number; readonly host: string }): void
  talk(): void
  stopTalking(): void
  sendRtp(payload: Buffer, options?: { payloadType?: number; marker?: boolean }): void
}

export interface ReceivedPacket {
  /** performance.now() ms */
  readonly at: number
  readonly bytes: Buffer
}

export async function openRtpSender(
  local: string,
  frame: (index: number) => Buffer = numberedFrame,
  /** Which frames the network loses. */
  isLost: (index: number) => boolean = () => false,
): Promise<RtpSender> {
  const socket = createSocket({ type: local.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 1 << 18 })
  socket.bind(0, local)
  await once(socket, 'listening')
  const received: ReceivedPacket[] = []
  const ssrc = Math.floor(Math.random() * 2 ** 32)
  let remote: { readonly port: number; readonly host: string } | undefined
  let framesSent = 0
  let mostLateMs = 0
  let sequence = 0
  let timestamp = 0
  let pacing: NodeJS.Timeout | undefined
  socket.on('message', (bytes) => received.push({ at: performance.now(), bytes }))

  function sendRtp(payload: Buffer, { payloadType = 0, marker = false } = {}): void {
    if (!remote) return
    const packet = Buffer.alloc(12 + payload.length)
    packet[0] = 0x80
    packet[1] = payloadType | (marker ? 0x80 : 0)
    packet.writeUInt16BE(sequence++ & 0xffff, 2)
    packet.writeUInt32BE(timestamp >>> 0, 4)
    packet.writeUInt32BE(ssrc, 8)
    payload.copy(packet, 12)
    socket.send(packet, remote.port, remote.host, () => undefined)
  }

  return {
    port: socket.address().port,
    received,
    get framesSent() {
      return framesSent
    },
    get mostLateMs() {
      return mostLateMs
    },
    aim(to) {
      remote = to
    },
    talk() {
      clearInterval(pacing)
      const began = performance.now()
      const first = framesSent
      mostLateMs = 0
      pacing = setInterval(() => {
        const sinceMs = performance.now() - began
        mostLateMs = Math.max(mostLateMs, sinceMs - (framesSent - first) * 20)
        while (framesSent - first < sinceMs / 20) {
          if (isLost(framesSent)) sequence++
          else sendRtp(frame(framesSent))
          framesSent++
          timestamp += 160
        }
      }, 10)
    },
    stopTalking: () => clearInterval(pacing),
    sendRtp,
    async [Symbol.asyncDispose]() {
      clearInterval(pacing)
      socket.close()
      await once(socket, 'close')
    },
  }
}
