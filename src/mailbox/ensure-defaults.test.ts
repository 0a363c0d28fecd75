import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MailboxFixture, openMailboxFixture } from '../../test/helpers/mailbox-fixture.ts'
import { silentLog } from '../shared/log.ts'
import { IN_MEMORY, openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import { ensureDefaults } from './ensure-defaults.ts'

let at: MailboxFixture
beforeEach(async () => {
  at = await openMailboxFixture()
})
afterEach(() => at.close())

it('makes the line home on the first start, and never again', async () => {
  await ensureDefaults(at.store, 'UTC')
  expect(await at.store.lines.get('home')).toMatchObject({
    trunk: ['127.0.0.0/8', '::1/128'],
    ringSeconds: 18,
  })
  await at.store.lines.remove('home')
  await ensureDefaults(at.store, 'UTC')
  expect(await at.store.lines.list()).toEqual([])
})

it('speaks what is spoken in its time zone; a mailbox that was there goes on as before', async () => {
  await ensureDefaults(at.store, 'Europe/Berlin')
  expect((await at.store.mailboxes.get('home'))?.language).toBe('en')
  const store = await openSqliteStore({
    file: IN_MEMORY,
    clock: at.clock,
    makeId: () => 'id',
    log: silentLog,
  })
  await ensureDefaults(store, 'Europe/Berlin')
  expect((await store.mailboxes.get('home'))?.language).toBe('de')
  await store.close()
})
