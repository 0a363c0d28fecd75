import { createLamps } from '../../src/owner/lamps/create-lamps.ts'
import type { LampCall, Resource } from '../../src/owner/lamps/lamps.ts'
import type { MessageCounts } from '../../src/owner/lamps/message-summary.ts'
import type { Phone } from '../../src/owner/phone.ts'
import type { Clock } from '../../src/shared/clock.ts'
import { silentLog } from '../../src/shared/log.ts'
import type { Body } from '../../src/sip/endpoint.ts'
import { type DialogWatcher, dialogWatcher } from './dialog-watcher.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type SubscriptionDouble, subscriptionDouble } from './subscription-double.ts'

/** A message lamp at a phone: how it was told to shine. */
export interface MessageLamp {
  readonly summaries: string[]
  /** Of the newest. */
  readonly shown: MessageCounts | undefined
}

export const HOST = '192.0.2.2'

export const phone = (name: string, ...mailboxIds: string[]): Phone => ({
  name,
  mailboxIds,
  speaker: false,
  speakerGainDb: 0,
})

export function lampCall(id: string, change: Partial<LampCall> = {}): LampCall {
  return {
    id,
    line: 'home',
    mailboxId: 'family',
    dialog: { callId: `${id}@caller`, localTag: `ours-${id}`, remoteTag: `theirs-${id}` },
    state: 'early',
    callerNumber: '+493012345',
    callerName: null,
    ...change,
  }
}

export interface LampWorld {
  readonly clock?: FakeClock
  /** Instead of keeping it as `unaskedOf`. */
  readonly notifyUnsolicited?: (phone: Phone, body: Body) => void
}

/**
 * Lamps in a house of two mailboxes, each with a line: `home` → `family`, `office` → `work`. The kitchen has the
 * family's messages, the desk both. What is true can be changed; what phones were told is kept.
 */
export function lampHouse(world: LampWorld = {}) {
  const clock = world.clock ?? fakeClock()
  const phones = new Map(
    [phone('kitchen', 'family'), phone('desk', 'family', 'work')].map((one) => [one.name, one]),
  )
  const lines = new Map([
    ['home', 'family'],
    ['office', 'work'],
  ])
  const messages = new Map<string, MessageCounts>()
  const unasked = new Map<string, MessageLamp & { summaries: string[] }>()
  /** How long the store takes, and whether it fails. */
  const store = { latencyMs: 0, broken: false }

  let timers = 0
  const counted: Clock = {
    ...clock,
    setTimer(delayMs, fire) {
      timers++
      let set = true
      const unset = () => {
        if (set) timers--
        set = false
      }
      const timer = clock.setTimer(delayMs, () => {
        unset()
        fire()
      })
      const cancel = () => {
        unset()
        timer.cancel()
      }
      return { cancel, [Symbol.dispose]: cancel }
    },
  }
  const lamps = createLamps({
    clock: counted,
    log: silentLog,
    resourceOf({ name }, user): Resource | undefined {
      const own = phones.get(name)
      if (!own) return undefined
      if (user === name) return { mailboxIds: own.mailboxIds }
      const line = lines.get(user)
      if (line !== undefined && own.mailboxIds.includes(line)) return { mailboxIds: [line], line: user }
      return own.mailboxIds.includes(user) ? { mailboxIds: [user] } : undefined
    },
    async counts(mailboxIds) {
      const { promise, resolve } = Promise.withResolvers<void>()
      // What is read is what was true when it was asked.
      const sum = countsOf(mailboxIds)
      clock.setTimer(store.latencyMs, resolve)
      await promise
      if (store.broken) throw new Error('the database is away')
      return sum
    },
    notifyUnsolicited(told, body) {
      if (world.notifyUnsolicited) return world.notifyUnsolicited(told, body)
      const { name } = told
      const lamp = unasked.get(name) ?? messageLamp()
      unasked.set(name, lamp)
      lamp.summaries.push(body.bytes.toString())
    },
    pickUpUser: () => '*8',
  })

  function countsOf(mailboxIds: readonly string[]): MessageCounts {
    const all = mailboxIds.map((id) => messages.get(id) ?? { new: 0, heard: 0 })
    const sum = (which: keyof MessageCounts) => all.reduce((total, counts) => total + counts[which], 0)
    return { new: sum('new'), heard: sum('heard') }
  }

  function subscribe(name: string, event: string, user: string, onBody: (body: string) => void) {
    const uri = `sip:${user}@${HOST}`
    const double = subscriptionDouble({ clock, event, uri, onBody })
    lamps.subscribe(double.subscription, phones.get(name) ?? phone(name))
    return double
  }

  return {
    clock,
    lamps,
    /** How many timers the lamps have set. */
    get timers() {
      return timers
    },
    phones,
    messages,
    store,
    countsOf,
    /** What a phone was told without having asked. */
    unaskedOf: (name: string): MessageLamp => unasked.get(name) ?? messageLamp(),
    /** A phone subscribes to messages. */
    watchMessages(name: string, user: string): SubscriptionDouble & { readonly lamp: MessageLamp } {
      const lamp = messageLamp()
      const double = subscribe(name, 'message-summary', user, (body) => lamp.summaries.push(body))
      return Object.defineProperty(double, 'lamp', { value: lamp }) as SubscriptionDouble & {
        lamp: MessageLamp
      }
    },
    /** A phone subscribes to calls. */
    watchCalls(name: string, user: string): SubscriptionDouble & { readonly watcher: DialogWatcher } {
      const watcher = dialogWatcher()
      const double = subscribe(name, 'dialog', user, watcher.take)
      return Object.defineProperty(double, 'watcher', { value: watcher }) as SubscriptionDouble & {
        watcher: DialogWatcher
      }
    },
  }
}

function messageLamp(): MessageLamp {
  const summaries: string[] = []
  return {
    summaries,
    get shown() {
      const [, unheard, heard] =
        /^Voice-Message: (\d+)\/(\d+) \(0\/0\)\r$/m.exec(summaries.at(-1) ?? '') ?? []
      return unheard === undefined ? undefined : { new: Number(unheard), heard: Number(heard) }
    },
  }
}
