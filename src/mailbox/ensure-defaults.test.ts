import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MailboxFixture, openMailboxFixture } from '../../test/helpers/mailbox-fixture.ts'
import { ensureDefaults } from './ensure-defaults.ts'

let at: MailboxFixture
beforeEach(async () => {
  at = await openMailboxFixture()
})
afterEach(() => at.close())

it('makes the line home on the first start, and never again', async () => {
  await ensureDefaults(at.store)
  expect(await at.store.lines.get('home')).toMatchObject({
    trunk: ['127.0.0.0/8', '::1/128'],
    ringSeconds: 18,
  })
  await at.store.lines.remove('home')
  await ensureDefaults(at.store)
  expect(await at.store.lines.list()).toEqual([])
})
