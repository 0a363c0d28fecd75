import { Worker } from 'node:worker_threads'
import { entryBeside } from '../../shared/entry-beside.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { Fingerprint } from '../engine.ts'
import type { StartHandshakes } from './handshakes.ts'
import type { FromHandshakes, ToHandshakes } from './messages.ts'

/** Starts the thread of the handshakes. When it dies, handshakes under way end, and calls that are keyed go on. */
export const startHandshakes: StartHandshakes = (events) => {
  const worker = new Worker(entryBeside(import.meta.url, 'handshake-thread'), {
    name: 'handshakes',
    execArgv: [],
  })
  const ready = Promise.withResolvers<Fingerprint>()
  const under = new Set<number>()
  const post = (message: ToHandshakes) => worker.postMessage(message)
  let why = 'it ended'
  worker.on('error', (error) => {
    why = error instanceof Error ? error.message : String(error)
  })
  worker.once('exit', () => {
    ready.reject(new AnswerphoneError('AP_MEDIA_THREAD_DIED', { why }))
    events.died()
    for (const session of under) events.ended(session, why)
    under.clear()
  })
  ready.promise.catch(() => {}) // whoever asks for it hears of it
  worker.on('message', (message: FromHandshakes) => {
    switch (message.kind) {
      case 'ready':
        return ready.resolve(message.fingerprint)
      case 'datagram':
        return events.send(message.session, message.datagram)
      case 'keys':
        under.delete(message.session)
        return events.keys(message.session, message.keys)
      case 'ended':
        under.delete(message.session)
        return events.ended(message.session, message.why)
    }
  })
  return {
    fingerprint: ready.promise,
    begin(session, expected) {
      under.add(session)
      post({ kind: 'begin', session, expected })
    },
    receive: (session, datagram) => post({ kind: 'datagram', session, datagram }),
    end(session) {
      under.delete(session)
      post({ kind: 'end', session })
    },
    async close() {
      under.clear()
      await worker.terminate()
    },
  }
}
