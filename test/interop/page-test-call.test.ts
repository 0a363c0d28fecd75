import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startChromium } from '../helpers/browser.ts'
import { openPageEar } from '../helpers/page-ear.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { greetBriefly, OWNER, openRealPage } from '../helpers/real-page.ts'
import { startMachine } from '../helpers/running-machine.ts'
import { transcribe, wordsHeard } from '../helpers/speech.ts'

/** Of what the recorded voice says. */
const SAID = ['hello', 'test', 'call', 'garden', 'party', 'tomorrow', 'seven', 'please']

describeWith(['chromium', 'flite', 'sox', 'pocketsphinx_continuous'], 'a test call from the page', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  /** Goes on by Tab until this is what the keyboard acts on. */
  const tabTo = async (page: Page, name: string) => {
    const wanted = page.getByRole('button', { name, exact: true })
    await wanted.waitFor()
    for (let tries = 0; tries < 60; tries++) {
      await page.keyboard.press('Tab')
      if (await wanted.evaluate((button) => button === button.ownerDocument.activeElement)) return
    }
    throw new Error(`Tab does not lead to ${name}`)
  }
  const press = async (page: Page, name: string) => {
    await tabTo(page, name)
    await page.keyboard.press('Enter')
  }

  it('by keyboard only, from an empty data directory to a recorded message', async () => {
    await using machine = await startMachine()
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    const [link = ''] = await machine.process.until(/http:\S+#setup=\S+/)
    await page.goto(link)
    await page.getByLabel('Your name').waitFor()
    for (const text of [OWNER.name, OWNER.password, OWNER.password]) {
      const isField = () => page.evaluate<boolean>("document.activeElement?.tagName === 'INPUT'")
      if (text === OWNER.name && (await isField())) await page.keyboard.type(text)
      else {
        do await page.keyboard.press('Tab')
        while (!(await isField()))
        await page.keyboard.type(text)
      }
    }
    await page.keyboard.press('Enter')
    await page.getByText('Step 1 of 4').waitFor()
    await press(page, 'Later')
    await page.getByText('Step 2 of 4').waitFor()
    await press(page, 'Use the one that came with it')
    await page.getByText('Step 3 of 4').waitFor()
    await press(page, 'Later')
    const opened = context.waitForEvent('page')
    await press(page, 'Test call in a new tab')
    const caller = await opened
    await caller.getByLabel('My microphone').waitFor()
    await caller.keyboard.press('Tab')
    await caller.keyboard.press('ArrowDown')
    await expect.poll(() => caller.getByLabel('A recorded voice').isChecked()).toBe(true)
    await press(caller, 'Call HOME')
    await caller.getByText('Connected').waitFor({ timeout: 25_000 })
    await page.getByText('There it is!').waitFor()
    await press(caller, 'Skip the greeting (#)')
    await caller.waitForTimeout(1500)
    await press(caller, 'Say it now')
    await caller.waitForTimeout(8500)
    await press(caller, 'Hang up')
    await caller.getByText('The call is over').waitFor()
    await page.getByText('Your first message is here').waitFor()
    const { messages } = (await (await machine.api('/messages')).json()) as {
      messages: { id: string; callerName: string; callerNumber: string | null }[]
    }
    expect(messages).toMatchObject([{ callerName: 'Test call', callerNumber: null }])
    const sound = await machine.api(`/messages/${messages[0]?.id}/audio`)
    const text = await transcribe(Buffer.from(await sound.arrayBuffer()))
    expect(wordsHeard(text, SAID).length, text).toBeGreaterThanOrEqual(4)
    await context.close()
  })

  it('by a link, once: the owner listens in and picks up, both hear each other; strangers get nowhere', async () => {
    await using real = await openRealPage(browser, { context: { permissions: ['microphone'] } })
    const { page, machine } = real
    await greetBriefly(real)
    const ear = await openPageEar(page)
    await page.locator('.lamp').waitFor()
    const made = await machine.api('/test-calls', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ line: 'home' }),
    })
    const { url } = (await made.json()) as { url: string }
    const friend = await browser.newContext({ permissions: ['microphone'], locale: 'en-GB' })
    friend.setDefaultTimeout(15_000)
    const caller = await friend.newPage()
    await caller.goto(url)
    const callerEar = await openPageEar(caller)
    await caller.getByRole('button', { name: 'Call HOME' }).click()
    const card = page.locator('.call-card', { hasText: 'Test call' })
    await page.locator('.call-card[data-phase=recording]').waitFor()
    await card.getByRole('button', { name: 'Listen', exact: true }).click()
    const loud = (one: typeof ear) =>
      eventually(async () => Number((await one.stats('inbound-rtp'))['audioLevel']) > 0.01)
    await loud(ear)
    await card.getByRole('button', { name: 'Pick up' }).click()
    await card.getByText('You are talking').waitFor()
    await Promise.all([loud(ear), loud(callerEar)])
    // The caller sees that his microphone works.
    const meter = caller.getByRole('meter', { name: 'How loud the machine hears you' })
    await expect.poll(async () => Number(await meter.getAttribute('value'))).toBeGreaterThan(0)
    await caller.getByRole('button', { name: 'Hang up' }).click()
    await card.waitFor({ state: 'detached' })
    await caller.reload()
    await caller.getByText('This link calls nobody').waitFor()
    const socket = new WebSocket(
      `ws://${new URL(url).host}/sip/test?token=${new URL(url).hash.slice(1)}`,
      'sip',
    )
    const status = await new Promise((resolve) => {
      socket.on('error', () => {})
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode))
    })
    expect(status).toBe(410)
    await friend.close()
    expect(real.complaints).toEqual([])
  })
})
