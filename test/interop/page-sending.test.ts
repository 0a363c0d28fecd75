import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

describe.skipIf(!hasChromium)('a message that is sent on from the page', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('forwards by keys alone: by mail, to another mailbox, and says what is wrong', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.locator('#message-m001').focus()
    await page.keyboard.press('f')
    const dialog = page.getByRole('dialog', { name: 'Forward the message from Praxis Dr. Sommer' })
    await dialog.getByLabel('By mail to').and(page.locator(':focus')).waitFor()
    await dialog.getByText('jonas.webber@example.org: Failed. The server refuses the mail.').waitFor()
    await page.keyboard.type('ruth@example.org, max')
    await dialog.getByRole('button', { name: 'Opus' }).click()
    await dialog.getByLabel('Your words').fill('About Thursday')
    await dialog.getByRole('button', { name: 'Forward', exact: true }).click()
    await dialog.getByRole('alert').getByText('"max" is no mail address').waitFor()
    await dialog.getByLabel('By mail to').fill('ruth@example.org max@example.org')
    await dialog.getByLabel('Copy to mailbox').selectOption('studio')
    await page.keyboard.press('Tab')
    await dialog.getByLabel('By mail to').press('Enter')
    await page.getByText('On its way to ruth@example.org and max@example.org. A copy is in studio').waitFor()
    await dialog.waitFor({ state: 'detached' })
    expect(await focused(page)).toBe('message-m001')
    expect(server.machine.settings.mail.mails.slice(0, 2)).toMatchObject([
      { to: 'ruth@example.org', format: 'opus', note: 'About Thursday', messageId: 'm001' },
      { to: 'max@example.org' },
    ])
    await page.locator('[data-message=copy-m001]').getByText('From Ada').waitFor()
    expect(open.complaints.filter((line) => !line.includes('400'))).toEqual([])
  })

  it('shares a recording with another app where it can, saves it, or copies its address', async () => {
    await using open = await openPage(browser, { context: { permissions: ['clipboard-read'] } })
    const { page } = open
    await page.locator('#message-m000').focus()
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog', { name: 'Share the message from Ruth Adebayo' })
    await dialog.getByRole('button', { name: 'WAV' }).click()
    const saved = page.waitForEvent('download')
    await dialog.getByRole('link', { name: 'Save file' }).click()
    expect((await saved).url()).toContain('/messages/m000/audio?format=wav&download=1')
    await page.keyboard.press('e')
    await dialog.getByRole('button', { name: 'Copy link' }).click()
    await page.getByText('Link copied').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain(
      '/m000/audio?format=mp3&download=1',
    )

    await page.evaluate(`
      navigator.canShare = () => true
      navigator.share = async ({ files: [file] }) => { window.shared = [file.type, file.size > 1000].join() }
    `)
    await page.keyboard.press('e')
    await dialog.getByRole('button', { name: 'Share …' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.evaluate('window.shared')).toBe('audio/mpeg,true')
  })
})

const focused = (page: Page) => page.evaluate<string>('document.activeElement.id')
