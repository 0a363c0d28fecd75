import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from '../helpers/axe.ts'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

describe.skipIf(!hasChromium)('the page’s settings of greetings’ times, of storage and of providers', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('schedule a greeting, say what hides what, and what callers hear now', async () => {
    await using open = await openPage(browser, { hash: '#/settings/greetings' })
    const { page, server } = open
    await page.getByRole('link', { name: /^studio/ }).click()
    await page.getByText('Callers hear “The one that came with the machine” now. That stays so.').waitFor()
    await page.getByRole('button', { name: 'Add hours of the week' }).click()
    const hours = page.getByRole('listitem', { name: /Each week/ })
    await hours.getByText('on the next day').waitFor()
    await hours.getByLabel('From').fill('00:00')
    await hours.getByLabel('To', { exact: true }).fill('00:00')
    await hours.getByLabel('Saturday').check()
    await hours.getByLabel('Sunday').check()
    await page.getByRole('button', { name: 'Add holidays' }).click()
    await hours.getByText('Where Time 1 fits, too, that one is heard.').waitFor()
    const holidays = page.getByRole('listitem', { name: /Holidays/ })
    await holidays.getByLabel('First day').fill('2099-12-24')
    await holidays.getByLabel('Last day').fill('2099-12-31')
    await holidays.getByLabel('Greeting').selectOption('Summer holidays')
    await page.getByRole('button', { name: 'Save' }).click()
    await page
      .locator('.toast')
      .getByText(/Callers hear “Ada at home” now, until .*2099|now, until Thursday/)
      .waitFor()
    expect(server.machine.settings.mailboxes[1]?.schedule).toMatchObject([
      { kind: 'dates', from: '2099-12-24', to: '2099-12-31', greeting: 'g2' },
      { kind: 'week', from: '00:00', to: '00:00', greeting: 'g1' },
    ])
    await page.getByRole('button', { name: 'Move time 2 up' }).click()
    await page.getByRole('button', { name: 'Remove time 2' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('That stays so.').waitFor()
    expect(server.machine.settings.mailboxes[1]?.schedule).toHaveLength(1)
    expect(open.complaints).toEqual([])
  })

  it('say how much room there is, and what a shorter stay would take before it is saved', async () => {
    await using open = await openPage(browser, { hash: '#/settings/storage' })
    const { page, server } = open
    await page.getByText(/48\.2 MB in \d+ recordings/).waitFor()
    await page.getByRole('link', { name: /^studio .* 84 % of what it may keep/ }).waitFor()
    expect(await page.locator('.panel-row meter').count()).toBe(1)
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: /^home/ }).click()
    await page.getByText('No message is that old now.').waitFor()
    await page.getByLabel('Messages that were heard').selectOption('7')
    await page.getByText(/go(es)? to the trash\. The machine tidies up/).waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page
      .locator('.toast')
      .getByText(/home saved: heard messages\. .* the trash\./)
      .waitFor()
    expect(server.machine.settings.mailboxes[0]).toMatchObject({ keepHeardDays: 7, keepNewDays: null })
    await page.getByLabel('Messages at most').selectOption('50 messages')
    await page.getByLabel('When it is full').selectOption('tell callers that no message can be taken')
    await page.getByText('Callers can notice it, and that you have made room again.').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('home saved: messages at most, when it is full').waitFor()
    const quota = { quotaMessages: 50, quotaMinutes: null, whenFull: 'refuse' }
    expect(server.machine.settings.mailboxes[0]).toMatchObject(quota)
    await page.getByRole('link', { name: 'Storage' }).first().click()
    await page.getByRole('combobox', { name: 'Calls' }).selectOption('90')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.toast').getByText('History saved: calls').waitFor()
    expect(server.machine.settings.history.keepCallsDays).toBe(90)
    expect(open.complaints).toEqual([])
  })

  it('tell what to do at a provider, and log a new line in there', async () => {
    await using open = await openPage(browser, { hash: '#/settings/lines/new' })
    const { page, server } = open
    await page.getByLabel('Telephone system or provider').selectOption('sipgate')
    await page.getByText('Its SIP-ID is the user here').waitFor()
    expect(await page.getByLabel('Server').inputValue()).toBe('sipgate.de')
    await page.getByLabel('User').fill('1234567e0')
    await page.getByLabel('Password').fill('geheim')
    await page.getByLabel('Name').fill('office')
    await page.getByRole('button', { name: 'Add a line' }).click()
    await page.locator('.toast').getByText('Line office added.').waitFor()
    expect(server.machine.settings.lines.at(-1)).toMatchObject({
      trunk: [],
      account: { registrar: 'sipgate.de', user: '1234567e0', authUser: null, password: 'geheim' },
    })
    expect(open.complaints).toEqual([])
  })

  it('add a webhook and show its secret once, test one, send again what was given up, and set quiet hours', async () => {
    await using open = await openPage(browser, { hash: '#/settings/telling' })
    const { page, server, complaints } = open
    const { telling } = server.machine.settings
    await page.getByLabel('Name').fill('hall')
    await page.getByLabel('Address').fill('http://hall.local/hook')
    await page.getByLabel('calls that arrive').check()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').waitFor()
    expect(telling.targets.at(-1)).toMatchObject({ name: 'hall', kind: 'webhook' })
    expect(telling.targets.at(-1)?.events).toContain('call-arrived')
    await page.getByRole('button', { name: 'Done' }).click()
    expect(await page.getByText('whsec_').count()).toBe(0)
    await page.getByRole('button', { name: 'Test hall-display' }).click()
    await page
      .locator('.toast')
      .getByText(/has not taken it: connect ECONNREFUSED/)
      .waitFor()
    await page.getByRole('button', { name: 'Send again to hall-display' }).click()
    await expect.poll(() => telling.dead.length).toBe(0)
    await page.getByLabel('From').fill('13:00')
    await page.getByLabel('To', { exact: true }).fill('14:30')
    await page.getByRole('button', { name: 'Add hours' }).click()
    await page.getByText('13:00–14:30').waitFor()
    expect(telling.quiet.hours).toHaveLength(2)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(complaints).toEqual([])
  })

  it('switch the machine off and phones quiet in the menu, and back by what says so', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.locator('.menu-button').click()
    const menu = page.locator('#menu')
    await menu.getByRole('group', { name: 'Answering machine' }).getByRole('button', { name: 'Off' }).click()
    await menu.getByRole('group', { name: 'Do not disturb' }).getByRole('button', { name: '1 hour' }).click()
    await page.keyboard.press('Escape')
    await page.getByText('The answering machine is switched off').waitFor()
    await page.getByText(/Do not disturb until .*: no phone rings/).waitFor()
    expect(server.machine.switches).toMatchObject({ machineOn: false, doNotDisturb: true })
    await page.getByRole('button', { name: 'Switch on' }).click()
    await page.getByRole('button', { name: 'Let phones ring' }).click()
    await expect.poll(() => server.machine.switches).toMatchObject({ machineOn: true, doNotDisturb: false })
    await expect.poll(() => page.getByText('Do not disturb until').count()).toBe(0)
  })
})
