import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

describe.skipIf(!hasChromium)('the page’s block lists', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('are added, fetched, filled from a file, looked into and removed', async () => {
    await using open = await openPage(browser, { hash: '#/settings/lists' })
    const { page, server, complaints } = open
    const { settings } = server.machine
    await page.getByLabel('Where it comes from').selectOption('url')
    await page.getByLabel('Name').fill('town')
    await page.getByLabel('Address').fill('https://lists.example/town.txt')
    await page.getByRole('button', { name: 'Add list' }).click()
    await page.getByText('town has 321 numbers.').waitFor()
    expect(settings.numberLists.at(-1)).toMatchObject({ name: 'town', kind: 'url', hasToken: false })
    await page.getByRole('button', { name: 'Fetch now: club-list' }).click()
    await page.locator('.toast').getByText('it is a web page').waitFor()
    const buffer = Buffer.from('+49301234567\n+49401234567\n')
    await page
      .getByLabel('Other file for mine')
      .setInputFiles({ name: 'm.txt', mimeType: 'text/plain', buffer })
    await page.locator('.toast').getByText('mine has 2 numbers.').waitFor()
    await page.getByLabel('Number', { exact: true }).fill('+4930123499')
    await page.getByRole('button', { name: 'Look' }).click()
    await page.getByText('+4930123499 is on mine.').waitFor()
    await page.getByRole('button', { name: 'Remove club-list' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await expect.poll(() => settings.numberLists.map(({ name }) => name)).not.toContain('club-list')
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(complaints).toEqual([])
  })

  it('are asked for by a rule', async () => {
    await using open = await openPage(browser, { hash: '#/settings/rules/new' })
    const { page, server } = open
    await page.getByLabel('Name', { exact: true }).fill('Mine')
    await page.getByLabel('Add a condition').selectOption('listed')
    await page.getByRole('group', { name: 'Block lists' }).getByLabel('mine').check()
    await page.getByRole('button', { name: 'New rule' }).click()
    await expect
      .poll(() => server.machine.settings.rules.at(-1)?.when)
      .toEqual([{ kind: 'listed', not: false, lists: ['k3'] }])
  })
})
