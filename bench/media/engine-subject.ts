/** The media engine in a process of its own, without SIP: sessions get their flow straight and record. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createMediaEngine } from '../../src/media/create-engine.ts'
import type { MediaSession } from '../../src/media/engine.ts'
import { cpuMeter } from './cpu-time.ts'
import type { SubjectOrder, SubjectReport } from './orders.ts'

const [folder = '', workers = '1'] = process.argv.slice(2)
const recordingsDir = join(folder, 'recordings')
const engine = await createMediaEngine({
  workers: Number(workers),
  ports: { from: 20_000, to: 31_999 },
  journalDir: join(folder, 'journal'),
  recordingsDir,
})
const report = (message: SubjectReport) => process.send?.(message)
const meter = cpuMeter()
const sessions: MediaSession[] = []
const files: string[] = []
const ended: Promise<void>[] = []

async function take(call: number, callerPort: number): Promise<void> {
  const over = Promise.withResolvers<void>()
  ended.push(over.promise)
  const session = await engine.openSession('127.0.0.1', (event) => {
    if (event.kind === 'journal-full' || event.kind === 'failed') console.error(event)
    if (event.kind !== 'take-ended') return
    files[call] = join(recordingsDir, event.take.file)
    over.resolve(engine.whenSaved(event.take.takeId).then(() => engine.releaseTake(event.take.takeId)))
  })
  sessions.push(session)
  session.setFlow({
    codec: 'PCMU',
    payloadType: 0,
    eventPayloadType: 101,
    remote: { address: '127.0.0.1', port: callerPort, rtcpPort: callerPort },
    ptimeMs: 20,
    send: true,
    receive: true,
  })
  session.startTake({ takeId: `call${call}`, meta: { call } })
}

process.on('message', async (order: SubjectOrder): Promise<void> => {
  switch (order.kind) {
    case 'open':
      for (const [call, port] of order.callerPorts.entries()) {
        await take(call, port)
        if (call % 7 === 0) await pause(1) // calls do not all begin in the same instant
      }
      report({ kind: 'opened', ports: sessions.map(({ local }) => local.port) })
      return
    case 'measure':
      meter.start()
      report({ kind: 'measuring' })
      return
    case 'read':
      report({ kind: 'measured', ...meter.read() })
      return
    case 'finish': {
      const stats = await Promise.all(sessions.map((session) => session.close()))
      await Promise.all(ended)
      const received = stats.reduce((sum, { packetsReceived }) => sum + packetsReceived, 0)
      const lost = stats.reduce((sum, { packetsLost }) => sum + packetsLost, 0)
      report({ kind: 'finished', received, lost, cpuMs: meter.read().cpuMs, files })
      await engine.close()
      process.disconnect()
    }
  }
})
