import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { WebSocketWireOptions } from '../../helpers/web-socket-wire.ts'

/** A phone, and what it does with every call. */
export interface PhoneSetting {
  readonly name: string
  readonly password: string
  /**
   * `rings`: and nobody takes it. `declines`: 486 when its name ends with 0, else 603. `listens`: to each call, once the
   * machine has answered, for some time. `stays`: listens as well, from about the message's beginning to the call's end.
   * `hears`: picks up a caller who has said a name, hears it, and decides nothing; hangs up soon when its name ends with 1.
   */
  readonly habit: 'rings' | 'declines' | 'listens' | 'stays' | 'hears'
  readonly to: { readonly host: string; readonly port: number }
  /** What it dials to listen. */
  readonly listenTo: string
  /** It is a browser: SIP by this WebSocket, sound by WebRTC. */
  readonly browser?: { readonly kind: BrowserKind; readonly webSocket: WebSocketWireOptions }
}

/** Scripted ones cost the computer as good as nothing; Chromium is what nobody here wrote. */
export type BrowserKind = 'scripted' | 'Chromium'

/** What a phone has been through. */
export interface Habit {
  readonly name: string
  readonly rung: number
  /** RTP packets; of a browser, those that it could decrypt. */
  readonly heard: number
  /** Of all its calls, both ways. */
  readonly statuses: readonly number[]
}

/** A process of owner's phones. */
export interface OwnersPhones extends AsyncDisposable {
  /** Once all that they still do is done. */
  report(): Promise<readonly Habit[]>
  /** Those that listen in this moment, or hear a caller's name, by name. */
  readonly listening: ReadonlySet<string>
}

export type ToPhones = { readonly plugIn: readonly PhoneSetting[]; readonly niceness: number } | 'report'
export type FromPhones =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'report'; readonly habits: readonly Habit[] }
  | { readonly kind: 'listens'; readonly name: string; readonly on: boolean }

/**
 * Registers the phones; rejects when one can't.
 * @param niceness how much they stand back where the processor is wanted: on other computers they would take none of this one's
 */
export async function openOwnersPhones(
  settings: readonly PhoneSetting[],
  { niceness = 0 } = {},
): Promise<OwnersPhones> {
  const child = fork(join(import.meta.dirname, 'phones-process.ts'), {
    serialization: 'advanced',
    execArgv: [],
  })
  const listening = new Set<string>()
  let answered = Promise.withResolvers<FromPhones>()
  child.on('message', (message: FromPhones) => {
    if (message.kind !== 'listens') return answered.resolve(message)
    if (message.on) listening.add(message.name)
    else listening.delete(message.name)
  })
  child.on('exit', () => answered.resolve({ kind: 'failed', why: 'their process ended' }))
  const ask = (message: ToPhones) => {
    answered = Promise.withResolvers()
    child.send(message)
    return answered.promise
  }
  const answer = await ask({ plugIn: settings, niceness })
  if (answer.kind !== 'ready') throw new Error(`the phones can not be plugged in: ${JSON.stringify(answer)}`)
  return {
    listening,
    async report() {
      const report = await ask('report')
      if (report.kind !== 'report') throw new Error(`no report: ${JSON.stringify(report)}`)
      return report.habits
    },
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
