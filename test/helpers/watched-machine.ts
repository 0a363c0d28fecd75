import { expect } from 'vitest'
import type { Body, EndpointEvents, IncomingSubscription } from '../../src/sip/endpoint.ts'
import { ALICE, type EndpointPairOptions, endpointPair, MACHINE } from './endpoint-pair.ts'
import { memoryWire } from './memory-wire.ts'
import { type SubscribeOptions, scriptedSubscriber } from './scripted-subscriber.ts'

const PACKAGES = ['message-summary', 'dialog']
export const text = (words: string): Body => ({ contentType: 'text/plain', bytes: Buffer.from(words) })

export interface Taken {
  readonly subscription: IncomingSubscription
  readonly ends: string[]
}

/** A machine whose subscriptions are handled by `onSubscribe`, and a scripted subscriber beside it. */
export function watch(
  onSubscribe: EndpointEvents['onSubscribe'] = (subscription) => {
    subscription.accept(3600)
    subscription.notify(() => text('first'))
  },
  machine: EndpointPairOptions['machine'] = {},
  network: Pick<EndpointPairOptions, 'seed' | 'transport'> = {},
) {
  const taken: Taken[] = []
  const pair = endpointPair({
    ...network,
    machine: { eventPackages: PACKAGES, ...machine },
    onSubscribe(subscription) {
      const ends: string[] = []
      subscription.onEnded = (why) => void ends.push(why)
      taken.push({ subscription, ends })
      onSubscribe(subscription)
    },
  })
  const wire = memoryWire(pair.network, {
    ...network,
    address: ALICE,
    port: 5070,
    to: { host: MACHINE, port: 5060 },
  })
  const subscriber = scriptedSubscriber(wire)
  return {
    ...pair,
    wire,
    taken,
    subscriber,
    subscribe(change: Partial<SubscribeOptions> = {}) {
      const options = { uri: `sip:kitchen@${MACHINE}`, event: 'message-summary', expires: 600, ...change }
      const watched = subscriber.subscribe(options)
      pair.clock.advance(20)
      return watched
    },
    /** Nothing is left of any subscription. */
    expectOver() {
      pair.settle()
      expect(pair.machine.size).toEqual({ dialogs: 0, transactions: 0 })
      expect(pair.clock.pending).toBe(0)
    },
  }
}

/** Of the responses to the SUBSCRIBEs. */
export const statuses = ({ responses }: { readonly responses: readonly { readonly status: number }[] }) =>
  responses.map(({ status }) => status)
