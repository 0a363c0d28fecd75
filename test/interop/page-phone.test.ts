import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { violations } from '../helpers/axe.ts'
import { startBaresip } from '../helpers/baresip.ts'
import { startChromium } from '../helpers/browser.ts'
import { expectOneStream, framesBetween, soundOf } from '../helpers/caller-stream.ts'
import { openLoopbackPhone } from '../helpers/loopback-phone.ts'
import { openNamespace, openNeighbour } from '../helpers/network-namespace.ts'
import { openPageEar } from '../helpers/page-ear.ts'
import { openProxy } from '../helpers/pass-through-proxy.ts'
import { describeWith, isRoot } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { digits, greetBriefly, openRealPage, recordOn, ringHere } from '../helpers/real-page.ts'
import type { ScriptedCall } from '../helpers/scripted-caller.ts'
import { isUnderstood, microphoneThatSays, speak, talkerWhoSays, transcribe } from '../helpers/speech.ts'
import { writeUlawWav } from '../helpers/wav-frames.ts'

const CALLER_SAYS = 'please call the hospital about seven'
const PAGE_SAYS = 'the train to london leaves at nine'
const DESK_PASSWORD = 'a lamp in the hall'
const ULAW_SILENCE = 0xff

/** The page picks up, listens and hangs up by its own phone, before the real machine. */
describeWith(['chromium', 'flite', 'sox', 'pocketsphinx_continuous'], 'the page as a phone', () => {
  let browser: Browser
  let talks: (index: number) => Buffer

  beforeAll(async () => {
    browser = await startChromium({ microphone: await microphoneThatSays(PAGE_SAYS) })
    talks = await talkerWhoSays(CALLER_SAYS)
  })
  afterAll(() => browser?.close())

  /** What the caller has heard from a moment on, written down. */
  const heardBy = async (call: ScriptedCall, from: number) =>
    await transcribe(writeUlawWav(soundOf(framesBetween(call.received, from))))

  it('picks up by the space bar while it rings: both hear each other; mutes, holds and hangs up', async () => {
    await using real = await openRealPage(browser, {
      ringSeconds: 30,
      context: { permissions: ['microphone'] },
    })
    const { page, caller, machine } = real
    const ear = await openPageEar(page)
    await page.locator('.lamp').waitFor()
    const call = await caller.call('home', { number: '+4930111222', frame: talks })
    const card = page.locator('.call-card')
    await card.getByRole('button', { name: 'Pick up' }).waitFor()
    await page.keyboard.press('Space')
    expect(await call.final).toBe(200)
    call.talk()
    await card.getByText('You are talking').waitFor()
    const from = performance.now()
    await ear.listen()
    await page.waitForTimeout(6000)
    const [callerHeard, pageHeard] = await Promise.all([
      heardBy(call, from),
      ear.heard().then((sound) => transcribe(Buffer.from(writeWav(sound, 8000)))),
    ])
    expect(isUnderstood(callerHeard, PAGE_SAYS), callerHeard).toBe(true)
    expect(isUnderstood(pageHeard, CALLER_SAYS), pageHeard).toBe(true)

    await card.getByRole('button', { name: 'Mute' }).click()
    await card.getByRole('button', { name: 'Mute', pressed: true }).waitFor()
    await card.getByRole('button', { name: 'Keypad' }).click()
    await page.keyboard.type('42#')
    await card.getByText('42#').waitFor()
    await expect.poll(() => keysPressed(call)).toEqual([4, 2, 11])
    await card.getByRole('button', { name: 'Hold' }).click()
    await card.getByText('On hold').waitFor()
    await card.getByRole('button', { name: 'Hold' }).click()
    await card.getByText('You are talking').waitFor()
    await page.waitForTimeout(300)
    await card.getByRole('button', { name: 'Hang up' }).click()
    await call.hungUp
    await card.waitFor({ state: 'detached' })
    expect(await ear.connections()).toBe(0)
    const { past } = (await (await machine.api('/calls')).json()) as { past: { outcome: string }[] }
    expect(past).toMatchObject([{ outcome: 'picked-up' }])
    expect(real.complaints).toEqual([])
  })

  it('listens in while the message is left, asking for no microphone, and picks up out of it', async () => {
    await using real = await openRealPage(browser, { context: { permissions: ['microphone'] } })
    const { page, caller } = real
    await greetBriefly(real)
    const ear = await openPageEar(page)
    await page.locator('.lamp').waitFor()
    const call = await caller.call('home', { number: '+4930111222', frame: talks })
    expect(await call.final).toBe(200)
    call.talk()
    await page.locator('.call-card[data-phase=recording]').waitFor()
    const card = page.locator('.call-card')
    await card.getByRole('button', { name: 'Listen', exact: true }).click()
    await card.getByText('Listening in: Ada’s browser').waitFor()
    await page.waitForTimeout(5000)
    expect(await ear.askedForMicrophone()).toBe(false)
    expect((await ear.stats('inbound-rtp'))['packetsReceived']).toBeGreaterThan(200)
    const quiet = soundOf(framesBetween(call.received, performance.now() - 4000))
    expect(new Set(quiet), 'the caller hears nobody').toEqual(new Set([ULAW_SILENCE]))

    await card.getByRole('button', { name: 'Pick up' }).click()
    await card.getByText('You are talking').waitFor()
    await eventually(async () => (await ear.connections()) === 1)
    await call.bye()
    await card.waitFor({ state: 'detached' })
    await page.getByText('Picked up').first().waitFor()
    expect(await ear.connections()).toBe(0)
    expectOneStream(call.received)
    expect(real.complaints).toEqual([])
  })

  it('hears callers at once where that is set: after one touch, in one tab, not those silenced, and no longer than wanted', async () => {
    await using real = await openRealPage(browser, { ringSeconds: 5 })
    const { page, caller, machine } = real
    await greetBriefly(real)
    await page.context().addInitScript(WANTS_TOUCH)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByLabel('Hear callers at once').check()
    const ear = await openPageEar(page)
    const tab = await real.openTab()
    await tab.goto(machine.http)
    const wantsTouch = 'Let me hear callers'
    for (const each of [page, tab]) await each.getByRole('button', { name: wantsTouch }).waitFor()
    const listeners = async () => {
      const { live } = (await (await machine.api('/calls')).json()) as { live: { listeners: unknown[] }[] }
      return live.flatMap((call) => call.listeners).length
    }

    const call = await caller.call('home', { number: '+4930111222', frame: talks })
    await recordOn(page, call)
    await page.locator('.live-waveform').waitFor()
    expect(await listeners(), 'nobody hears, so nobody is said to').toBe(0)
    const card = page.locator('.call-card')
    await page.getByRole('button', { name: wantsTouch }).click()
    await card.getByText('Listening in: Ada’s browser').waitFor()
    await tab.getByRole('button', { name: wantsTouch }).click()
    await eventually(async () => Number((await ear.stats('inbound-rtp'))['audioLevel']) > 0.01)
    expect(await page.evaluate('window.player.paused'), 'it is let be heard').toBe(false)
    expect(await listeners(), 'two tabs are no echo').toBe(1)
    await card.getByRole('button', { name: 'Stop listening' }).click()
    await card.getByText('Listening in').waitFor({ state: 'detached' })
    await page.waitForTimeout(500)
    expect(await listeners()).toBe(0)
    await call.bye()
    await card.waitFor({ state: 'detached' })

    const other = await caller.call('home', { number: '+4930333444', frame: talks })
    await card.getByRole('button', { name: 'Silence here' }).waitFor()
    await page.keyboard.press('s')
    await recordOn(page, other)
    await page.waitForTimeout(500)
    expect(await listeners()).toBe(0)
    await other.bye()
    await card.waitFor({ state: 'detached' })
    expect(real.complaints).toEqual([])
  })

  it('rings like the phones of the house where it is switched on, takes just the call that is meant, is called by them, and is gone with its login', async () => {
    await using real = await openRealPage(browser, {
      ringSeconds: 30,
      context: { permissions: ['microphone'] },
    })
    const { page, caller, machine } = real
    await page.addInitScript(COUNT_BELLS)
    const ear = await openPageEar(page)
    await ringHere(page)
    const registered = (count: number) =>
      eventually(async () => (await machine.metrics()).includes(`answerphone_phones_registered ${count}\n`))
    await registered(1)
    await page.reload()
    await registered(1)
    const call = await caller.call('home', { number: '+4930111222' })
    await page.locator('.call-card').getByText('Ringing: Ada’s browser').waitFor()
    await silenceAndUndo(page)
    expect(call.responses.at(-1)?.status, 'all others go on ringing').toBe(180)
    const other = await caller.call('home', { number: '+4930333444' })
    await page
      .locator('.call-card', { hasText: digits('+4930333444') })
      .getByRole('button', { name: 'Pick up' })
      .click()
    expect(await other.final).toBe(200)
    await page.getByText('You are talking').waitFor()
    expect(call.responses.at(-1)?.status, 'the first goes on ringing').toBe(180)
    await page.reload()
    await other.hungUp
    await page.locator('.call-card').getByText('Ringing: Ada’s browser').waitFor()
    await call.cancel()
    await expect.poll(() => page.locator('.call-card').count()).toBe(0)

    await machine.post('/phones', { name: 'desk', password: DESK_PASSWORD })
    await using desk = await openLoopbackPhone({
      ...{ to: machine.sip, address: '127.0.0.11', user: 'desk', password: DESK_PASSWORD, frame: talks },
    })
    const house = desk.call('sip:page-Ada@house')
    await page.getByRole('heading', { name: 'desk' }).waitFor()
    await page.getByRole('button', { name: 'Pick up' }).click()
    await page.getByText('You are talking').waitFor()
    await eventually(async () => house.state === 'talking')
    desk.talk(house)
    await ear.listen()
    const heard = desk.rtp.received.length
    await page.getByRole('button', { name: 'Keypad' }).click()
    expect(await violations(page)).toEqual([])
    await eventually(async () => desk.rtp.received.length > heard + 50)
    await eventually(async () => Number((await ear.stats('inbound-rtp'))['audioLevel']) > 0.01)
    await page.getByRole('button', { name: 'Hang up' }).click()
    await house.over
    await expect.poll(() => page.locator('.call-card').count()).toBe(0)

    await registered(2)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await registered(1)
  })

  it.runIf(isRoot)(
    'on another host, behind a proxy that says nothing of it, has its sound by another address than the page',
    async () => {
      await using neighbour = await openNeighbour('ap-ice')
      const browser = await startChromium({ namespace: neighbour })
      await using stack = new AsyncDisposableStack()
      stack.defer(() => browser.close())
      await using real = await openRealPage(browser, {
        machine: { flags: ['--sip', `${neighbour.ours}:0`] },
        async at(http) {
          const { host, port } = stack.use(await openProxy(neighbour.ours, http))
          return `http://${host}:${port}`
        },
      })
      const { page, caller } = real
      await greetBriefly(real)
      const ear = await openPageEar(page)
      const call = await caller.call('home', { number: '+4930111222', frame: talks })
      await recordOn(page, call)
      await page.locator('.call-card').getByRole('button', { name: 'Listen', exact: true }).click()
      await page.getByText('Listening in: Ada’s browser').waitFor()
      await eventually(async () => Number((await ear.stats('inbound-rtp'))['audioLevel']) > 0.01)
      await call.bye()
    },
  )
})

