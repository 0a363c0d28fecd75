import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

describe.skipIf(!hasChromium)('who calls, on the page', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('is led to from a call; the page notes, searches, makes a favourite and blocks', async () => {
    await using open = await openPage(browser, { hash: '#/calls' })
    const { page, server } = open
    const { settings } = server.machine
    await page.locator('.call-row-name').getByText('Jonas Weber').first().click()
    await page.getByRole('link', { name: 'Calls, messages and notes' }).click()
    await page.getByRole('heading', { name: 'Jonas Weber', level: 1 }).waitFor()
    await page.getByText('Known', { exact: true }).waitFor()
    await page.locator('.message').first().waitFor()
    expect(await page.locator('.message, .call').count()).toBeGreaterThan(1)

    await page.getByLabel('Note').fill('back on Monday')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('The note is saved.').waitFor()
    expect(settings.contacts.find(({ name }) => name === 'Jonas Weber')?.note).toBe('back on Monday')

    await page.getByRole('button', { name: 'Make a favourite' }).click()
    await page.getByText('Favourite', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Block' }).click()
    await page.getByText('Blocked', { exact: true }).waitFor()
    expect(settings.blocked.map(({ number }) => number)).toContain('+498999998071')
    await page.getByRole('button', { name: 'Let call again' }).click()
    await page.getByText('Favourite', { exact: true }).waitFor()

    await page.getByLabel('Search in them').fill('nothing of the kind')
    await page.getByText('Nothing has that in it.').waitFor()
    await page.getByLabel('Search in them').fill('')
    await page.locator('.message-play').first().click()
    await page.locator('.message-open').waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(`${server.url}/#/callers/nobody`)
    await page.getByText('Nothing is known of this caller.').waitFor()
    await page.getByRole('heading', { name: 'nobody', level: 1 }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.locator('main').getByRole('link', { name: 'Calls' }).click()
    await page.locator('.call-row-name').first().waitFor()
    expect(open.complaints).toEqual([])
  })

  it('may come from an address book, which is added, read again and removed', async () => {
    await using open = await openPage(browser, { hash: '#/settings/addressbooks' })
    const { page, server } = open
    await page.getByText('48 contacts · The CardDAV server refuses the login').waitFor()
    await page.getByRole('link', { name: 'Add an account' }).click()
    await page.getByRole('textbox', { name: 'Address' }).fill('https://dav.example.net')
    await page.getByLabel('User').fill('ada')
    await page.getByLabel('Password').fill('for apps')
    await page.getByRole('button', { name: 'Add an account' }).click()
    await page.locator('.toast').getByText('dav.example.net is added').waitFor()
    expect(server.machine.settings.contactSources.at(-1)).toMatchObject({ user: 'ada', intervalMinutes: 60 })

    await page.goto(`${server.url}/#/settings/addressbooks/s1`)
    await page.getByText('These numbers are another contact’s already').waitFor()
    await page.getByLabel('All its address books').uncheck()
    await page.getByLabel('Work').uncheck()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('cloud.example.org is saved').waitFor()
    expect(server.machine.settings.contactSources[0]?.books).toEqual(['Family'])
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Read now' }).click()
    await page.getByRole('button', { name: 'Remove with its contacts' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove with its contacts' }).click()
    await page.locator('.toast').getByText('cloud.example.org is removed').waitFor()
    expect(server.machine.settings.contactSources.map(({ id }) => id)).not.toContain('s1')
    expect(open.complaints).toEqual([])
  })
})
