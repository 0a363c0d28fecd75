/** The media engine in a process of its own, without SIP: callers, and phones that hear them and are heard. */
import { join } from 'node:path'
import { createMediaEngine } from '../../src/media/create-engine.ts'
import type { MediaSession } from '../../src/media/engine.ts'
import type { BridgeOrder, BridgeReport } from './orders.ts'

const [folder = ''] = process.argv.slice(2)
const engine = await createMediaEngine({
  workers: 1,
  ports: { from: 20_000, to: 29_999 },
  journalDir: join(folder, 'journal'),
  recordingsDir: join(folder, 'recordings'),
})
const report = (message: BridgeReport) => process.send?.(message)
const calls: { readonly caller: MediaSession; readonly phones: readonly MediaSession[] }[] = []

async function open(port: number, beside?: MediaSession): Promise<MediaSession> {
  const session = await engine.openSession('127.0.0.1', () => {}, beside && { beside })
  session.setFlow({
    codec: 'PCMU',
    payloadType: 0,
    remote: { address: '127.0.0.1', port, rtcpPort: port },
    ptimeMs: 20,
    send: true,
    receive: true,
  })
  return session
}

process.on('message', async (order: BridgeOrder): Promise<void> => {
  switch (order.kind) {
    case 'open': {
      const caller = await open(order.callerPort)
      caller.startTake({ takeId: `call${calls.length}`, meta: {} })
      const phones = await Promise.all(order.phonePorts.map((port) => open(port, caller)))
      calls.push({ caller, phones })
      const phonePorts = phones.map(({ local }) => local.port)
      report({ kind: 'opened', callerPort: caller.local.port, phonePorts })
      return
    }
    case 'listen':
      for (const { caller, phones } of calls)
        for (const phone of phones) phone.hear(caller, { pace: 'as-it-comes' })
      report({ kind: 'done' })
      return
    case 'talk':
      for (const [call, { caller, phones }] of calls.entries())
        if (order.call === undefined || order.call === call)
          caller.hear(order.on ? phones[0] : undefined, { pace: 'evened-out' })
      report({ kind: 'done' })
      return
    case 'close':
      for (const { caller, phones } of calls)
        await Promise.all([caller, ...phones].map((session) => session.close()))
      await engine.close()
      report({ kind: 'closed' })
      process.disconnect()
  }
})
