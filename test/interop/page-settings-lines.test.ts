import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

describe.skipIf(!hasChromium)('lines and phones in the page’s settings', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('are reached, changed and left by keys alone, and the browser’s back leads back', async () => {
    await using open = await openPage(browser, { hash: '#/messages' })
    const { page, server } = open
    await page.locator('#message-m000').waitFor()
    await page.getByRole('link', { name: 'Settings' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await expect.poll(() => focused(page)).toBe('Settings')
    await page.getByText('2 lines').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('Lines')
    await page.getByRole('link', { name: /^studio/ }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('studio')

    await page.getByLabel('Ring before the machine answers').focus()
    for (let press = 0; press < 9; press++) await page.keyboard.press('ArrowRight')
    await page.getByText('9 s, about 2 rings').waitFor()
    await page.getByRole('button', { name: 'Save' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.toast').getByText('studio saved: ring time').waitFor()
    expect(server.machine.settings.lines[1]).toMatchObject({ ringSeconds: 9, mailbox: 'studio' })
    await page.getByText('Not saved yet').waitFor({ state: 'detached' })

    for (const heading of ['Lines', 'Settings']) {
      await page.goBack()
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    }
    expect(open.complaints).toEqual([])
  })

  it('know where they are, and so do contacts', async () => {
    await using open = await openPage(browser, { hash: '#/settings/lines/l1' })
    const { page, server } = open
    await page.getByLabel('Country').selectOption('Austria')
    await page.getByLabel('Area code').fill('1')
    await page.getByLabel('Believe what the provider says of callers').check()
    await page.getByLabel('Toll saver').selectOption('6 s')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('country, area code, trust in the provider').waitFor()
    const changed = { country: 'AT', areaCode: '1', trustVerstat: true, tollSaverSeconds: 6 }
    expect(server.machine.settings.lines[0]).toMatchObject(changed)
    await page.goto(`${server.url}/#/settings/contacts`)
    await page.getByLabel('Country of your contacts').selectOption('Switzerland')
    await page.locator('.toast').getByText('Numbers of contacts are meant in Switzerland.').waitFor()
    expect(open.complaints).toEqual([])
  })

  it('follow how a line is registered, and say what to do when it can’t be', async () => {
    await using open = await openPage(browser, { hash: '#/settings/lines' })
    const { page, server } = open
    const studio = page.getByRole('link', { name: /^studio/ })
    await studio.waitFor()
    server.machine.register('l2', 'registering')
    await studio.getByText('Logging in …').waitFor()
    server.machine.register('l2', 'registered')
    await studio.getByText('Logged in').waitFor()
    await studio.click()
    await page.getByText(/^Since .* · udp 198\.51\.100\.20:5060$/).waitFor()
    const detail = '403 Forbidden'
    server.machine.register('l2', 'failing', { code: 'AP_REGISTRAR_LOGIN_REFUSED', detail })
    await page.getByText('User and password don’t fit.').waitFor()
    await page.getByText(detail).waitFor()
    server.machine.register('l2', 'registered')
    await page.getByText(detail).waitFor({ state: 'detached' })
    await page.getByText('Logged in').waitFor()
    expect(open.complaints).toEqual([])
  })

  it('keep what was not saved while one looks elsewhere, and ask before it is lost', async () => {
    await using open = await openPage(browser, { hash: '#/settings/lines/l2' })
    const { page, server } = open
    await page.getByLabel('Number').fill('+4930555')
    await page.getByRole('link', { name: 'Messages' }).click()
    await page.locator('#message-m000').waitFor()
    await page.goto(`${server.url}/#/settings/lines`)
    await page.getByRole('link', { name: /studio.*Not saved yet/ }).click()
    expect(await page.getByLabel('Number').inputValue()).toBe('+4930555')

    const asked = page.waitForEvent('dialog')
    const leaving = page.reload().catch(() => {})
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await leaving
    await page.getByRole('button', { name: 'Discard changes' }).click()
    await expect.poll(() => page.getByLabel('Number').inputValue()).toBe('+442079460155')
    expect(server.machine.settings.lines[1]?.number).toBe('+442079460155')
  })

  it('explain an address in place, and keep the form as it is when the machine refuses it', async () => {
    await using open = await openPage(browser, { hash: '#/settings/lines/new' })
    const { page, server } = open
    await page.getByLabel('Address 1').fill('192.0.2.0/24')
    await page.getByText('A block of 256 addresses.').waitFor()
    await page.getByLabel('Address 1').fill('sip.example.org')
    await page.getByText('This is a name.').waitFor()
    await page.getByLabel('Name').fill('office')
    await page.getByRole('button', { name: 'Add a line' }).click()
    await page.getByRole('alert').getByText('"sip.example.org" is no IP address').waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('office')
    await page.getByLabel('Address 1').fill('198.51.100.4')
    await page.getByRole('button', { name: 'Add a line' }).click()
    await page.locator('.toast').getByText('Line office added.').waitFor()
    await page.getByRole('link', { name: /^office/ }).click()
    expect(server.machine.settings.lines.at(-1)).toMatchObject({ name: 'office', trunk: ['198.51.100.4'] })

    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('Remove')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await page.locator('.toast').getByText('Line office removed.').waitFor()
    await page.getByRole('heading', { name: 'Lines', level: 1 }).waitFor()
    expect(server.machine.settings.lines.map(({ name }) => name)).toEqual(['home', 'studio'])
  })

  it('show a new phone’s password once, copy each setting, and say when the phone has come', async () => {
    await using open = await openPage(browser, {
      hash: '#/settings/phones/new',
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    })
    const { page, server } = open
    await page.getByLabel('Name').fill('study')
    await page.getByRole('button', { name: 'Add a phone' }).click()
    const box = page.getByRole('region', { name: 'Type this into the phone' })
    const password = await box.locator('[data-field=password]').textContent()
    expect(password).toMatch(/^\w{4}(-\w{4}){3}$/)
    expect(await box.locator('[data-field=server]').textContent()).toBe('127.0.0.1')
    await box.getByRole('button', { name: 'Copy Password' }).click()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(password)
    await box.getByText('Waiting for it to connect').waitFor()
    const until = new Date(Date.now() + 3600_000).toISOString()
    server.machine.settings.phones = server.machine.settings.phones.map((phone) =>
      phone.name === 'study'
        ? { ...phone, devices: [{ userAgent: 'Linphone', address: 'udp 192.0.2.9:5060', until }] }
        : phone,
    )
    await box.getByText('Linphone is connected. Done!').waitFor()
    await page.getByRole('button', { name: 'I have set it up' }).click()
    await box.waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(password ?? '?')
    await page.getByText('at udp 192.0.2.9:5060').waitFor()

    await page.getByRole('button', { name: 'New password' }).click()
    await page.getByRole('button', { name: 'Make it' }).click()
    await box.waitFor()
    expect(open.complaints).toEqual([])
  })

  it('are shown to a member, who can change nothing', async () => {
    await using open = await openPage(browser, { hash: '#/settings/lines', server: { visitor: 'member' } })
    const { page } = open
    await page.getByRole('link', { name: /^studio/ }).click()
    await page.getByText('Only an owner can change this.').waitFor()
    expect(await page.getByLabel('Name').isDisabled()).toBe(true)
    expect(await page.locator('main').getByRole('button').count()).toBe(0)
    expect(open.complaints).toEqual([])
  })
})

const focused = (page: { evaluate<Result>(script: string): Promise<Result> }) =>
  page.evaluate<string>('document.activeElement.innerText')
