import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Endpoint } from '../rtp/latch.ts'
import { MAX_DATAGRAM_BYTES, type OpenRtpSocket, type RtpSocket } from './rtp-socket.ts'

interface Got {
  readonly text: string
  readonly source: Endpoint
  readonly arrivedAt: number
}

/** What every implementation of `OpenRtpSocket` must do, on each kind of address. */
export function rtpSocketContract(open: OpenRtpSocket, monotonic: () => number): void {
  const listen = async (address: string, port = 0) => {
    const got: Got[] = []
    const socket = await open(address, port, (bytes, length, source, arrivedAt) =>
      got.push({ text: bytes.toString('latin1', 0, length), source, arrivedAt }),
    )
    return { socket, got }
  }
  const until = async (socket: RtpSocket, done: () => boolean) => {
    for (let turn = 0; turn < 200 && !done(); turn++) {
      await pause(2)
      socket.poll()
    }
  }
  const say = (socket: RtpSocket, text: string, to: Endpoint) =>
    socket.send(Buffer.from(`${text} and more`), text.length, to)

  for (const address of ['127.0.0.1', '::1']) {
    it(`carries datagrams both ways on ${address}, in order, with one source object per place`, async () => {
      const a = await listen(address)
      const b = await listen(address)
      const before = monotonic()
      for (const text of ['one', 'two', 'three']) say(a.socket, text, { address, port: b.socket.port })
      await until(b.socket, () => b.got.length === 3)
      expect(b.got.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
      expect(b.got[0]?.source).toEqual({ address, port: a.socket.port })
      expect(b.got[2]?.source).toBe(b.got[0]?.source)
      for (const { arrivedAt } of b.got) {
        expect(arrivedAt).toBeGreaterThan(before - 5)
        expect(arrivedAt).toBeLessThanOrEqual(monotonic())
      }
      const source = b.got[0]?.source as Endpoint
      say(b.socket, 'back', source)
      await until(a.socket, () => a.got.length === 1)
      expect(a.got[0]?.text).toBe('back')
      a.socket.close()
      b.socket.close()
    })

    it(`tells sources apart on ${address}`, async () => {
      const [a, b, c] = [await listen(address), await listen(address), await listen(address)]
      const to = { address, port: c.socket.port }
      say(a.socket, 'a', to)
      say(b.socket, 'b', to)
      say(a.socket, 'a', to)
      await until(c.socket, () => c.got.length === 3)
      expect(c.got.map(({ source }) => source.port)).toEqual([a.socket.port, b.socket.port, a.socket.port])
      for (const { socket } of [a, b, c]) socket.close()
    })

    it(`says EADDRINUSE for a taken port on ${address}, and the port is free again after close`, async () => {
      const { socket } = await listen(address)
      await expect(listen(address, socket.port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
      const { port } = socket
      socket.close()
      await pause(5)
      const again = await listen(address, port)
      expect(again.socket.port).toBe(port)
      again.socket.close()
    })
  }

  it('says EADDRNOTAVAIL for an address that is not ours', async () => {
    await expect(listen('192.0.2.1')).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
  })

  it('cuts what is longer than any packet: who reads it need not expect more', async () => {
    const [a, b] = [await listen('127.0.0.1'), await listen('127.0.0.1')]
    const long = Buffer.alloc(3 * MAX_DATAGRAM_BYTES, 'long ')
    a.socket.send(long, long.length, { address: '127.0.0.1', port: b.socket.port })
    await until(b.socket, () => b.got.length === 1)
    expect(b.got.map(({ text }) => text)).toEqual([long.toString('latin1', 0, MAX_DATAGRAM_BYTES)])
    for (const { socket } of [a, b]) socket.close()
  })

  it('does nothing after close, and closes twice', async () => {
    const { socket, got } = await listen('127.0.0.1')
    socket.close()
    socket.close()
    say(socket, 'late', { address: '127.0.0.1', port: 9 })
    socket.poll()
    expect(got).toEqual([])
  })

  it('takes more datagrams than one batch', async () => {
    const [a, b] = [await listen('127.0.0.1'), await listen('127.0.0.1')]
    for (let i = 0; i < 50; i++) say(a.socket, String(i), { address: '127.0.0.1', port: b.socket.port })
    await until(b.socket, () => b.got.length === 50)
    expect(b.got.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, i) => String(i)))
    a.socket.close()
    b.socket.close()
  })
}
