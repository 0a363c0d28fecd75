import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { startChromium } from '../helpers/browser.ts'
import { framesBetween, soundOf } from '../helpers/caller-stream.ts'
import { type LoopbackPhone, openLoopbackPhone } from '../helpers/loopback-phone.ts'
import { openPageEar, type PageEar } from '../helpers/page-ear.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually, start } from '../helpers/processes.ts'
import { digits, openRealPage, type RealPage } from '../helpers/real-page.ts'
import { answers, refuses, rings } from '../helpers/scripted-phone.ts'
import { freePort } from '../helpers/sipp.ts'
import { isUnderstood, microphoneThatSays, talkerWhoSays, transcribe } from '../helpers/speech.ts'
import { writeUlawWav } from '../helpers/wav-frames.ts'

const PAGE_SAYS = 'the train to london leaves at nine'
const DESK_SAYS = 'please call the hospital about seven'
const DESK_PASSWORD = 'a lamp in the hall'

/** The page calls, and gives away what it has picked up, before the real machine. */
describeWith(['chromium', 'flite', 'sox', 'pocketsphinx_continuous', 'sipp'], 'the page dials', () => {
  let house: AsyncDisposableStack
  let real: RealPage
  let ear: PageEar
  let desk: LoopbackPhone

  /** One house for all of them: to start it, and to load its page, costs more than most of what is done with it. */
  beforeAll(async () => {
    house = new AsyncDisposableStack()
    const browser = await startChromium({ microphone: await microphoneThatSays(PAGE_SAYS) })
    house.defer(() => browser.close())
    real = house.use(
      await openRealPage(browser, { ringSeconds: 30, context: { permissions: ['microphone'] } }),
    )
    ear = await openPageEar(real.page)
    await real.machine.post('/phones', { name: 'desk', password: DESK_PASSWORD })
    desk = house.use(
      await openLoopbackPhone({
        ...{ to: real.machine.sip, address: '127.0.0.12', user: 'desk', password: DESK_PASSWORD },
        frame: await talkerWhoSays(DESK_SAYS),
      }),
    )
  })
  beforeEach(() => {
    desk.onCall = rings
  })
  afterEach(() => expect(real.complaints.splice(0)).toEqual([]))
  afterAll(() => house?.disposeAsync())

  /** What the line calls out through: SIPp, which takes one call. */
  const openGateway = async ({ machine }: RealPage, line: string) => {
    const port = await freePort('127.0.0.1')
    const flags = ['-i', '127.0.0.1', '-p', `${port}`, '-mp', `${await freePort('127.0.0.1')}`]
    const gateway = start('sipp', ['-sn', 'uas', ...flags, '-m', '1', '-nostdin'])
    await machine.cli('lines', 'set', line, '--call-back', `sip:127.0.0.1:${port}`)
    return gateway
  }

  it('calls a phone of the house by keyboard alone: it rings, is busy, answers; both hear each other', async () => {
    const { page } = real
    await page.getByRole('link', { name: 'Phone', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.dial-phone', { hasText: 'Connected' }).waitFor()
    await page.getByLabel('Number or name of a phone').focus()
    desk.onCall = refuses(486)
    await page.keyboard.type('desk')
    await page.keyboard.press('Enter')
    await page.getByText('desk is busy, or has declined.').waitFor()
    expect(await page.locator('.call-card').count()).toBe(0)

    desk.onCall = rings
    await page.keyboard.press('Enter')
    const card = page.locator('.call-card')
    await card.getByText('It rings there').waitFor()
    const call = desk.calls.at(-1)
    if (!call) throw new Error('the desk does not ring')
    call.answer()
    await card.getByText('You are talking').waitFor()
    desk.talk(call)
    const from = performance.now()
    await ear.listen()
    await page.waitForTimeout(5500)
    const [deskHeard, pageHeard] = await Promise.all([
      transcribe(writeUlawWav(soundOf(framesBetween(desk.rtp.received, from)))),
      ear.heard().then((sound) => transcribe(Buffer.from(writeWav(sound, 8000)))),
    ])
    expect(isUnderstood(deskHeard, PAGE_SAYS), deskHeard).toBe(true)
    expect(isUnderstood(pageHeard, DESK_SAYS), pageHeard).toBe(true)
    call.hangUp()
    await card.waitFor({ state: 'detached' })
    expect(await ear.connections()).toBe(0)
  })

  it('says that no line lets phones call out; allowed, it calls SIPp through the line, and back through the one that was called', async () => {
    const { page, machine, caller } = real
    const number = page.getByLabel('Number or name of a phone')
    await page.getByRole('link', { name: 'Phone', exact: true }).click()
    await page.getByText('Numbers outside can’t be called yet').waitFor()
    await number.fill('+49 (0)30 5550-123')
    await number.press('Enter')
    await page.getByText('No line lets phones call out.').waitFor()

    await using home = await openGateway(real, 'home')
    await machine.line('studio', { trunk: '127.0.0.1', ringSeconds: 29 })
    await using studio = await openGateway(real, 'studio')
    await page.reload()
    await page.getByText('Numbers are called through home.').waitFor()
    await number.fill('+49 (0)30 5550-123')
    await number.press('Enter')
    const card = page.locator('.call-card')
    await card.getByText('You are talking').waitFor()
    await card.getByRole('button', { name: 'Hang up' }).click()
    await card.waitFor({ state: 'detached' })

    expect(await home.ended).toBe(0)

    const call = await caller.call('studio', { number: '+4930111222' })
    await page.getByText('The machine answers in').waitFor()
    await call.cancel()
    await page.getByRole('link', { name: 'Calls' }).click()
    await page.getByRole('button', { name: /^Call .* back$/ }).click()
    await card.getByText('You are talking').waitFor()
    await card.getByRole('button', { name: 'Hang up' }).click()
    await card.waitFor({ state: 'detached' })
    expect(await studio.ended).toBe(0)
  })

  it('lets a caller wait for a second one, and goes on with the first', async () => {
    const { page, caller } = real
    const numbers = ['+4930111222', '+4930333444'] as const
    const cardOf = (number: string) => page.locator('.call-card', { hasText: digits(number) })
    const [first, second] = [cardOf(numbers[0]), cardOf(numbers[1])]
    const one = await caller.call('home', { number: numbers[0] })
    await first.getByRole('button', { name: 'Pick up' }).click()
    await first.getByText('You are talking').waitFor()
    one.talk()
    const two = await caller.call('home', { number: numbers[1] })
    await second.getByRole('button', { name: 'Hold, and pick up' }).click()
    await second.getByText('You are talking').waitFor()
    await first.getByText('On hold').waitFor()
    expect(await two.final).toBe(200)
    two.talk()
    await first.getByRole('button', { name: 'Hold', exact: true }).click()
    await first.getByText('You are talking').waitFor()
    await second.getByText('On hold').waitFor()
    await second.getByRole('button', { name: 'Hang up' }).click()
    await two.hungUp
    await second.waitFor({ state: 'detached' })
    await first.getByText('You are talking').waitFor()
    await one.bye()
    await first.waitFor({ state: 'detached' })
  })

  it('gives a caller whom it has picked up to a phone of the house, or keeps him when nobody takes him', async () => {
    const { page, caller } = real
    const call = await caller.call('home', { number: '+4930111222' })
    const card = page.locator('.call-card')
    await card.getByRole('button', { name: 'Pick up' }).click()
    await card.getByText('You are talking').waitFor()
    expect(await call.final).toBe(200)
    call.talk()
    await card.getByRole('button', { name: 'Give to …' }).click()
    const give = card.getByRole('button', { name: 'Give to desk' })
    desk.onCall = refuses(486)
    await give.click()
    await page.getByText('desk did not take the call. The caller is still with you.').waitFor()
    await card.getByText('You are talking').waitFor()

    desk.onCall = answers(500)
    await give.click()
    await card.getByText('desk has picked up').waitFor()
    const taken = await eventually(async () => desk.calls.find(({ state }) => state === 'talking'))
    desk.talk(taken)
    const from = performance.now()
    await page.waitForTimeout(5500)
    const heard = await transcribe(writeUlawWav(soundOf(framesBetween(call.received, from))))
    expect(isUnderstood(heard, DESK_SAYS), heard).toBe(true)
    await call.bye()
    await card.waitFor({ state: 'detached' })
  })

  it('asks a phone of the house first, while the caller waits, and puts the two together', async () => {
    const { page, caller } = real
    const call = await caller.call('home', { number: '+4930111222' })
    const card = page.locator('.call-card', { hasText: digits('+4930111222') })
    const asked = page
      .locator('.call-card', { hasText: 'desk' })
      .filter({ hasNotText: digits('+4930111222') })
    await card.getByRole('button', { name: 'Pick up' }).click()
    await card.getByText('You are talking').waitFor()
    expect(await call.final).toBe(200)
    call.talk()
    await card.getByRole('button', { name: 'Give to …' }).click()
    desk.onCall = refuses(486)
    await card.getByRole('button', { name: 'Ask desk first' }).click()
    await page.getByText('desk is busy, or has declined.').waitFor()
    await card.getByText('You are talking').waitFor()

    desk.onCall = answers(500)
    await card.getByRole('button', { name: 'Ask desk first' }).click()
    await card.getByText('On hold').waitFor()
    await asked.getByText('You are talking').waitFor()
    const talk = await eventually(async () => desk.calls.find(({ state }) => state === 'talking'))
    desk.talk(talk)
    await asked.getByRole('button', { name: 'Give to desk' }).click()
    await card.getByText('desk has picked up').waitFor()
    await asked.waitFor({ state: 'detached' })
    const from = performance.now()
    await page.waitForTimeout(5500)
    const heard = await transcribe(writeUlawWav(soundOf(framesBetween(call.received, from))))
    expect(isUnderstood(heard, DESK_SAYS), heard).toBe(true)
    await call.bye()
    await card.waitFor({ state: 'detached' })
  })
})
