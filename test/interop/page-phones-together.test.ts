import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startChromium } from '../helpers/browser.ts'
import { openLoopbackPhone } from '../helpers/loopback-phone.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { OWNER, openRealPage, type RealPage, ringHere } from '../helpers/real-page.ts'
import { rings } from '../helpers/scripted-phone.ts'

const DESK_PASSWORD = 'a lamp in the hall'
/** How soon after one has taken the call the others are still. */
const STILL_MS = 200

/** As Chromium's DevTools tell of a frame of a WebSocket; `timestamp` in seconds. */
interface FrameEvent {
  readonly timestamp: number
  readonly response: { readonly payloadData: string }
}

/** What a page's phone sends and gets over its WebSocket, with the moment. */
interface Traffic {
  readonly at: number
  readonly from: 'page' | 'machine'
  readonly text: string
}

describeWith(['chromium'], 'two browsers and a desk phone that ring together', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('stop within 200 ms when one of them takes the call, whichever it is; reloaded meanwhile, a browser ends it cleanly', async () => {
    await using real = await openRealPage(browser, {
      ringSeconds: 30,
      context: { permissions: ['microphone'] },
    })
    const { machine, caller } = real
    await using second = await openBrowser(browser, real)
    const [here, there] = [await follow(real.page), await follow(second.page)]
    for (const page of [real.page, second.page]) await ringHere(page)
    await machine.post('/phones', { name: 'desk', password: DESK_PASSWORD })
    await using desk = await openLoopbackPhone({
      ...{ to: machine.sip, address: '127.0.0.11', user: 'desk', password: DESK_PASSWORD },
    })
    desk.onCall = rings

    const call = async (number: string) => {
      const from = performance.now()
      const placed = await caller.call('home', { number })
      const rung = (traffic: readonly Traffic[]) => find(traffic, from, 'page', /^SIP\/2.0 180 /)
      await eventually(async () => rung(here) && rung(there) && desk.calls.at(-1)?.state === 'ringing')
      return { placed, from }
    }

    // The desk phone takes it.
    const first = await call('+4930111')
    const taken = performance.now()
    desk.calls.at(-1)?.answer()
    for (const traffic of [here, there]) {
      await eventually(async () => find(traffic, taken, 'machine', /^CANCEL /) !== undefined)
      expect((find(traffic, taken, 'machine', /^CANCEL /)?.at ?? 0) - taken).toBeLessThan(STILL_MS)
    }
    expect(await first.placed.final).toBe(200)
    desk.calls.at(-1)?.hangUp()
    await first.placed.hungUp

    // A browser takes it.
    const next = await call('+4930222')
    await real.page.locator('.call-card').getByRole('button', { name: 'Pick up' }).click()
    await eventually(async () => find(there, next.from, 'machine', /^CANCEL /) !== undefined)
    const picked =
      find(here, next.from, 'page', /^INVITE /) ?? find(here, next.from, 'page', /^SIP\/2.0 200 /)
    const cancelled = find(there, next.from, 'machine', /^CANCEL /)
    expect((cancelled?.at ?? 0) - (picked?.at ?? 0)).toBeLessThan(STILL_MS)
    const rung = desk.calls.at(-1)
    await rung?.over
    const told = desk.heard.find(({ at, text }) => at > (picked?.at ?? 0) && text.startsWith('CANCEL '))
    expect((told?.at ?? Number.POSITIVE_INFINITY) - (picked?.at ?? 0)).toBeLessThan(STILL_MS)
    expect(await next.placed.final).toBe(200)

    // Reloaded in the middle of the call, the page ends it, as if she had hung up.
    await real.page.getByText('You are talking').waitFor()
    await real.page.reload()
    await next.placed.hungUp
    await real.page.locator('.lamp').waitFor()
    for (const page of [real.page, second.page])
      await page.locator('.call-card').waitFor({ state: 'detached' })
  })
})

/** Another browser, in which the owner logs in. */
async function openBrowser(
  browser: Browser,
  { machine }: RealPage,
): Promise<{ readonly page: Page } & AsyncDisposable> {
  const context: BrowserContext = await browser.newContext({ locale: 'en-GB', permissions: ['microphone'] })
  const page = await context.newPage()
  await page.goto(machine.http)
  await page.getByLabel('Name').fill(OWNER.name)
  await page.getByLabel('Password').fill(OWNER.password)
  await page.keyboard.press('Enter')
  await page.locator('.lamp').waitFor()
  return { page, [Symbol.asyncDispose]: () => context.close() }
}

/**
 * With the browser's own moments: until Playwright tells of a frame, a busy computer may need longer than what is judged. Both clocks are the
 * system's monotonic one.
 */
async function follow(page: Page): Promise<readonly Traffic[]> {
  const traffic: Traffic[] = []
  const sinceBoot = Number(process.hrtime.bigint()) / 1e6 - performance.now()
  const note = (from: Traffic['from']) => (frame: FrameEvent) =>
    void traffic.push({ at: frame.timestamp * 1000 - sinceBoot, from, text: frame.response.payloadData })
  const session = await page.context().newCDPSession(page)
  session.on('Network.webSocketFrameSent', note('page')).on('Network.webSocketFrameReceived', note('machine'))
  await session.send('Network.enable')
  return traffic
}

const find = (traffic: readonly Traffic[], since: number, from: Traffic['from'], text: RegExp) =>
  traffic.find((one) => one.at >= since && one.from === from && text.test(one.text))
