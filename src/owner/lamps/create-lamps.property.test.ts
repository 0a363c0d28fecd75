import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lampCall, lampHouse } from '../../../test/helpers/lamp-house.ts'

const LINES = [
  { line: 'home', mailboxId: 'family' },
  { line: 'office', mailboxId: 'work' },
]
const PHONES = ['kitchen', 'desk']
const USERS = ['kitchen', 'desk', 'family', 'work', 'home', 'office']

const HAPPENINGS = [
  ...['call-early', 'call-confirmed', 'call-ended', 'call-early', 'call-confirmed', 'call-ended'],
  ...['message', 'message', 'watch-calls', 'watch-messages', 'refresh', 'unsubscribe', 'expire', 'break'],
  ...[
    'slow-notify',
    'slow-store',
    'store-breaks',
    'store-mends',
    'register',
    'gone',
    'moves',
    'wait',
    'wait',
  ],
] as const
const happening = fc.record({ what: fc.constantFrom(...HAPPENINGS), n: fc.nat(5), ms: fc.nat(1500) })

type House = ReturnType<typeof lampHouse>
interface Watched {
  readonly name: string
  readonly user: string
}

/** Both phones are registered; the desk watches a line, its own calls and its messages. */
const BEFORE = [
  { what: 'register', n: 0, ms: 0 },
  { what: 'register', n: 1, ms: 0 },
  { what: 'watch-calls', n: 4, ms: 1 },
  { what: 'watch-calls', n: 1, ms: 1 },
  { what: 'watch-messages', n: 1, ms: 1 },
] as const

/** A house in which anything happens, and what every phone must see once it is quiet. */
function busyHouse() {
  const house = lampHouse()
  const calls: (ReturnType<House['watchCalls']> & Watched)[] = []
  const messages: (ReturnType<House['watchMessages']> & Watched)[] = []
  const truth = new Map<string, ReturnType<typeof lampCall>>()
  const registered = new Set<string>()
  const { lamps, clock, store, phones } = house

  async function happen({ what, n, ms }: { what: (typeof HAPPENINGS)[number]; n: number; ms: number }) {
    const name = PHONES[n % 2] ?? ''
    const user = USERS[n] ?? ''
    const watching = PHONES[ms % 2] ?? ''
    const all = [...calls, ...messages]
    const some = all[ms % Math.max(all.length, 1)]
    switch (what) {
      case 'call-early':
      case 'call-confirmed': {
        const state = what === 'call-early' ? 'early' : 'confirmed'
        const call = lampCall(`call-${n % 3}`, { state, ...LINES[n % 2] })
        truth.set(call.id, call)
        return lamps.callChanged(call)
      }
      case 'call-ended':
        truth.delete(`call-${n % 3}`)
        return lamps.callEnded(`call-${n % 3}`)
      case 'message':
        house.messages.set(LINES[n % 2]?.mailboxId ?? '', { new: n, heard: ms % 3 })
        return lamps.messagesChanged(ms % 2 ? undefined : LINES[n % 2]?.mailboxId)
      case 'watch-calls':
        return void calls.push(Object.assign(house.watchCalls(watching, user), { name: watching, user }))
      case 'watch-messages':
        return void messages.push(
          Object.assign(house.watchMessages(watching, user), { name: watching, user }),
        )
      case 'refresh':
        return void some?.refresh()
      case 'unsubscribe':
        return some?.unsubscribe()
      case 'expire':
        return void some?.expire()
      case 'break':
        if (some) some.broken = true
        return
      case 'slow-notify':
        if (some) some.latencyMs = ms * 2
        return
      case 'slow-store':
        store.latencyMs = ms
        return
      case 'store-breaks':
      case 'store-mends':
        store.broken = what === 'store-breaks'
        return
      case 'register': {
        const phone = phones.get(name)
        registered.add(name)
        return phone && lamps.registered(phone)
      }
      case 'gone':
        registered.delete(name)
        return lamps.gone(name)
      case 'moves': {
        const phone = phones.get('desk')
        if (phone) phones.set('desk', { ...phone, mailboxIds: ms % 2 ? ['family'] : ['family', 'work'] })
        return lamps.houseChanged()
      }
      case 'wait':
        return clock.advanceAsync(ms)
    }
  }

  return { house, calls, messages, truth, registered, happen }
}

describe('the lamps of a house, whatever happens in whatever order', () => {
  it('show the truth once it is quiet, keep their pace, and leave no timer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 80, size: 'max' }), async (happenings) => {
        const { house, calls, messages, truth, registered, happen } = busyHouse()
        for (const one of [...BEFORE, ...happenings]) await happen(one)
        house.store.broken = false
        await house.clock.advanceAsync(30_000)

        const resourceOf = (user: string) =>
          house.phones.get(user)?.mailboxIds ?? [LINES.find(({ line }) => line === user)?.mailboxId ?? user]
        for (const { user, live, watcher } of calls) {
          if (!live) continue
          const seen = watcher.dialogs.map(({ id, state }) => `${id} ${state}`)
          const true_ = [...truth.values()].filter(({ mailboxId }) => resourceOf(user).includes(mailboxId))
          expect(seen.sort()).toEqual(true_.map(({ id, state }) => `${id} ${state}`).sort())
          // A phone that takes the newest document for the whole has the lamp on when there is a call, and else off.
          const lit = watcher.last?.dialogs.some(({ state }) => state !== 'terminated')
          expect(lit).toBe(true_.length > 0)
        }
        for (const { user, live, lamp } of messages) {
          if (live) expect(lamp.shown).toEqual(house.countsOf(resourceOf(user)))
        }
        for (const name of registered) {
          const own = messages.filter((one) => one.name === name)
          if (own.some(({ live }) => live)) continue
          // Either unasked, or by a subscription of its own to itself that it has ended.
          const told = [
            house.unaskedOf(name),
            ...own.filter(({ user }) => user === name).map(({ lamp }) => lamp),
          ]
          expect(told.map(({ shown }) => shown)).toContainEqual(house.countsOf(resourceOf(name)))
        }
        for (const { notified } of [...calls, ...messages]) {
          // RFC 4235 §3.10
          const gaps = notified.map(({ at, due }, i) => (due ? 1000 : at - (notified[i - 1]?.at ?? at)))
          expect(Math.min(1000, ...gaps)).toBe(1000)
        }

        for (const one of happenings.slice(0, 8)) if (one.what !== 'wait') await happen(one)
        house.lamps.close()
        expect(house.timers).toBe(0)
        const watching = [...calls, ...messages]
        const told = watching.map(({ notified }) => notified.length)
        for (const one of happenings.slice(0, 8)) await happen(one)
        await house.clock.advanceAsync(10_000)
        expect(watching.map(({ notified }) => notified.length)).toEqual(told)
        expect(house.clock.pending).toBe(0)
      }),
      { numRuns: 400 },
    )
  })
})
