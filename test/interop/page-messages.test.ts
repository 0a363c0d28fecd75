import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayField } from '../../web/src/state/period.ts'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

describe.skipIf(!hasChromium)('the page’s messages in Chromium', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('shows the count of new messages in the lamp, the title and the icon', async () => {
    await using open = await openPage(browser)
    const { page } = open
    await page.locator('.lamp-on[data-count="3"]').waitFor()
    expect(await page.locator('.lamp').getAttribute('aria-label')).toBe('3 new messages')
    expect(await page.title()).toBe('(3) Answerphone')
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toContain('data:image/svg+xml')
    expect(open.complaints).toEqual([])
  })

  it('plays a message, which marks it heard, and draws its outline', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    const first = page.locator('[data-message=m000]')
    await first.getByRole('button', { name: 'Play message from Ruth Adebayo' }).click()
    await first.getByRole('button', { name: 'Pause message from Ruth Adebayo' }).waitFor()
    await expect.poll(() => server.machine.messages[0]?.state).toBe('heard')
    await expect.poll(() => page.locator('.lamp-digits').getAttribute('data-count')).toBe('2')
    await expect.poll(() => first.locator('.waveform-heard').getAttribute('d')).toMatch(/^M/)
    const slider = first.getByRole('slider')
    await expect.poll(async () => Number(await slider.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
    await slider.press('End')
    await expect.poll(() => first.getByRole('button', { name: /^Play/ }).count()).toBe(1)
    expect(open.complaints).toEqual([])
  })

  it('changes the speed and keeps it for the next message', async () => {
    await using open = await openPage(browser)
    const { page } = open
    await page.locator('#message-m000').click()
    await page.getByRole('button', { name: 'Speed 1×' }).click()
    await page.locator('#message-m001').click()
    await page.getByRole('button', { name: 'Speed 1.25×' }).waitFor()
  })

  it('jumps over silence when asked to', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    // A second of voice, and two minutes of nothing.
    server.machine.change('m000', { durationMs: 121_000 })
    server.machine.silentAfterMs = 1000
    const first = page.locator('[data-message=m000]')
    await page.locator('#message-m000').click()
    await first.getByRole('button', { name: 'Skip silence' }).click()
    await first.getByRole('button', { name: /^Play/ }).click()
    await expect.poll(() => server.machine.messages[0]?.state, { timeout: 10_000 }).toBe('heard')
    await first.getByRole('button', { name: /^Pause/ }).waitFor({ state: 'detached' })
    await first.locator('.button[aria-pressed=true]', { hasText: 'Skip silence' }).waitFor()
    expect(open.complaints).toEqual([])
  })

  it('deletes a message unheard at one touch, and brings it back by undo', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    const row = page.locator('[data-message=m001]')
    await row.getByRole('button', { name: 'Delete message from Praxis Dr. Sommer' }).click()
    await row.waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('.lamp-digits').getAttribute('data-count')).toBe('2')
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.waitFor()
    expect(server.machine.messages.find(({ id }) => id === 'm001')?.state).toBe('new')
    await expect.poll(() => page.locator('.lamp-digits').getAttribute('data-count')).toBe('3')
  })

  it('asks whether to keep a message that was picked up, which is never new', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    const asked = page.locator('.message', { hasText: 'Keep it?' })
    await asked.locator('.message-who').click()
    await page.getByRole('button', { name: 'Keep', exact: true }).click()
    await asked.waitFor({ state: 'detached' })
    expect(server.machine.messages.filter(({ pickedUp }) => pickedUp === 'asked')).toEqual([])
    await page.locator('.message-open').getByText('Picked up').waitFor()
    expect(await page.getByRole('button', { name: 'Mark as new' }).count()).toBe(0)
    await page.locator('.message-mark', { hasText: 'Conversation' }).waitFor()
  })

  it('restores from the trash', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.getByRole('button', { name: 'Trash' }).click()
    await page
      .locator('[data-message=m009]')
      .getByRole('button', { name: /^Restore/ })
      .click()
    await expect.poll(() => server.machine.messages.find(({ id }) => id === 'm009')?.state).toBe('new')
    await page.locator('[data-message=m009]').waitFor({ state: 'detached' })
  })

  it('finds as one types, and says so when there is nothing', async () => {
    await using open = await openPage(browser)
    const { page } = open
    await page.getByRole('searchbox').fill('seven')
    await expect.poll(() => page.locator('[data-message]').count()).toBe(1)
    await page.getByRole('searchbox').fill('nobody')
    await page.getByText('Nothing found for “nobody”').waitFor()
    await page.getByRole('button', { name: 'Clear search' }).click()
    await expect.poll(() => page.locator('[data-message]').count()).toBe(11)
  })

  it('keeps the open message when it is heard, not when it is deleted elsewhere or not searched for', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.getByRole('button', { name: /^New/ }).click()
    await page.locator('#message-m001').click()
    server.machine.change('m001', { state: 'heard' })
    await page.locator('[data-message=m001][data-state=heard]').waitFor()
    await page.getByRole('searchbox').fill('no such words')
    await page.locator('[data-message=m001]').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Clear search' }).click()
    await page.locator('#message-m000').click()
    server.machine.change('m000', { state: 'trash' })
    await page.locator('[data-message=m000]').waitFor({ state: 'detached' })
    expect(open.complaints).toEqual([])
  })

  it('lists one mailbox of several', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    server.machine.change('m003', { mailbox: 'studio' })
    await page.getByLabel('Mailbox').selectOption('studio')
    await expect.poll(() => page.locator('[data-message]').count()).toBe(1)
    await page.locator('[data-message=m003]').waitFor()
    await page.getByLabel('Mailbox').selectOption('All mailboxes')
    await expect.poll(() => page.locator('[data-message]').count()).toBe(11)
  })

  it('lists the messages of today, of some days, and of one', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
    const [first, second, third, ...rest] = server.machine.messages
    if (!first || !second || !third) throw new Error('too few messages')
    server.machine.messages = [
      { ...first, receivedAt: new Date().toISOString() },
      { ...second, receivedAt: daysAgo(5) },
      { ...third, receivedAt: daysAgo(20) },
      ...rest.map((message) => ({ ...message, receivedAt: daysAgo(300) })),
    ]
    server.machine.tell({ kind: 'messages-changed' })
    const rows = page.locator('.message')
    const period = page.getByLabel('Received')
    for (const [name, count] of [
      ['Today', 1],
      ['Last 7 days', 2],
      ['Last 30 days', 3],
    ] as const) {
      await period.selectOption(name)
      await expect.poll(() => rows.count()).toBe(count)
    }
    await period.selectOption('On a day …')
    await page.getByLabel('Day', { exact: true }).fill(dayField(new Date(daysAgo(5))))
    await expect.poll(() => rows.count()).toBe(1)
    expect(await rows.getAttribute('data-message')).toBe(second.id)
    await page.getByLabel('Day', { exact: true }).fill('2020-02-29')
    await page.getByText('No messages from that time').waitFor()
  })

  it('is worked by keys alone', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.locator('#message-m000').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await focused(page)).toBe('message-m001')
    await page.keyboard.press('m')
    await expect.poll(() => server.machine.messages[1]?.state).toBe('heard')
    await page.keyboard.press('x')
    await page.locator('[data-message=m001]').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('message-m002')
    await page.keyboard.press('u')
    await page.locator('[data-message=m001]').waitFor()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: /^Pause/ }).waitFor()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: /^Pause/ }).waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    expect(await focused(page)).toBe('search')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(open.complaints).toEqual([])
  })

  it('does from a row’s menu what can be done with the message, by keys too', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    const row = page.locator('[data-message=m002]')
    await row.getByRole('button', { name: 'What to do with the message' }).click()
    const menu = page.getByRole('menu')
    expect((await menu.getByRole('menuitem').allInnerTexts()).map((text) => text.split('\n')[0])).toEqual([
      'Call back',
      'Add a note',
      'Mark as heard',
      'Forward',
      'Share',
      'Add the caller',
      'Who called?',
      'Block the caller',
      'To junk',
      'Delete',
    ])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByLabel('Note', { exact: true }).fill('Ring her on Monday')
    await page.keyboard.press('Enter')
    await page.getByText('Note on the message from').waitFor()
    await expect.poll(() => server.machine.messages[2]?.note).toBe('Ring her on Monday')
    expect(await focused(page)).toBe('message-m002')
    await page.keyboard.press('u')
    await expect.poll(() => server.machine.messages[2]?.note).toBe('')
    await page.keyboard.press('b')
    await page.getByText('is blocked').waitFor()
    expect(server.machine.settings.blocked.map(({ number }) => number)).toContain('+12025550147')
    await page.keyboard.press('u')
    await expect
      .poll(() => server.machine.settings.blocked.map(({ number }) => number))
      .not.toContain('+12025550147')
    // Who was blocked before stays so: there is nothing to take back.
    const before = { number: '+12025550147', name: null, at: new Date().toISOString(), by: 'user:Max' }
    server.machine.settings.blocked.push(before)
    await page.keyboard.press('b')
    const toast = page.locator('.toast', { hasText: 'was blocked before' })
    await toast.waitFor()
    expect(await toast.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    expect(open.complaints).toEqual([])
  })

  it('gives a caller a name by keys, by which his messages are found, and adds a number to somebody', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    const dialog = page.getByRole('dialog', { name: 'Add the caller' })
    await page.locator('#message-m002').focus()
    await page.keyboard.press('a')
    expect(await dialog.getByLabel('Number 1').inputValue()).toBe('+12025550147')
    await dialog.getByLabel('Name').fill('Xenia')
    await page.keyboard.press('Enter')
    await page.locator('.toast').getByText('Xenia is a contact.').waitFor()
    await page.locator('[data-message=m002]').getByText('Xenia').waitFor()
    expect(await focused(page)).toBe('message-m002')
    await page.keyboard.press('/')
    await page.keyboard.type('xen')
    await expect.poll(() => page.locator('.message').count()).toBe(1)
    await page.locator('#message-m002').focus()
    await page.keyboard.press('a')
    await page.getByRole('dialog', { name: 'Edit the contact' }).getByLabel('Name').fill('Zoe')
    await page.keyboard.press('Enter')
    await expect.poll(() => server.machine.settings.contacts.at(-1)?.name).toBe('Zoe')

    await page.goto(`${server.url}/#/calls`)
    await page.getByRole('button', { name: 'Add Ruth Adebayo to the contacts' }).first().click()
    await dialog.getByLabel('To whom does').selectOption('Mum')
    expect(await dialog.getByLabel('Number 3').inputValue()).toBe('+442079460123')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.locator('.call').getByText('Mum').first().waitFor()
    expect(open.complaints).toEqual([])
  })

  it('shows what went over the wire for a call, each message of it, and where it is to be had', async () => {
    await using open = await openPage(browser, { hash: '#/calls' })
    const { page } = open
    await page
      .getByRole('button', { name: /^Details of the call from Ruth/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: 'Details of the call' })
    await dialog.getByText('0.4% lost, jitter 4.2 ms').waitFor()
    expect(await dialog.locator('.sound-verdict').allTextContents()).toEqual([
      'excellent (4.4)',
      'good (4.2)',
      'excellent (4.4)',
    ])
    const told = dialog.getByRole('listitem').getByRole('button')
    expect(await told.count()).toBe(14)
    const invite = dialog.getByRole('button', {
      name: /^After 0.00 s, from \+44.* to Answerphone: INVITE, audio 203/,
    })
    await invite.click()
    await dialog.getByText('INVITE sip:home@192.0.2.2 SIP/2.0').waitFor()
    await page.keyboard.press('Enter')
    expect(await invite.getAttribute('aria-expanded')).toBe('false')
    expect(await dialog.getByRole('link', { name: 'Save for Wireshark' }).getAttribute('href')).toMatch(
      /\/pcap$/,
    )
    await page.keyboard.press('Escape')
    // Of weeks ago nothing is left.
    await page
      .getByRole('button', { name: /^Details of the call/ })
      .last()
      .click()
    await dialog.getByText('Nothing is known').waitFor()
    expect(open.complaints).toEqual([])
  })

  it('deletes for good what is in the trash, when the owner is sure', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.getByRole('button', { name: 'Trash' }).click()
    await page.locator('#message-m009').focus()
    await page.keyboard.press('Delete')
    const dialog = page.getByRole('alertdialog', { name: /for good\?/ })
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(server.machine.messages.some(({ id }) => id === 'm009')).toBe(true)
    await page.keyboard.press('Delete')
    await dialog.getByRole('button', { name: 'Delete for good' }).click()
    await page.locator('[data-message=m009]').waitFor({ state: 'detached' })
    await expect.poll(() => server.machine.messages.some(({ id }) => id === 'm009')).toBe(false)
    await page.getByText('deleted for good').waitFor()
    expect(open.complaints).toEqual([])
  })

  it('deletes many at once, and brings all of them back by undo', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.locator('#message-m001').click()
    await page.locator('#message-m003').click({ modifiers: ['Shift'] })
    const bar = page.getByRole('toolbar')
    await bar.getByText('3 selected').waitFor()
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(3)
    await page.locator('[data-message=m002]').click()
    await bar.getByText('2 selected').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Space')
    await bar.getByText('3 selected').waitFor()
    await bar.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('3 messages deleted').waitFor()
    await expect.poll(() => page.locator('[data-message]').count()).toBe(8)
    expect(await page.getByRole('toolbar').count()).toBe(0)
    await page.keyboard.press('u')
    await expect.poll(() => page.locator('[data-message]').count()).toBe(11)
    expect(server.machine.messages.find(({ id }) => id === 'm001')?.state).toBe('new')
    expect(server.machine.messages.find(({ id }) => id === 'm003')?.state).toBe('heard')
    await page.keyboard.press('v')
    await page.getByRole('button', { name: 'Select all' }).click()
    await bar.getByText('11 selected').waitFor()
    await page.keyboard.press('m')
    await page.getByText('3 messages marked as heard').waitFor()
    await page.getByText('No new messages').waitFor()
    await page.keyboard.press('u')
    await expect.poll(() => page.locator('.lamp-digits').getAttribute('data-count')).toBe('3')
    await page.keyboard.press('v')
    await page.keyboard.press('Escape')
    await bar.waitFor({ state: 'detached' })
    expect(open.complaints).toEqual([])
  })

  it('plays all new messages, the oldest first', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    for (const id of ['m000', 'm001', 'm002']) server.machine.change(id, { durationMs: 1200 })
    await expect.poll(() => page.locator('.lamp-digits').getAttribute('data-count')).toBe('3')
    await page.getByRole('button', { name: 'Play new messages' }).click()
    for (const id of ['m002', 'm001', 'm000'])
      await page
        .locator(`[data-message=${id}]`)
        .getByRole('button', { name: /^Pause/ })
        .waitFor()
    await page.getByText('No new messages').waitFor()
    await page.getByRole('button', { name: 'Play new messages' }).waitFor()
  })
})

const focused = (page: Page) => page.evaluate<string>('document.activeElement.id')
