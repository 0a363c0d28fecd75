import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A process of the benchmark that is told what to do, one order after the other. */
export interface Child<Order, Report extends { kind: string }> extends AsyncDisposable {
  readonly pid: number
  /** Sends an order; resolves with the report of this kind, which must be the next one. */
  ask<Kind extends Report['kind']>(order: Order, kind: Kind): Promise<Report & { kind: Kind }>
}

/** Starts a file of `bench/`. */
export function openChild<Order extends { kind: string }, Report extends { kind: string }>(
  file: string,
  args: readonly string[] = [],
): Child<Order, Report> {
  const child = fork(join(import.meta.dirname, '..', file), [...args])
  const gone = once(child, 'exit')
  return {
    pid: child.pid ?? 0,
    async ask<Kind extends Report['kind']>(order: Order, kind: Kind) {
      child.send(order)
      const [message] = (await Promise.race([
        once(child, 'message'),
        gone.then(() => [{ kind: 'gone' }]),
      ])) as [Report]
      if (message.kind !== kind) throw new Error(`expected ${kind}, got ${message.kind}`)
      return message as Report & { kind: Kind }
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect()
      if (child.exitCode === null) child.kill()
      await gone
    },
  }
}
