/** The floor: node:dgram alone, receiving every packet and sending one for each 20 ms, and nothing else. */
import { createSocket, type Socket } from 'node:dgram'
import { cpuMeter } from './cpu-time.ts'
import { FRAME_BYTES, FRAME_MS } from './frame.ts'
import type { SubjectOrder, SubjectReport } from './orders.ts'

const report = (message: SubjectReport) => process.send?.(message)
const meter = cpuMeter()
const sockets: Socket[] = []
const packet = Buffer.alloc(12 + FRAME_BYTES, 0xff)
packet[0] = 0x80
let received = 0
let sequence = 0
let timer: NodeJS.Timeout | undefined

async function open(port: number): Promise<() => void> {
  const socket = createSocket({ type: 'udp4', lookup: (address, _, found) => found(null, address, 4) })
  socket.on('message', () => {
    received++
  })
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound))
  sockets.push(socket)
  return () => socket.send(packet, port, '127.0.0.1')
}

process.on('message', async (order: SubjectOrder): Promise<void> => {
  switch (order.kind) {
    case 'open': {
      const sends = await Promise.all(order.callerPorts.map(open))
      let next = performance.now()
      const tick = () => {
        packet.writeUInt16BE(sequence++ & 0xffff, 2)
        for (const send of sends) send()
        next += FRAME_MS
        timer = setTimeout(tick, Math.max(0, next - performance.now()))
      }
      tick()
      report({ kind: 'opened', ports: sockets.map((socket) => socket.address().port) })
      return
    }
    case 'measure':
      meter.start()
      report({ kind: 'measuring' })
      return
    case 'read':
      report({ kind: 'measured', ...meter.read() })
      return
    case 'finish':
      clearTimeout(timer)
      for (const socket of sockets) socket.close()
      report({ kind: 'finished', received, lost: 0, cpuMs: meter.read().cpuMs, files: [] })
      process.disconnect()
  }
})
