import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

describe.skipIf(!hasChromium)('a long list in the page', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('stays quick and small with 100,000 messages, wherever one goes in them', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    const many = 100_000
    server.machine.receive(many)
    await page.locator(`[aria-setsize="${many}"]`).first().waitFor()
    const rows = () => page.locator('.slot').count()
    expect(await rows()).toBeLessThan(50)
    await page.keyboard.press('End')
    await page.locator(`[aria-posinset="${many}"] [data-message="many${many - 1}"]`).waitFor()
    expect(await rows()).toBeLessThan(50)
    // Into the middle, as by the scroll bar; then a message arrives, and nothing moves.
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight / 2)')
    const middle = page.locator(`[data-message^="many50"]`).nth(12)
    await middle.waitFor()
    await page.locator('.rows-day > span', { hasText: /\d/ }).waitFor()
    const id = await middle.getAttribute('data-message')
    const at = (await middle.boundingBox())?.y
    server.machine.record(server.machine.ring('ruth'))
    server.machine.end(server.machine.live[0]?.id ?? '')
    await page
      .locator(`[aria-setsize="${many + 1}"]`)
      .first()
      .waitFor()
    await expect.poll(async () => (await page.locator(`[data-message="${id}"]`).boundingBox())?.y).toBe(at)
    // By keys over rows that were not there; the focus stays where it is when the window is scrolled away from it.
    await page.locator(`#message-${id}`).focus()
    for (let step = 0; step < 25; step++) await page.keyboard.press('j')
    const place = Number(id?.replace('many', ''))
    await expect.poll(() => focused(page)).toBe(`message-many${place + 25}`)
    await page.evaluate('window.scrollBy(0, -6000)')
    await page.locator(`[data-message=many${place - 60}]`).waitFor()
    expect(await focused(page)).toBe(`message-many${place + 25}`)
    await page.keyboard.press('k')
    await expect.poll(() => focused(page)).toBe(`message-many${place + 24}`)
    // All of them, but for one, of which a few hundred were read; and a range that is longer than what is.
    await page.keyboard.press('v')
    await page.getByRole('button', { name: 'Select all' }).click()
    await page.getByText(`${many + 1} selected`).waitFor()
    await page.locator(`[data-message=many${place + 24}] .message-tick`).click()
    await page.keyboard.press('x')
    await page.getByText(`${many} messages deleted`).waitFor()
    await expect.poll(() => page.locator('[data-message]').count()).toBe(1)
    await page.keyboard.press('u')
    const whole = page.locator(`[aria-setsize="${many + 1}"]`).first()
    await whole.waitFor()
    await page.evaluate('window.scrollTo(0, 0)')
    await page.getByRole('button', { name: 'Select several' }).click()
    await page.locator('[data-message=many0] .message-tick').click()
    await page.evaluate('window.scrollTo(0, 150_000)')
    const shown = async () => (await page.locator('[data-message]').nth(8).getAttribute('data-message')) ?? ''
    const placeOf = (row: string) => Number(row.replace('many', ''))
    await expect.poll(async () => placeOf(await shown())).toBeGreaterThan(700)
    const end = await shown()
    await page.locator(`[data-message=${end}] .message-tick`).click({ modifiers: ['Shift'] })
    await page.getByText(`${placeOf(end) + 1} selected`).waitFor()
    await page.keyboard.press('Escape')
    // A word found in them as it is typed.
    await page.getByRole('searchbox').pressSequentially('caller 77777')
    await page.locator('[data-message=many77777]').waitFor()
    await expect.poll(() => page.locator('[data-message]').count()).toBe(1)
    expect(open.complaints).toEqual([])
  })
})

const focused = (page: Page) => page.evaluate<string>('document.activeElement.id')
