import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { headerOf } from '../../helpers/sip-wire.ts'
import { bindPair } from './measured-call.ts'

/** What a relay does to what comes from the machine. Nothing unless given. */
export interface Leak {
  /** The message as it is passed on. */
  message?(text: string): string
  /** How long it is held up, in ms. */
  messageDelayMs?(text: string): number
  /** The same for the n-th RTP packet of a call to this line. */
  packetDelayMs?(index: number, line: string): number
}

/** A relay between callers and the machine, in the path of everything: SIP, RTP and RTCP. Callers and machine need not know of it. */
export interface LeakyRelay extends AsyncDisposable {
  /** Where callers send to. */
  readonly port: number
}

export interface RelayPlace {
  readonly machine: { readonly host: string; readonly port: number }
  /** Our address toward the callers, which must be the machine's; and toward the machine, which must be the callers'. */
  readonly near: string
  readonly far: string
}

export async function openLeakyRelay(place: RelayPlace, leak: Leak): Promise<LeakyRelay> {
  const { machine, near, far } = place
  const sockets = new Set<Socket>()
  const late = new Set<NodeJS.Timeout>()
  const callers = new Map<string, RemoteInfo>()
  const media = new Map<string, MediaRelay>()
  const nearSip = await open(near)
  const farSip = await open(far)
  for (const socket of [nearSip, farSip]) sockets.add(socket)

  const after = (delayMs: number, act: () => void) => {
    if (delayMs <= 0) return act()
    const timer = setTimeout(() => {
      late.delete(timer)
      act()
    }, delayMs)
    late.add(timer)
  }

  nearSip.on('message', async (bytes, from) => {
    const text = bytes.toString('latin1')
    const callId = headerOf(text, 'Call-ID') ?? ''
    callers.set(callId, from)
    const relayed = text.startsWith('INVITE') ? await openMedia(callId, text) : undefined
    farSip.send(relayed ? withPort(text, relayed.farPort) : text, machine.port, machine.host)
  })
  farSip.on('message', (bytes) => {
    const text = bytes.toString('latin1')
    const callId = headerOf(text, 'Call-ID') ?? ''
    const caller = callers.get(callId)
    if (!caller) return
    const relayed = media.get(callId)
    const answer = /^m=audio (\d+)/m.exec(text)
    if (relayed && answer) relayed.aim(Number(answer[1]))
    const changed = leak.message?.(text) ?? text
    const passed = relayed && answer ? withPort(changed, relayed.nearPort) : changed
    after(leak.messageDelayMs?.(text) ?? 0, () => nearSip.send(passed, caller.port, caller.address))
  })

  interface MediaRelay {
    readonly nearPort: number
    readonly farPort: number
    /** Tells where the machine wants RTP. */
    aim(port: number): void
  }

  async function openMedia(callId: string, invite: string): Promise<MediaRelay> {
    const [nearRtp, nearRtcp] = await bindPair(near)
    const [farRtp, farRtcp] = await bindPair(far)
    const callerPort = Number(/^m=audio (\d+)/m.exec(invite)?.[1])
    const line = /^INVITE sip:([^@]+)@/.exec(invite)?.[1] ?? ''
    let machinePort = 0
    let passed = 0
    for (const socket of [nearRtp, nearRtcp, farRtp, farRtcp]) sockets.add(socket)
    nearRtp.on('message', (bytes) => farRtp.send(bytes, machinePort, machine.host))
    nearRtcp.on('message', (bytes) => farRtcp.send(bytes, machinePort + 1, machine.host))
    farRtp.on('message', (bytes) =>
      after(leak.packetDelayMs?.(passed++, line) ?? 0, () => nearRtp.send(bytes, callerPort, far)),
    )
    farRtcp.on('message', (bytes) => nearRtcp.send(bytes, callerPort + 1, far))
    const relayed = {
      nearPort: nearRtp.address().port,
      farPort: farRtp.address().port,
      aim(port: number) {
        machinePort = port
      },
    }
    media.set(callId, relayed)
    return relayed
  }

  return {
    port: nearSip.address().port,
    async [Symbol.asyncDispose]() {
      for (const timer of late) clearTimeout(timer)
      for (const socket of sockets) {
        socket.close()
        await once(socket, 'close')
      }
    },
  }
}

async function open(address: string): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
  socket.bind(0, address)
  await once(socket, 'listening')
  return socket
}

/** The message with another RTP port, and the Content-Length that goes with it. */
function withPort(text: string, port: number): string {
  const split = text.indexOf('\r\n\r\n') + 4
  const body = text.slice(split).replace(/^m=audio \d+/m, `m=audio ${port}`)
  return `${text.slice(0, split).replace(/^Content-Length: \d+/im, `Content-Length: ${body.length}`)}${body}`
}
