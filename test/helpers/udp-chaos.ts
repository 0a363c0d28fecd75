import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** What a bad network does to each datagram, both ways. */
export interface Weather {
  /** Of 100 datagrams, how many are lost, come twice, or come up to `jitterMs` late and so out of order. */
  readonly lossPercent: number
  readonly duplicatePercent: number
  readonly reorderPercent: number
  readonly jitterMs: number
  /** From 0 up to 1; the same numbers make the same weather. */
  readonly random: () => number
}

/** A relay of datagrams between callers and a target, through bad weather. */
export interface UdpChaos extends AsyncDisposable {
  readonly host: string
  /** Where callers send to. */
  readonly port: number
  /** Where the target sees them come from, and may send to: what it sends there reaches the last caller heard. */
  readonly farPort: number
  readonly counts: { passed: number; lost: number; duplicated: number; reordered: number }
}

const HOST = '127.0.0.1'

export async function openUdpChaos(
  target: { readonly host: string; readonly port: number },
  weather: Weather,
): Promise<UdpChaos> {
  const near = await bind()
  const far = await bind()
  const counts = { passed: 0, lost: 0, duplicated: 0, reordered: 0 }
  const late = new Set<NodeJS.Timeout>()
  let caller: RemoteInfo | undefined
  const happens = (percent: number) => weather.random() * 100 < percent

  function pass(bytes: Buffer, from: Socket, to: { port: number; host: string }): void {
    if (happens(weather.lossPercent)) {
      counts.lost++
      return
    }
    if (happens(weather.duplicatePercent)) {
      counts.duplicated++
      deliver(bytes, from, to, weather.random() * weather.jitterMs)
    }
    const reordered = happens(weather.reorderPercent)
    if (reordered) counts.reordered++
    deliver(bytes, from, to, reordered ? weather.random() * weather.jitterMs : 0)
  }

  function deliver(bytes: Buffer, from: Socket, to: { port: number; host: string }, delayMs: number): void {
    counts.passed++
    const timer = setTimeout(() => {
      late.delete(timer)
      from.send(bytes, to.port, to.host, () => undefined)
    }, delayMs)
    late.add(timer)
  }

  near.on('message', (bytes, remote) => {
    caller = remote
    pass(bytes, far, target)
  })
  far.on('message', (bytes) => {
    if (caller) pass(bytes, near, { port: caller.port, host: caller.address })
  })
  return {
    host: HOST,
    port: near.address().port,
    farPort: far.address().port,
    counts,
    async [Symbol.asyncDispose]() {
      for (const timer of late) clearTimeout(timer)
      for (const socket of [near, far]) {
        socket.close()
        await once(socket, 'close')
      }
    },
  }
}

async function bind(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 })
  socket.bind(0, HOST)
  await once(socket, 'listening')
  return socket
}
