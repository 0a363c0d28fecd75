import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { startAnswerphone } from '../../src/main.ts'
import { silentLog } from '../../src/shared/log.ts'
import { startChromium } from '../helpers/browser.ts'
import { openPage } from '../helpers/page-test.ts'
import { describeWith } from '../helpers/peers.ts'
import { run } from '../helpers/processes.ts'
import { type PushService, startPushService } from '../helpers/push-receiver.ts'
import { OWNER, recordOn } from '../helpers/real-page.ts'
import { BIN } from '../helpers/running-machine.ts'
import { openCaller } from '../helpers/scripted-caller.ts'
import { speak } from '../helpers/speech.ts'

/** The browser's own push service can't be reached from here: the page gets the subscription of the test's. */
const subscribeAt = ({ subscription }: PushService) => `
  const given = ${JSON.stringify(subscription)}
  const subscription = {
    toJSON: () => given,
    get options() { return { applicationServerKey: Uint8Array.fromBase64(localStorage.pushKey, { alphabet: 'base64url' }).buffer } },
    unsubscribe: async () => { delete localStorage.pushKey; return true },
  }
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly) throw new DOMException('silent', 'NotAllowedError')
    localStorage.pushKey = applicationServerKey
    return subscription
  }
  PushManager.prototype.getSubscription = async () => (localStorage.pushKey ? subscription : null)
`

const DENIED = `Object.defineProperty(Notification, 'permission', { get: () => 'denied' })`
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

/** The machine, a push service, and a browser in which what was pushed is delivered. */
describeWith(['chromium', 'sox', 'flite'], 'notifications', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('tell of a call and of a message, and what can be done there is done', async () => {
    await using opened = new AsyncDisposableStack()
    const data = opened.adopt(mkdtempSync(join(tmpdir(), 'answerphone-push-')), (folder) =>
      rmSync(folder, { recursive: true, force: true }),
    )
    const service = opened.use(await startPushService())
    const config = readConfig({ data, sip: ['127.0.0.1:0'], http: '127.0.0.1:0' }, {})
    const machine = opened.adopt(
      await startAnswerphone(config, silentLog, {
        pushReach: { kind: 'test', address: '127.0.0.1', ca: service.ca },
      }),
      (running) => running.stop(0),
    )
    const cli = (...args: string[]) => run(process.execPath, [BIN, ...args, '--data', data])
    await cli('greetings', 'add', 'brief', '--file', (await speak('Hello.')).wav)
    await cli('mailboxes', 'set', 'home', '--greeting', 'brief')

    const context = opened.adopt(await openContext(browser, service), (open) => open.close())
    const page = await context.newPage()
    const toBrowser = await deliverTo(context, page, `http://${machine.http}`)
    await page.goto(machine.setupLink ?? '')
    await page.getByLabel('Your name').fill(OWNER.name)
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
    await page.getByLabel('Password again').fill(OWNER.password)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Skip the rest' }).click()
    await page.locator('.lamp').waitFor()

    await page.goto(`http://${machine.http}/#/settings/device`)
    await page.getByRole('checkbox', { name: 'Notifications on this device' }).click()
    await page.getByText('This browser tells you of calls and new messages').waitFor()
    await page.getByRole('button', { name: 'Send a test notification' }).click()
    await page.getByText('Sent. It should be here').waitFor()
    const key = await page.evaluate<string>('localStorage.pushKey')
    expect(service.received).toMatchObject([
      { news: { kind: 'test', language: 'en' }, urgency: 'high', signedBy: key, ttl: 60 },
    ])
    const { claims } = service.received[0] ?? expect.fail()
    expect(claims.aud).toBe(new URL(service.subscription.endpoint).origin)
    expect(claims.sub).toMatch(/^(mailto|https):/)
    expect(claims.exp - Date.now() / 1000, 'RFC 8292 §2: at most a day').toBeLessThanOrEqual(86_400)
    expect(await toBrowser(service)).toMatchObject([{ title: 'Notifications work' }])

    const caller = opened.use(await openCaller(sipOf(machine.sip)))
    const first = await caller.call('home', { number: '+4930111', name: 'Grace' })
    await expect.poll(() => service.received.length, { timeout: 5000 }).toBe(2)
    const ringing = service.received[1] ?? expect.fail()
    expect(ringing).toMatchObject({ urgency: 'high', topic: ringing.news['callId'] })
    expect(ringing.ttl).toBeGreaterThan(10)
    expect(ringing.ttl).toBeLessThanOrEqual(18)
    expect(await toBrowser(service)).toContainEqual({
      title: 'Grace calls',
      tag: `call-${ringing.topic}`,
      actions: ['pick-up', 'answer'],
    })
    await touch(context, 'Grace calls', 'answer')
    expect(await first.final, 'the machine has answered before its time').toBe(200)
    await page.goto(`http://${machine.http}/#/messages`)
    await recordOn(page, first)
    await page.waitForTimeout(2500)
    await first.bye()
    await expect.poll(() => service.received.length, { timeout: 5000 }).toBe(3)
    const message = service.received[2] ?? expect.fail()
    expect(message).toMatchObject({
      news: { kind: 'message', callerName: 'Grace', line: 'home' },
      urgency: 'normal',
      topic: ringing.topic,
    })
    const about = { title: 'New message from Grace', tag: `call-${ringing.topic}` }
    expect(await toBrowser(service)).toContainEqual({ ...about, actions: ['play', 'delete'] })
    await page.locator('[data-message]').waitFor()
    await touch(context, about.title, 'delete')
    await page.locator('[data-message]').waitFor({ state: 'detached' })

    const second = await caller.call('home', { number: '+4930222' })
    await expect.poll(() => service.received.length, { timeout: 5000 }).toBe(4)
    expect(await toBrowser(service)).toContainEqual(expect.objectContaining({ title: '+49 30 222 calls' }))
    await touch(context, '+49 30 222 calls', 'pick-up')
    expect(await second.final).toBe(200)
    await page.getByText('You are talking').waitFor()
    await expect.poll(() => service.received.at(-1)?.news['kind'], { timeout: 5000 }).toBe('taken')
    // As it would be on another device, where nobody has touched it.
    await toBrowser(service, -2)
    expect((await toBrowser(service)).map(({ title }) => title)).not.toContain('+49 30 222 calls')
    await second.bye()
    expect(service.wrong).toEqual([])

    await page.goto(`http://${machine.http}/#/settings/device`)
    service.status = 410
    await page.getByRole('button', { name: 'Send a test notification' }).click()
    await page.getByText('This browser takes no notifications.').waitFor()
    expect(subscriptions(data)).toBe(0)
    service.status = 201
    await page.reload()
    await expect.poll(() => subscriptions(data), { timeout: 5000 }).toBe(1)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByLabel('Password').waitFor()
    expect(subscriptions(data)).toBe(0)
    await expect.poll(() => shown(page)).toEqual([])
  })

  it.each([
    ['forbids them', DENIED, undefined, 'Notifications are forbidden to this page'],
    ['has none', 'delete window.PushManager', undefined, 'This browser takes no notifications.'],
    ['is on an iPhone', 'delete window.PushManager', IPHONE, 'tap Share, then Add to Home Screen'],
  ])('say what to do where the browser %s', async (_, script, userAgent, text) => {
    await using open = await openPage(browser, { context: userAgent === undefined ? {} : { userAgent } })
    await open.page.addInitScript(script)
    await open.page.goto(`${open.server.url}/#/settings/device`)
    await open.page.reload()
    await open.page.getByText(text).waitFor()
    expect(await open.page.getByRole('checkbox').count()).toBe(0)
  })
})

