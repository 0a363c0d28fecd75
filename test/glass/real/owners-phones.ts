import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A phone, and what it does with every call. */
export interface PhoneSetting {
  readonly name: string
  readonly password: string
  /** `rings`: and nobody takes it. `declines`: 486 when its name ends with 0, else 603. `listens`: to each call, once the machine has answered. */
  readonly habit: 'rings' | 'declines' | 'listens'
  readonly to: { readonly host: string; readonly port: number }
  /** What it dials to listen. */
  readonly listenTo: string
}

/** What a phone has been through. */
export interface Habit {
  readonly name: string
  readonly rung: number
  /** RTP packets. */
  readonly heard: number
  /** Of all its calls, both ways. */
  readonly statuses: readonly number[]
}

/** The process of the owner's phones. */
export interface OwnersPhones extends AsyncDisposable {
  report(): Promise<readonly Habit[]>
}

/** Registers the phones; rejects when one can't. */
export async function openOwnersPhones(settings: readonly PhoneSetting[]): Promise<OwnersPhones> {
  const child = fork(join(import.meta.dirname, 'phones-process.ts'), {
    serialization: 'advanced',
    execArgv: [],
  })
  const ask = async (message: { plugIn: readonly PhoneSetting[] } | 'report') => {
    child.send(message)
    const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    return answer
  }
  const answer = await ask({ plugIn: settings })
  if (answer !== 'ready') throw new Error(`the phones can not be plugged in: ${JSON.stringify(answer)}`)
  return {
    report: () => ask('report'),
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
