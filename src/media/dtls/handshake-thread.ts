import { parentPort } from 'node:worker_threads'
import { type Association, associate, fingerprintOf, makeCertificate } from './association.ts'
import type { FromHandshakes, ToHandshakes } from './messages.ts'

/**
 * The entry of the handshakes' thread. A thread of its own: to load the library stops a thread for 200 ms and each
 * handshake for up to 16, and calls in progress must not show when an owner opens the page.
 */
const port = parentPort
if (!port) throw new Error('handshake-thread.ts runs as a worker thread only')
const post = (message: FromHandshakes) => port.postMessage(message)

const certificate = await makeCertificate()
const associations = new Map<number, Association>()

port.on('message', (message: ToHandshakes) => {
  const { session } = message
  switch (message.kind) {
    case 'begin':
      if (associations.has(session)) return
      associations.set(
        session,
        associate(certificate, message.expected, {
          send: (datagram) => post({ kind: 'datagram', session, datagram }),
          keys: (keys) => post({ kind: 'keys', session, keys }),
          ended: (why) => post({ kind: 'ended', session, why }),
        }),
      )
      return
    case 'datagram':
      return associations.get(session)?.receive(Buffer.from(message.datagram))
    case 'end':
      associations.get(session)?.close()
      associations.delete(session)
  }
})
const fingerprint = fingerprintOf(certificate.certPem)
if (!fingerprint) throw new Error('no fingerprint')
post({ kind: 'ready', fingerprint })
