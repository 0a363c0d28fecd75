import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { startChromium } from '../helpers/browser.ts'
import { describeWith } from '../helpers/peers.ts'
import { OWNER, openSetupPage, startListening, whatWasHeard } from '../helpers/real-page.ts'
import { transcribe, wordsHeard } from '../helpers/speech.ts'

/** The first evening with the machine: from the link in the terminal to the first message heard. */
describeWith(['chromium', 'sox', 'pocketsphinx_continuous'], 'the page before the real machine', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('leads from the first-start link, by keys alone, to a message that is heard', async () => {
    await using real = await openSetupPage(browser, {
      ringSeconds: 6,
      context: { reducedMotion: 'no-preference' },
    })
    const { page, machine } = real
    await page.getByLabel('Your name').waitFor()
    await page.keyboard.type(OWNER.name)
    for (const text of [OWNER.password, OWNER.password]) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Enter')
    for (const question of ['Where do your calls come from?', 'What shall callers hear?', 'Would you like']) {
      await page.getByRole('heading', { name: question }).waitFor()
      await tabTo(page, /^(Later|Use the one that came with it)$/)
      await page.keyboard.press('Enter')
    }
    await page.getByRole('heading', { name: 'Now call it yourself' }).waitFor()
    await page.getByText('npx answerphone call home').waitFor()
    await tabTo(page, /^To the messages$/)
    await page.keyboard.press('Enter')
    await page.getByText('No messages yet').waitFor()
    await page.getByText('npx answerphone call home').waitFor()
    expect(page.url(), 'the one-time link is used up').not.toContain('setup')
    await page.getByText('Ready', { exact: true }).waitFor()
    expect(await page.title()).toBe('Answerphone')

    const countdown = await recordCountdown(page)
    const called = machine.cli('call', 'home', '--name', 'Ruth Adebayo', '--from', '+4930123456')
    const card = page.locator('.call-card')
    await card.getByText('Ruth Adebayo').waitFor()
    await page.locator('.call-card[data-phase=greeting]').getByText('Hears the greeting').waitFor()
    const counted = await countdown()
    expect(counted, 'it only ever counts down').toEqual([...new Set(counted)].sort((a, b) => b - a))
    // A tick that comes late may leave one out.
    expect(counted.length, `${counted}`).toBeGreaterThanOrEqual(4)
    expect(counted.at(-1), `${counted}`).toBeLessThanOrEqual(2)
    await page.locator('.call-card[data-phase=recording]').getByText('Leaves a message').waitFor()
    await card.getByText(/^0:0[4-6]$/).waitFor()
    await called
    await card.waitFor({ state: 'detached' })

    const row = page.locator('[data-message][data-state=new]')
    await row.waitFor()
    await page.locator('.lamp-digits.lamp-on[data-count="1"]').waitFor()
    expect(
      await page.evaluate('getComputedStyle(document.querySelector(".lamp-on")).animationName'),
    ).not.toBe('none')
    await expect.poll(() => page.title()).toBe('(1) Answerphone')

    const asked = page.waitForResponse(/\/audio$/)
    await startListening(page)
    await page.keyboard.press('j')
    await page.keyboard.press('Space')
    const answer = await asked
    expect((await answer.request().allHeaders())['range']).toMatch(/^bytes=/)
    expect(answer.status()).toBe(206)
    await page.locator('[data-message][data-state=heard]').waitFor()
    await page.getByText('No new messages').waitFor()
    await expect.poll(() => page.title()).toBe('Answerphone')
    expect(await page.locator('.lamp-on').count(), 'the lamp is out').toBe(0)
    const early = await page.evaluate<number>('player.currentTime')
    await expect.poll(() => page.evaluate<number>('player.currentTime')).toBeGreaterThan(early)
    await page.getByRole('button', { name: 'Play message from Ruth Adebayo' }).waitFor()

    const heard = await transcribe(Buffer.from(writeWav(await whatWasHeard(page), 8000)))
    const words = ['hello', 'call', 'garden', 'party', 'tomorrow', 'seven', 'please', 'back']
    expect(wordsHeard(heard, words).length, heard).toBeGreaterThanOrEqual(6)
    expect(real.complaints).toEqual([])
  })
})

/** Presses the tab key until a button of this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    if (name.test(await page.evaluate<string>('document.activeElement.textContent'))) return
  }
  throw new Error(`no button ${name}`)
}

/** Keeps the seconds that the call's card counts down from now on: each is to be seen for one second only. */
async function recordCountdown(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(`(() => {
    window.counted = []
    const look = () => {
      const seconds = /The machine answers in (\\d+) s/.exec(document.querySelector('.call-card')?.textContent ?? '')?.[1]
      if (seconds !== undefined && window.counted.at(-1) !== Number(seconds)) window.counted.push(Number(seconds))
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  })()`)
  return () => page.evaluate<number[]>('window.counted')
}
