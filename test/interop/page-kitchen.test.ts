import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

/** Notes what the page asks of the browser, which without a head has neither badge nor screen. */
const NOTE = `
  window.asked = []
  navigator.setAppBadge = async (count) => { asked.push('badge ' + count) }
  navigator.clearAppBadge = async () => { asked.push('no badge') }
  Object.defineProperty(navigator, 'wakeLock', { value: {
    request: async (kind) => { asked.push('lock ' + kind); return { release: async () => { asked.push('release') } } },
  } })
`

describe.skipIf(!hasChromium)('the kitchen mode in Chromium', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('keeps the screen lit while it is shown, and the badge is the lamp’s digit', async () => {
    await using open = await openPage(browser)
    const { page } = open
    await page.addInitScript(NOTE)
    await page.goto(`${open.server.url}/#/kitchen`)
    await page.reload()
    await page.getByRole('region', { name: '3 new messages' }).waitFor()
    const asked = () => page.evaluate('asked')
    await expect.poll(asked).toContain('badge 3')
    await expect.poll(asked).toContain('lock screen')
    await page.getByRole('link', { name: 'All messages' }).click()
    await expect.poll(asked).toContain('release')
  })

  it('is reached from the menu, made dark, filled and left by keyboard alone', async () => {
    await using open = await openPage(browser)
    const { page } = open
    await page.getByRole('button', { name: 'Menu' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Kitchen mode' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Kitchen mode' }).waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'Dark at night' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.kitchen-night').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Never dark' }).waitFor()
    expect(await page.locator('.kitchen-night').count()).toBe(0)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Leave full screen' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.lamp').waitFor()
    await expect.poll(() => page.evaluate('document.fullscreenElement')).toBeNull()
    expect(open.complaints).toEqual([])
  })

  it('flashes once a second while something is new, and not at all where motion is unwanted', async () => {
    for (const [reducedMotion, animation] of [
      ['no-preference', 'kitchen-flash 1s'],
      ['reduce', 'none'],
    ] as const) {
      await using open = await openPage(browser, { hash: '#/kitchen', context: { reducedMotion } })
      const digit = open.page.locator('.kitchen-new .segments').first()
      await digit.waitFor()
      const style = 'getComputedStyle(document.querySelector(".kitchen-new .segments"))'
      const [name, lasts] = (await open.page.evaluate(
        `[${style}.animationName, ${style}.animationDuration]`,
      )) as [string, string]
      expect(name === 'none' ? name : `${name} ${lasts}`).toBe(animation)
    }
  })

  it('stands still at nought, with nothing to play', async () => {
    await using open = await openPage(browser, { hash: '#/kitchen', server: { empty: true } })
    await open.page.getByRole('region', { name: '0 new messages' }).waitFor()
    expect(await open.page.locator('.kitchen-new').count()).toBe(0)
    expect(await open.page.getByRole('button', { name: 'Play new messages' }).isDisabled()).toBe(true)
  })

  it('plays one new message after the other with its one key', async () => {
    await using open = await openPage(browser, { hash: '#/kitchen' })
    await open.page.getByRole('button', { name: 'Play new messages' }).click()
    await open.page.getByRole('button', { name: 'Stop' }).waitFor()
    await open.page.locator('.faceplate-caller').waitFor()
    await open.page.getByRole('region', { name: '2 new messages' }).waitFor()
  })
})
