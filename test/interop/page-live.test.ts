import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FAKE_PASSWORD, FAKE_TOKEN } from '../../web/dev/fake-server.ts'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'

describe.skipIf(!hasChromium)('the page and the machine in Chromium', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('follows a call from its first ring to its message', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.locator('#message-m000').waitFor()
    const id = server.machine.ring('jonas')
    const card = page.locator('.call-card')
    await card.getByText(/The machine answers in 1[4-8] s/).waitFor()
    await card.getByText(/^(Second|Has called)/).waitFor()
    await card.getByText(/^Last message: /).waitFor()
    await page.locator('[aria-live]').getByText('Jonas Weber calls home').waitFor()
    server.machine.greet(id)
    await card.getByText('Hears the greeting').waitFor()
    server.machine.record(id, 12_000)
    await card.getByText('Leaves a message').waitFor()
    await card.getByText(/^0:1\d$/).waitFor()
    await card.getByRole('img', { name: 'Live sound: the caller speaks' }).waitFor()
    // With reduced motion it is a plain level; else the outline moves on.
    await card.locator('.live-level').waitFor()
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    const outline = card.locator('.live-outline path')
    const drawn = await outline.getAttribute('d')
    await expect.poll(() => outline.getAttribute('d')).not.toBe(drawn)
    server.machine.quiet = true
    await card.getByRole('img', { name: 'Live sound: silence' }).waitFor()
    expect(server.levelStreams, 'one, and for who sees it').toBe(1)
    server.machine.end(id)
    await expect.poll(() => server.levelStreams).toBe(0)
    await card.waitFor({ state: 'detached' })
    await page.locator(`[data-message=m${id}][data-state=new]`).waitFor()
    await expect.poll(() => page.title()).toBe('(4) Answerphone')
    expect(open.complaints).toEqual([])
  })

  it('has the name that a caller has said: on the card, in the list of calls, and with the message', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.locator('#message-m000').waitFor()
    const id = server.machine.ring('unknown')
    const card = page.locator('.call-card')
    await card.waitFor()
    expect(await card.locator('.said-name').count()).toBe(0)
    server.machine.named(id)
    const asked = page.waitForRequest((request) => request.url().endsWith(`/calls/${id}/name`))
    const key = card.getByRole('button', { name: 'Said a name' })
    await key.click()
    await asked
    // It sounds, and is quiet again by itself.
    await card.locator('.said-name[aria-pressed=true]').waitFor()
    await card.locator('.said-name[aria-pressed=false]').waitFor()
    server.machine.named(id, 'Alice Miller')
    await card.getByRole('button', { name: '“Alice Miller”' }).waitFor()
    server.machine.record(id, 3000)
    server.machine.end(id)
    await page.locator(`#message-m${id}`).click()
    await page.locator('.player').getByRole('button', { name: '“Alice Miller”' }).waitFor()
    await page.getByRole('link', { name: 'Calls' }).click()
    await page.locator('.call').first().getByRole('button', { name: '“Alice Miller”' }).waitFor()
    expect(open.complaints).toEqual([])
  })

  it('lets the machine answer, and hangs up', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.locator('#message-m000').waitFor()
    server.machine.ring('ruth')
    await page.getByRole('button', { name: 'Let the machine answer' }).click()
    await page.locator('[data-phase=greeting]').waitFor()
    await page.getByRole('button', { name: 'Hang up' }).click()
    await page.locator('.call-card').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Calls' }).click()
    await page.locator('.call').first().getByText('Hung up').waitFor()
  })

  it('shows which phones ring, listen in and have picked up', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    const id = server.machine.ring('jonas')
    server.machine.phones(id, { ringing: ['kitchen', 'study'] })
    const card = page.locator('.call-card')
    await card.getByText('Ringing: kitchen and study').waitFor()
    server.machine.greet(id)
    server.machine.record(id)
    server.machine.phones(id, { listeners: [{ phone: 'study', since: new Date().toISOString() }] })
    await card.getByText('Listening in: study').waitFor()
    server.machine.phones(id, { pickedUpBy: 'kitchen', listeners: [], recording: false })
    await card.getByText('kitchen has picked up').waitFor()
    expect(await card.getByRole('button').allInnerTexts()).toEqual(['Who is calling?', 'Hang up', 'Block'])
    expect(await card.locator('.call-phones').count()).toBe(0)
    server.machine.phones(id, { recording: true })
    await card.getByText('The conversation is recorded').waitFor()
    expect(open.complaints).toEqual([])
  })

  it('silences a ringing call in every tab of this browser, and undoes it; offered only where it would ring', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    const id = server.machine.ring('jonas')
    await page.locator('.call-card').waitFor()
    expect(await page.getByRole('button', { name: 'Silence here' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Rings' }).click()
    await page.keyboard.press('Escape')
    const tab = await page.context().newPage()
    await tab.goto(server.url)
    await page.getByRole('button', { name: 'Silence here' }).click()
    await tab.locator('.call-silent').getByText('Silent here').waitFor()
    await tab.reload()
    await tab.getByRole('button', { name: 'Sound on again' }).click()
    await page.locator('.call-silent').waitFor({ state: 'detached' })
    await page.keyboard.press('s')
    await page.locator('[aria-live]').getByText('Other phones go on ringing').waitFor()
    server.machine.greet(id)
    await page.locator('.call-silent').waitFor({ state: 'detached' })
    expect(open.complaints).toEqual([])
  })

  it.each([
    ['NotAllowedError', /Allow it beside the address/],
    ['NotFoundError', /Plug one in/],
    ['NotReadableError', /another program/],
  ])('says what to do when the microphone can’t be had: %s', async (name, told) => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.evaluate(`navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('', '${name}'))`)
    server.machine.ring('jonas')
    await page.getByRole('button', { name: 'Pick up' }).click()
    await page.locator('.toast').getByText(told).waitFor()
    await page.getByRole('button', { name: 'Pick up' }).waitFor()
    expect(open.complaints).toEqual([])
  })

  it('gives whoever calls a name while one still knows who that is', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    server.machine.ring('ruth')
    const card = page.locator('.call-card')
    await card.getByRole('button', { name: 'Add the caller' }).click()
    await page.getByRole('dialog', { name: 'Add the caller' }).getByLabel('Name').fill('Aunt Ruth')
    await page.keyboard.press('Enter')
    await page.locator('.toast').getByText('Aunt Ruth is a contact.').waitFor()
    expect(server.machine.settings.contacts.map(({ name }) => name)).toContain('Aunt Ruth')
  })

  it('tells who is calling: a number to be dialled, whether it is verified, what the line said', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    server.machine.ring('ruth')
    const card = page.locator('.call-card')
    const link = card.getByRole('link', { name: '+44 20 7946 0123' })
    expect(await link.getAttribute('href')).toBe('tel:+442079460123')
    await card.getByText('verified (A)').waitFor()
    await card.getByRole('button', { name: 'Who is calling?' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ruth Adebayo' })
    await dialog.getByText('+493023125000: no answer').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Calls' }).click()
    const row = page.locator('.call', { hasText: '+1 202 555 0147' }).first()
    await row.getByText('signature is wrong').waitFor()
    await row.getByRole('button', { name: 'Who called: +1 202 555 0147' }).click()
    await page.getByRole('dialog').getByRole('link', { name: '+1 202 555 0147' }).waitFor()
    expect(open.complaints).toEqual([])
  })

  it('blocks a caller, and lets them call again by undo; who withholds a number can’t be blocked', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    server.machine.ring('jonas')
    await page.getByRole('button', { name: 'Block' }).click()
    await page.locator('.call-card').waitFor({ state: 'detached' })
    await page.locator('.toast').getByText('Jonas Weber is blocked').waitFor()
    const unblocking = page.waitForRequest((request) => request.method() === 'DELETE')
    await page.getByRole('button', { name: 'Undo' }).click()
    expect((await unblocking).url()).toMatch(/\/blocked\/%2B498999998071$/)
    server.machine.ring('withheld')
    await page.locator('.call-card').waitFor()
    expect(await page.getByRole('button', { name: 'Block' }).count()).toBe(0)
  })

  it('says when the machine is out of reach, and reads everything again when it is back', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.locator('#message-m000').waitFor()
    server.setReachable(false)
    await page.getByText('The machine is out of reach. Trying again …').waitFor()
    server.machine.change('m000', { note: 'changed meanwhile' })
    server.machine.ring('garage')
    server.setReachable(true)
    await page.getByRole('button', { name: 'Try now' }).click()
    await page.getByText('changed meanwhile').waitFor()
    await page.locator('.call-card').getByText('Kestrel Garage').waitFor()
    await page.getByText('Trying again').waitFor({ state: 'detached' })
  })

  it('shows what keeps the machine from its work, until it is mended', async () => {
    await using open = await openPage(browser)
    const { page, server } = open
    await page.getByText('Ready', { exact: true }).waitFor()
    const problems = [{ code: 'AP_DISK_FULL', message: 'The disk is full.' }]
    server.machine.sayHealth({ ready: false, draining: false, problems })
    await page.getByText('The disk is full.').waitFor()
    server.machine.sayHealth({ ready: true, draining: false, problems: [] })
    await page.getByText('The disk is full.').waitFor({ state: 'detached' })
  })

  it('opens the message to which a mail leads, also in a page that is open', async () => {
    await using open = await openPage(browser, { hash: '#/show/m003' })
    const { page } = open
    await page.locator('[data-message=m003] .player').waitFor()
    expect(new URL(page.url()).hash).toBe('#/messages')
    await page.evaluate("location.hash = '#/show/m009'")
    await page.locator('[data-message=m009][data-state=trash] .player').waitFor()
  })

  it('offers its owner a test call where there is no message yet', async () => {
    await using open = await openPage(browser, { server: { empty: true } })
    const [tab] = await Promise.all([
      open.page.waitForEvent('popup'),
      open.page.getByRole('button', { name: 'Test call in a new tab' }).click(),
    ])
    await tab.getByRole('button', { name: 'Call HOME' }).waitFor()
    await using other = await openPage(browser, { server: { empty: true, visitor: 'member' } })
    await other.page.locator('.command').waitFor()
    expect(await other.page.getByRole('button', { name: 'Test call in a new tab' }).count()).toBe(0)
  })

  it('makes the owner’s account from the one-time link', async () => {
    await using open = await openPage(browser, { server: { visitor: 'first' }, hash: `#setup=${FAKE_TOKEN}` })
    const { page } = open
    const create = page.getByRole('button', { name: 'Create account' })
    await page.getByLabel('Your name').fill('Ada')
    await page.getByLabel('Password', { exact: true }).fill('too short')
    expect(await create.isDisabled()).toBe(true)
    await page.getByLabel('Password', { exact: true }).fill(FAKE_PASSWORD)
    await page.getByLabel('Password again').fill('something else')
    await page.getByText('The two passwords differ.').waitFor()
    await page.getByLabel('Password again').fill(FAKE_PASSWORD)
    await create.click()
    await page.locator('.lamp').waitFor()
    expect(page.url()).not.toContain(FAKE_TOKEN)
  })

  it('says that a link is needed when there is no account yet', async () => {
    await using open = await openPage(browser, { server: { visitor: 'first' } })
    await open.page.getByText('One link away').waitFor()
  })

  it('logs in and out, and tells a wrong password', async () => {
    await using open = await openPage(browser, { server: { visitor: 'stranger' } })
    const { page } = open
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('Password').fill('wrong')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByText('Name or password is wrong.').waitFor()
    await page.getByLabel('Password').fill(FAKE_PASSWORD)
    await page.keyboard.press('Enter')
    await page.locator('#message-m000').waitFor()
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByText('Welcome back').waitFor()
    expect(open.complaints).toEqual([])
  })

  it('speaks German to a German browser, and English when asked to', async () => {
    await using open = await openPage(browser, { context: { locale: 'de-DE' } })
    const { page } = open
    await page.getByText('Neue Nachrichten').waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('de')
    await page.getByRole('button', { name: 'Menü' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('New messages').waitFor()
  })
})
