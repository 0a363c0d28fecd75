import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeAudit } from './contract/audit.contract.ts'
import { describeCalls } from './contract/calls.contract.ts'
import { describeContacts } from './contract/contacts.contract.ts'
import { describeKnownPeople } from './contract/known-people.contract.ts'
import { describeMails } from './contract/mails.contract.ts'
import { describeMessages } from './contract/messages.contract.ts'
import { describeNumberLists } from './contract/number-lists.contract.ts'
import { describeOutbox } from './contract/outbox.contract.ts'
import { describePeople } from './contract/people.contract.ts'
import { describePhones } from './contract/phones.contract.ts'
import { describePlaces } from './contract/places.contract.ts'
import { describePush } from './contract/push.contract.ts'
import { describeRules } from './contract/rules.contract.ts'
import { describeTogether } from './contract/together.contract.ts'
import { describeTraces } from './contract/traces.contract.ts'
import { describeTranscripts } from './contract/transcripts.contract.ts'
import type { Store } from './store.ts'

/** A database to try the store on: opens a fresh, empty store each time. */
export interface StoreUnderTest {
  open(): Promise<Store>
  /** Ends what the last store needed; the store itself is closed. */
  cleanUp(): Promise<void>
}

/** What every store must do, run over SQLite, PGlite and, where a server is reachable, PostgreSQL. */
export function describeStore(name: string, { open, cleanUp }: StoreUnderTest): void {
  describe(name, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
    })
    afterEach(async () => {
      await store.close()
      await cleanUp()
    })
    const current = () => store

    describePlaces(current)
    describeMessages(current)
    describeCalls(current)
    describePeople(current)
    describePhones(current)
    describeAudit(current)
    describeContacts(current)
    describeKnownPeople(current)
    describePush(current)
    describeMails(current)
    describeTraces(current)
    describeRules(current)
    describeNumberLists(current)
    describeTranscripts(current)
    describeOutbox(current)
    describeTogether(current)

    describe('the store', () => {
      it('keeps settings', async () => {
        expect(await store.settings.get('key')).toBeNull()
        await store.settings.set('key', 'first')
        await store.settings.set('key', 'second')
        expect(await store.settings.get('key')).toBe('second')
      })

      it('tells of its own changes by table, until unsubscribed', async () => {
        const heard = new Set<string>()
        const { promise, resolve } = Promise.withResolvers<void>()
        const unsubscribe = store.onChange((what) => {
          for (const table of what) heard.add(table)
          if (heard.has('settings')) resolve()
          // PostgreSQL has just begun to listen, and may have missed it.
          if (what.size === 0) void store.settings.set('key', 'again')
        })
        await store.settings.set('key', 'value')
        await promise
        unsubscribe()
        expect([...heard]).toEqual(['settings'])
      })

      it('is well, and durable, when asked', async () => {
        await store.check()
        await store.settings.set('key', 'value')
        await Promise.all([store.flush(), store.flush(), store.flush()])
      })
    })
  })
}
