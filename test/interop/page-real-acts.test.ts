import DatabaseFile from 'better-sqlite3'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startChromium } from '../helpers/browser.ts'
import { describeWith } from '../helpers/peers.ts'
import {
  databaseOf,
  digits,
  greetBriefly,
  leaveMessage,
  OWNER,
  openRealPage,
  recordOn,
} from '../helpers/real-page.ts'

/** What the owner does on the page, and that it happens to the caller and to the message. */
describeWith(['chromium', 'sox', 'flite'], 'the page’s acts on the real machine', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('deletes a message unheard and undoes it, restores from the trash, finds by number', async () => {
    await using real = await openRealPage(browser)
    const { page, machine } = real
    await greetBriefly(real)
    await leaveMessage(real, '+4930111222')
    await leaveMessage(real, '+4930333444')
    const row = page.locator('[data-message]', { hasText: digits('+4930111222') })
    const other = page.locator('[data-message]', { hasText: digits('+4930333444') })
    const count = page.locator('.lamp-digits')
    await expect.poll(() => count.getAttribute('data-count')).toBe('2')

    await row.getByRole('button', { name: /^Delete/ }).click()
    await row.waitFor({ state: 'detached' })
    await expect.poll(() => count.getAttribute('data-count')).toBe('1')
    expect(await machine.list('messages', 'list', '--state', 'trash')).toMatchObject([
      { state: 'trash', heardAt: null },
    ])
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.waitFor()
    await expect.poll(() => count.getAttribute('data-count')).toBe('2')
    expect(await row.getAttribute('data-state'), 'it is new again, for it was never heard').toBe('new')

    await row.getByRole('button', { name: /^Delete/ }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Trash' }).click()
    await row.getByRole('button', { name: /^Restore/ }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await row.waitFor()

    await page.keyboard.press('/')
    await page.keyboard.type('333444')
    await row.waitFor({ state: 'detached' })
    expect(await page.locator('[data-message]').count()).toBe(1)
    await other.waitFor()
    await page.keyboard.press('Escape')
    await row.waitFor()

    // Who calls again is known: how often today, and what he left.
    const again = await real.caller.call('home', { number: '+4930111222' })
    const card = page.locator('.call-card')
    await card.getByText(/^Second time today, the last/).waitFor()
    await card.getByText(/^Last message: Today, .*\(0:0\d\)$/).waitFor()
    await page.getByRole('button', { name: 'Hang up' }).click()
    await again.final
    expect(real.complaints).toEqual([])
  })

  it('lets the machine answer before its time, and hangs up on the caller', async () => {
    await using real = await openRealPage(browser, { ringSeconds: 60 })
    const { page, caller, machine } = real
    const call = await caller.call('home', { number: '+4930555' })
    await page.locator('.call-card[data-phase=ringing]').waitFor()
    expect(call.responses.at(-1)?.status).toBe(180)
    const at = performance.now()
    await page.getByRole('button', { name: 'Let the machine answer' }).click()
    expect(await call.final).toBe(200)
    expect(performance.now() - at).toBeLessThan(1500)
    await page.locator('.call-card[data-phase=greeting]').waitFor()

    await page.getByRole('button', { name: 'Hang up' }).click()
    await call.hungUp
    await page.locator('.call-card').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Calls' }).click()
    await page.locator('.call').getByText('Sent away').waitFor()

    const second = await caller.call('home', { number: '+4930666' })
    await page.getByRole('button', { name: 'Hang up' }).click()
    expect(await second.final, 'while it rings, the caller hears busy').toBe(486)
    await expect.poll(() => page.locator('.call').getByText('Sent away').count()).toBe(2)
    expect(await machine.list('messages', 'list')).toEqual([])

    await page.goto(`${machine.http}/#/callers/${encodeURIComponent('+4930555')}`)
    await page.getByRole('button', { name: 'Forget calls, names and notes' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Forget for good' }).click()
    await page.locator('.toast').getByText('1 call is forgotten, and what was noted.').waitFor()
    await page.getByText('Nothing is known of this caller.').waitFor()
    await page.locator('main').getByRole('link', { name: 'Calls' }).click()
    await expect.poll(() => page.locator('.call').getByText('Sent away').count()).toBe(1)
    expect(await machine.list('calls', 'list')).toMatchObject([{ callerNumber: '+4930666' }])
    // The browser itself reports that nothing is known of a forgotten caller.
    expect(real.complaints.filter((text) => !text.includes('404'))).toEqual([])
  })

  it('says that the database is locked, takes the message all the same, and says when it is over', async () => {
    await using real = await openRealPage(browser)
    const { page, machine, caller } = real
    await greetBriefly(real)
    await page.getByText('Ready', { exact: true }).waitFor()
    const call = await caller.call('home', { number: '+4930777' })
    await recordOn(page, call)
    const other = new DatabaseFile(databaseOf(real))
    try {
      other.exec('begin immediate')
      await page.waitForTimeout(3000)
      await call.bye()
      await page.getByText('The machine needs you').waitFor({ timeout: 30_000 })
      await page.getByText('Not ready', { exact: true }).waitFor()
      const answer = await fetch(`${machine.http}/readyz`)
      expect(answer.status).toBe(503)
      expect(await answer.json()).toMatchObject({ problems: [{ code: 'AP_STORE_LOCKED' }] })
    } finally {
      other.close()
    }
    await page.locator('[data-message][data-state=new]').waitFor({ timeout: 30_000 })
    await page.getByText('The machine needs you').waitFor({ state: 'detached' })
    await page.getByText('Ready', { exact: true }).waitFor()
    // The browser itself reports the 503 of /readyz.
    expect(real.complaints.filter((text) => !text.includes('503'))).toEqual([])
  })

  it('keeps two tabs in step, and ends both at the log-out', async () => {
    await using real = await openRealPage(browser)
    const { page, machine, caller } = real
    await greetBriefly(real)
    const second = await real.openTab()
    await second.goto(machine.http)
    await second.getByText('No messages yet').waitFor()

    const call = await caller.call('home', { number: '+4930888' })
    await recordOn(page, call)
    await second.locator('.call-card[data-phase=recording]').waitFor()
    await page.waitForTimeout(3000)
    await call.bye()
    for (const tab of [page, second]) await tab.locator('.lamp-on[data-count="1"]').waitFor()
    await page.locator('.message-who').click()
    await page.keyboard.press('m')
    await second.locator('[data-message][data-state=heard]').waitFor()
    await second.getByText('No new messages').waitFor()
    await second.getByRole('button', { name: /^Delete/ }).click()
    await page.locator('[data-message]').waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    for (const tab of [page, second]) await tab.getByText('Welcome back').waitFor()
    const status = (path: string) => page.evaluate<number>(`fetch('${path}').then(({ status }) => status)`)
    expect(await status('/api/v1/messages')).toBe(401)
    expect(await status('/api/v1/events')).toBe(401)

    await second.getByLabel('Name').fill(OWNER.name)
    await second.getByLabel('Password').fill(OWNER.password)
    await second.keyboard.press('Enter')
    await second.locator('.lamp').waitFor()
    expect(real.complaints.filter((text) => !text.includes('401'))).toEqual([])
  })
})
