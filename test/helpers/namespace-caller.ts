import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { NetworkNamespace } from './network-namespace.ts'
import type { CallOptions, ScriptedCall } from './scripted-caller.ts'
import type { Spoken } from './speech.ts'

/** What a caller saw of its call, timed by the clock of this process. */
export type CallTrace = Pick<ScriptedCall, 'responses' | 'requests' | 'received'>

/** A call of a scripted caller that lives in a network namespace. It sends silence from the answer on. */
export interface NamespaceCall {
  /** The INVITE's final status. */
  readonly final: Promise<number>
  /** Says its sentence from the beginning. */
  speak(): Promise<void>
  cancel(): Promise<void>
  bye(): Promise<void>
  trace(): Promise<CallTrace>
}

export interface NamespaceCaller extends AsyncDisposable {
  call(
    user: string,
    options?: Pick<CallOptions, 'number' | 'name'> & { says?: Spoken },
  ): Promise<NamespaceCall>
}

/** To the process inside, and back. */
export type CallerOrder = { readonly order: number; readonly call: number } & (
  | {
      readonly act: 'call'
      readonly user: string
      readonly says: string | undefined
      readonly options: Pick<CallOptions, 'number' | 'name'>
    }
  | { readonly act: 'answered' | 'speak' | 'cancel' | 'bye' | 'trace' }
)
export interface CallerAnswer {
  readonly order: number
  /** When its clock began: performance.timeOrigin. */
  readonly timeOrigin?: number
  readonly value?: number | CallTrace | undefined
  readonly error?: string
}

type Act<Order> = Order extends unknown ? Omit<Order, 'order' | 'call'> : never

const PROCESS = join(import.meta.dirname, 'namespace-caller-process.ts')

/** A caller inside a network namespace: a socket belongs to the namespace of the process that opens it. */
export async function openNamespaceCaller(options: {
  readonly namespace: NetworkNamespace
  readonly address: string
  readonly to: { readonly host: string; readonly port: number }
}): Promise<NamespaceCaller> {
  const { namespace, address, to } = options
  const child = fork(PROCESS, [address, to.host, `${to.port}`], {
    execPath: 'ip',
    execArgv: ['netns', 'exec', namespace.name, process.execPath],
    serialization: 'advanced',
  })
  const waiting = new Map<number, (answer: CallerAnswer) => void>()
  let orders = 0
  let calls = 0
  child.on('message', (answer: CallerAnswer) => {
    waiting.get(answer.order)?.(answer)
    waiting.delete(answer.order)
  })
  const tell = (call: number, act: Act<CallerOrder>) =>
    new Promise<CallerAnswer['value']>((resolve, reject) => {
      const order = ++orders
      waiting.set(order, ({ value, error }) =>
        error === undefined ? resolve(value) : reject(new Error(error)),
      )
      child.send({ ...act, order, call })
    })
  const [{ timeOrigin = 0 }] = (await once(child, 'message')) as [CallerAnswer]
  const shift = timeOrigin - performance.timeOrigin
  const here = <Timed extends { readonly at: number }>(rows: readonly Timed[]) =>
    rows.map((row) => ({ ...row, at: row.at + shift }))
  return {
    async call(user, { says, ...callOptions } = {}) {
      const call = ++calls
      await tell(call, { act: 'call', user, says: says?.ulaw, options: callOptions })
      const final = tell(call, { act: 'answered' }) as Promise<number>
      final.catch(() => {})
      return {
        final,
        speak: async () => void (await tell(call, { act: 'speak' })),
        cancel: async () => void (await tell(call, { act: 'cancel' })),
        bye: async () => void (await tell(call, { act: 'bye' })),
        async trace() {
          const { responses, requests, received } = (await tell(call, { act: 'trace' })) as CallTrace
          return { responses: here(responses), requests: here(requests), received: here(received) }
        },
      }
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      const exit = once(child, 'exit')
      child.disconnect()
      await exit
    },
  }
}
