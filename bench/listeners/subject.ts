/** Callers, and who listens to each, in a process of its own: telephones, or browsers with the keys of a test. */

import { createLocalEngine } from '../../src/media/create-local-engine.ts'
import type { HandshakeEvents } from '../../src/media/dtls/handshakes.ts'
import type { Flow, MediaSession } from '../../src/media/engine.ts'
import { OpenDescriptors } from '../../src/media/socket/open-descriptors.ts'
import { cheapestSockets } from '../../src/media/socket/open-sockets.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { memoryRecorder } from '../../test/helpers/memory-recorder.ts'
import { browserSecurity, srtpKeys } from '../../test/helpers/scripted-browser.ts'
import { cpuMeter } from '../media/cpu-time.ts'
import type { ListenersOrder, ListenersReport } from './orders.ts'

const AT = '127.0.0.1'
let handshakes: HandshakeEvents | undefined
/** Sessions are numbered as they are opened. */
let opened = 0
const engine = createLocalEngine({
  clock: systemClock,
  random: systemRandom,
  ports: { from: 20_000, to: 29_999 },
  openSocket: await cheapestSockets(systemClock, new OpenDescriptors()),
  recorder: memoryRecorder(systemClock),
  startHandshakes(events) {
    handshakes = events
    const ignore = () => {}
    const fingerprint = Promise.resolve(browserSecurity.fingerprint)
    return { fingerprint, begin: ignore, receive: ignore, end: ignore, close: async () => {} }
  },
})
await engine.browserFingerprint()
const meter = cpuMeter()
const report = (message: ListenersReport) => process.send?.(message)

const open = async (port: number, extra: Partial<Flow>, beside?: MediaSession) => {
  const session = await engine.openSession(AT, () => {}, beside && { beside })
  opened++
  const remote = { address: AT, port, rtcpPort: port + 1 }
  session.setFlow({
    ...{ codec: 'PCMU', payloadType: 0, remote, ptimeMs: 20, send: true, receive: true },
    ...extra,
  })
  return session
}

process.on('message', async (order: ListenersOrder): Promise<void> => {
  switch (order.kind) {
    case 'open': {
      const caller = await open(order.callerPort, {})
      const ports: number[] = []
      for (const port of order.listenerPorts) {
        const security = order.browsers ? { security: browserSecurity } : {}
        const listener = await open(port, { receive: false, ...security }, caller)
        if (order.browsers) handshakes?.keys(opened, srtpKeys)
        listener.hear(caller, { pace: 'as-it-comes' })
        ports.push(listener.local.port)
      }
      return void report({ kind: 'opened', callerPort: caller.local.port, listenerPorts: ports })
    }
    case 'start':
      meter.start()
      return void report({ kind: 'started' })
    case 'read':
      return void report({ kind: 'measured', ...meter.read() })
  }
})