/** What issue 4 of the project must show first: a caller by software that nobody here wrote, and all that the card can do. */
describeWith(
  ['chromium', 'baresip', 'ip', 'flite', 'sox', 'pocketsphinx_continuous'],
  'the page, and a desk phone that calls the line',
  () => {
    it('shows the card and its countdown, listens in, picks up in the middle of the message, hangs up', async () => {
      await using namespace = await openNamespace('ap-page')
      const host = namespace.address(1)
      const says = await speak(CALLER_SAYS, { padSeconds: 0.7, times: 20 })
      const microphone = await microphoneThatSays(PAGE_SAYS)
      await using browser = await startChromium({ microphone, namespace })
      await using real = await openRealPage(browser, {
        machine: { netns: namespace.name, host },
        context: { permissions: ['microphone'] },
      })
      const { page, machine } = real
      await greetBriefly(real)
      await machine.line('home', { trunk: '10.99.0.0/24', ringSeconds: 5 })
      const ear = await openPageEar(page)
      await page.locator('.lamp').waitFor()
      await using caller = await startBaresip({ namespace, address: namespace.address(2), says })
      await caller.command('dial', `sip:home@${host}:${machine.sip.port}`)
      const card = page.locator('.call-card')
      await card.getByText(/The machine answers in [1-5] s/).waitFor()
      await page.locator('.call-card[data-phase=recording]').waitFor()
      await card.getByRole('img', { name: 'Live sound: the caller speaks' }).waitFor()

      await card.getByRole('button', { name: 'Listen', exact: true }).click()
      await card.getByText('Listening in: Ada’s browser').waitFor()
      await ear.listen()
      await eventually(async () => Number((await ear.stats('inbound-rtp'))['audioLevel']) > 0.02)
      await page.waitForTimeout(6000)
      const pageHeard = await transcribe(Buffer.from(writeWav(await ear.heard(), 8000)))
      expect(isUnderstood(pageHeard, CALLER_SAYS), pageHeard).toBe(true)

      await card.getByRole('button', { name: 'Pick up' }).click()
      await card.getByText('You are talking').waitFor()
      await page.waitForTimeout(6000)
      const over = caller.process.next(/session closed|terminated/i)
      await card.getByRole('button', { name: 'Hang up' }).click()
      await over
      await card.waitFor({ state: 'detached' })
      await page.locator('.message', { hasText: 'Picked up' }).waitFor()
      const callerHeard = await transcribe(await caller.heard())
      expect(isUnderstood(callerHeard, PAGE_SAYS), callerHeard).toBe(true)
      expect(real.complaints).toEqual([])
    })
  },
)

