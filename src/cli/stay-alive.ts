import { MessageChannel } from 'node:worker_threads'

/**
 * Keeps the process alive until disposed: the clock's timers do not, and a command may be waiting for nothing else (a
 * lock on the database).
 */
export function stayAlive(): Disposable {
  const { port1 } = new MessageChannel()
  port1.on('message', () => {})
  return { [Symbol.dispose]: () => port1.close() }
}
