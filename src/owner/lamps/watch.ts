import type { IncomingSubscription } from '../../sip/endpoint.ts'
import type { Phone } from '../phone.ts'
import type { LampEvent } from './judge-subscription.ts'
import type { Lamp } from './lamp.ts'
import type { Resource } from './lamps.ts'
import type { Teller } from './teller.ts'

/** Somebody who watches something. */
export interface Watch {
  readonly phone: Phone
  /** What is watched, as the phone names it, and what that is now. */
  readonly user: string
  resource: Resource
  readonly event: LampEvent
  readonly lamp: Lamp
  readonly teller: Teller
  /** Absent for a phone that registered, and is told unasked. */
  readonly subscription?: IncomingSubscription
}

/** Who watches what. */
export interface WatchBook {
  add(watch: Watch): void
  /** Removing one that is not there does nothing. */
  remove(watch: Watch): void
  all(): readonly Watch[]
  /** Its subscriptions. */
  ofPhone(name: string): readonly Watch[]
  unasked(name: string): Watch | undefined
  /** Whether a phone has subscribed to messages, and need not be told unasked. */
  asksItself(name: string): boolean
  /** The mailboxes whose messages somebody watches. */
  countedMailboxes(): ReadonlySet<string>
}

export function createWatchBook(): WatchBook {
  const subscriptions = new Map<string, Set<Watch>>()
  const unasked = new Map<string, Watch>()
  const ofPhone = (name: string) => [...(subscriptions.get(name) ?? [])]
  const all = () => [...[...subscriptions.values()].flatMap((watches) => [...watches]), ...unasked.values()]

  return {
    add(watch) {
      const { name } = watch.phone
      if (!watch.subscription) return void unasked.set(name, watch)
      subscriptions.set(name, (subscriptions.get(name) ?? new Set()).add(watch))
    },
    remove(watch) {
      const { name } = watch.phone
      if (unasked.get(name) === watch) unasked.delete(name)
      const watches = subscriptions.get(name)
      watches?.delete(watch)
      if (watches?.size === 0) subscriptions.delete(name)
    },
    all,
    ofPhone,
    unasked: (name) => unasked.get(name),
    asksItself: (name) => ofPhone(name).some(({ event }) => event === 'message-summary'),
    countedMailboxes: () =>
      new Set(
        all()
          .filter(({ event }) => event === 'message-summary')
          .flatMap(({ resource }) => resource.mailboxIds),
      ),
  }
}