/** The events of RFC 4733 §2.3 that the caller got; an event is many packets with one timestamp. */
function keysPressed({ received }: ScriptedCall): (number | undefined)[] {
  const events = received.filter(({ bytes }) => ((bytes[1] ?? 0) & 0x7f) === 101)
  return [...new Map(events.map(({ bytes }) => [bytes.readUInt32BE(4), bytes[12]])).values()]
}

/**
 * No sound before a touch, as Chromium's autoplay policy has it with users. With tests it has not: whatever Playwright asks
 * a page counts as a touch.
 */
const WANTS_TOUCH = `
  let hasBeenActive = false
  addEventListener('click', () => (hasBeenActive = true), true)
  Object.defineProperty(navigator, 'userActivation', { value: { get hasBeenActive() { return hasBeenActive } } })
  const play = HTMLMediaElement.prototype.play
  HTMLMediaElement.prototype.play = function () {
    return hasBeenActive ? play.call(this) : Promise.reject(new DOMException('touch me', 'NotAllowedError'))
  }
`

const COUNT_BELLS = `
  window.bells = 0
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...when) {
    window.bells += 1
    return start.apply(this, when)
  }
`

/** By one key: no bell is struck for as long as it takes until the next would be, and at once when it is taken back. */
async function silenceAndUndo(page: Page): Promise<void> {
  const bells = () => page.evaluate<number>('window.bells')
  await expect.poll(bells).toBeGreaterThan(0)
  await page.keyboard.press('s')
  await page.locator('.call-silent').getByText('Silent here').waitFor()
  const struck = await bells()
  await page.waitForTimeout(3500)
  expect(await bells()).toBe(struck)
  await page.keyboard.press('s')
  await expect.poll(bells).toBeGreaterThan(struck)
  expect(await page.locator('.call-silent').count()).toBe(0)
}