async function openContext(browser: Browser, service: PushService): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })
  context.setDefaultTimeout(15_000)
  await context.grantPermissions(['notifications', 'microphone'])
  await context.addInitScript(subscribeAt(service))
  return context
}

interface Shown {
  readonly title: string
  readonly tag: string
  readonly actions: readonly string[]
}

const shown = (page: Page) =>
  page.evaluate<Shown[]>(
    `navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then((all) =>
      all.map(({ title, tag, actions }) => ({ title, tag, actions: actions.map(({ action }) => action) })))`,
  )

/** Gives the service worker a push (the newest), as the browser would; resolves with what is shown then. */
async function deliverTo(context: BrowserContext, page: Page, origin: string) {
  const devtools: CDPSession = await context.newCDPSession(page)
  let registrationId = ''
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const registration of registrations) ({ registrationId } = registration)
  })
  await devtools.send('ServiceWorker.enable')
  return async ({ received }: PushService, which = -1): Promise<Shown[]> => {
    const before = JSON.stringify(await shown(page))
    const data = JSON.stringify(received.at(which)?.news)
    await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
    await expect.poll(async () => JSON.stringify(await shown(page)), { timeout: 5000 }).not.toBe(before)
    return shown(page)
  }
}

/** Touches a key of a notification: the worker gets the event that a browser would send it. */
async function touch(context: BrowserContext, title: string, action: string): Promise<void> {
  const [worker] = context.serviceWorkers()
  await worker?.evaluate(
    `(async () => {
      const all = await registration.getNotifications()
      const notification = all.find(({ title }) => title === ${JSON.stringify(title)})
      const event = new NotificationEvent('notificationclick', { notification, action: ${JSON.stringify(action)} })
      const done = new Promise((resolve) => { event.waitUntil = resolve })
      dispatchEvent(event)
      await done
    })()`,
  )
}

function subscriptions(data: string): unknown {
  const database = new DatabaseFile(join(data, 'answerphone.db'), { readonly: true })
  try {
    return database.prepare('select count(*) from push_subscriptions').pluck().get()
  } finally {
    database.close()
  }
}

function sipOf(place: string) {
  const { hostname, port } = new URL(`sip://${place}`)
  return { host: hostname, port: Number(port) }
}
