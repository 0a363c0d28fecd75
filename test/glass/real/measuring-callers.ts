import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { CallPlan, CallRecord } from './measured-call.ts'

/** The process of the callers. */
export interface MeasuringCallers extends AsyncDisposable {
  call(plan: CallPlan): Promise<CallRecord>
}

export function openMeasuringCallers(): MeasuringCallers {
  const child = fork(join(import.meta.dirname, 'caller-process.ts'), {
    serialization: 'advanced',
    execArgv: [],
  })
  const waiting = new Map<number, PromiseWithResolvers<CallRecord>>()
  let lastId = 0
  child.on('message', (message: { id: number; record?: CallRecord; why?: string }) => {
    const { id, record, why } = message
    if (record) waiting.get(id)?.resolve(record)
    else waiting.get(id)?.reject(new Error(why))
    waiting.delete(id)
  })
  child.on('exit', () => {
    for (const one of waiting.values()) one.reject(new Error('the callers’ process ended'))
  })
  return {
    call(plan) {
      const one = Promise.withResolvers<CallRecord>()
      const id = lastId++
      waiting.set(id, one)
      child.send({ id, plan })
      return one.promise
    },
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
