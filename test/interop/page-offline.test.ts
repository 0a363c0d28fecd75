import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startChromium } from '../helpers/browser.ts'
import { describeWith } from '../helpers/peers.ts'
import {
  digits,
  greetBriefly,
  leaveMessage,
  OWNER,
  openRealPage,
  startListening,
  whatWasHeard,
} from '../helpers/real-page.ts'

const WORKER = join(import.meta.dirname, '../../web/dist/worker.js')
const context = { serviceWorkers: 'allow' } as const

/** The page as an installed app: what is left of it without the machine, for whom, and how a new version comes. */
describeWith(['chromium', 'sox', 'flite'], 'the page without the machine', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('shows the list, plays what was heard, and keeps nothing of who logs out', async () => {
    await using real = await openRealPage(browser, { context })
    const { page, machine } = real
    await isKept(page)
    const devtools = await page.context().newCDPSession(page)
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    // The profile of a test keeps nothing on the disk; that is all that is in the way.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])
    expect((await devtools.send('Page.getAppManifest')).errors).toEqual([])

    await greetBriefly(real)
    await leaveMessage(real, '+4930111222')
    await leaveMessage(real, '+4930333444')
    const row = (number: string) => page.locator('[data-message]', { hasText: digits(number) })
    await row('+4930111222').locator('.message-play').click()
    await expect.poll(() => kept(page)).toContainEqual(expect.stringMatching(/\/audio$/))
    await expect.poll(() => row('+4930111222').getAttribute('data-state')).toBe('heard')
    await expect.poll(() => keptText(page, '/api/v1/messages?state=new%2Cheard')).toContain('"heard"')

    await page.context().setOffline(true)
    await page.reload()
    await page.getByText('Last seen: now').waitFor()
    await row('+4930333444').waitFor()
    await page.locator('.lamp-on[data-count="1"]').waitFor()
    await startListening(page)
    await row('+4930111222').locator('.message-play').click()
    await expect.poll(async () => loudest(await whatWasHeard(page))).toBeGreaterThan(2000)
    await page.evaluate('player.currentTime = 1.5')
    await expect.poll(() => page.evaluate('player.currentTime')).toBeGreaterThan(1.5)

    await row('+4930333444').locator('.message-play').click()
    await page.getByText('its sound is not kept').waitFor()
    // What has to wait for the machine looks like it, and says so when it is pressed.
    const out = row('+4930333444').getByRole('button', { name: /^Delete/ })
    expect(await out.getAttribute('aria-disabled')).toBe('true')
    await out.click({ force: true })
    await page.getByText('This waits until the machine').waitFor()
    expect(await row('+4930333444').count()).toBe(1)
    await page.getByRole('link', { name: 'Calls' }).click()
    await expect.poll(() => page.locator('.call').count()).toBe(2)
    await page.getByRole('link', { name: 'Phone' }).click()
    expect(await page.getByLabel('Number or name').isDisabled()).toBe(true)

    // Nobody asks it to try: the browser says that it has a network again.
    await page.context().setOffline(false)
    await page.getByText('Last seen:').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Messages' }).click()
    await row('+4930333444')
      .getByRole('button', { name: /^Delete/ })
      .click()
    await row('+4930333444').waitFor({ state: 'detached' })
    const trash = async () => (await machine.api('/messages?state=trash')).text()
    await expect.poll(trash).toContain('+4930333444')

    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByLabel('Password').waitFor()
    await expect.poll(() => kept(page)).toEqual([])
    await page.context().setOffline(true)
    await page.reload()
    await page.getByText('The machine is out of reach').waitFor()
    expect(await page.locator('[data-message]').count()).toBe(0)
    expect(real.complaints.filter((text) => !text.includes('net::ERR'))).toEqual([])
  })

  it('shows nobody what another user saw, even when the login was lost elsewhere', async () => {
    await using real = await openRealPage(browser, { context })
    const { page, machine } = real
    await isKept(page)
    await expect.poll(() => keptText(page, '/api/v1/session')).toContain(OWNER.name)
    expect(await keptText(page, '/api/v1/session')).toContain('"csrfToken":null')
    // As when the owner sets a new password on another device.
    await page.context().clearCookies()
    await page.reload()
    await page.getByLabel('Password').waitFor()
    await expect.poll(() => kept(page)).toEqual([])

    await machine.post('/users', { name: 'Grace', password: OWNER.password })
    await page.getByLabel('Name').fill('Grace')
    await page.getByLabel('Password').fill(OWNER.password)
    await page.keyboard.press('Enter')
    await page.locator('.lamp').waitFor()
    await expect.poll(() => keptText(page, '/api/v1/session')).toContain('Grace')

    // Who plays the caller by a link is nobody's user.
    const stranger = await browser.newContext(context)
    await using _ = { [Symbol.asyncDispose]: () => stranger.close() }
    const visit = await stranger.newPage()
    await visit.goto(`${machine.http}/try.html`)
    await visit.getByRole('heading').first().waitFor()
    expect(await visit.evaluate('navigator.serviceWorker.getRegistration()')).toBeUndefined()
  })

  it('lets a new version take over when it is told to, and not in the middle of a call', async () => {
    await using real = await openRealPage(browser, { context, ringSeconds: 60 })
    const { page, caller } = real
    await isKept(page)
    const before = await readFile(WORKER, 'utf8')
    await using _ = { [Symbol.asyncDispose]: () => writeFile(WORKER, before) }
    const call = await caller.call('home', { number: '+4930555' })
    await page.getByRole('button', { name: 'Pick up' }).click()
    await page.getByText('You are talking').waitFor()
    await page.evaluate('window.stayed = true')
    await appendFile(WORKER, '\n// of another build')
    await page.evaluate('navigator.serviceWorker.getRegistration().then((worker) => void worker.update())')
    await page.getByText('Load it after your call').waitFor()
    const reload = page.getByRole('button', { name: 'Reload' })
    expect(await reload.isDisabled()).toBe(true)
    await call.bye()
    await page.getByText('There is a new version of this page.', { exact: true }).waitFor()
    expect(await page.evaluate('stayed')).toBe(true)
    await reload.click()
    const stayed = () => page.evaluate('window.stayed').catch(() => true)
    await expect.poll(stayed).toBeUndefined()
    await page.locator('.lamp').waitFor()
    expect(await page.evaluate('navigator.serviceWorker.getRegistration().then((r) => r.waiting)')).toBeNull()
    expect(await page.getByText('new version').count()).toBe(0)
  })
})

/** Waits until the worker has the page, and who is logged in. */
async function isKept(page: Page): Promise<void> {
  await expect.poll(() => keptText(page, '/api/v1/session')).not.toBe('')
}

const kept = (page: Page) =>
  page.evaluate<string[]>(
    `caches.open('answerphone-kept').then((cache) => cache.keys()).then((all) => all.map(({ url }) => url))`,
  )

const keptText = (page: Page, path: string) =>
  page.evaluate<string>(
    `caches.match(${JSON.stringify(path)}, { cacheName: 'answerphone-kept' }).then((found) => found?.text() ?? '')`,
  )

const loudest = (samples: Int16Array) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
