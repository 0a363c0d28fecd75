import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { muLaw } from '../../src/media/codec/g711.ts'
import { writeWav } from '../../src/media/wav/write-wav.ts'
import { systemClock } from '../../src/shared/clock.ts'
import { systemRandom } from '../../src/shared/random.ts'
import { startChromium } from '../helpers/browser.ts'
import { framesBetween, soundOf } from '../helpers/caller-stream.ts'
import { describeWith } from '../helpers/peers.ts'
import { openRealPage, type RealPage, recordOn } from '../helpers/real-page.ts'
import { scriptedPhone } from '../helpers/scripted-phone.ts'
import { openWire, statusOf } from '../helpers/sip-wire.ts'
import { speak, transcribe, wordsHeard } from '../helpers/speech.ts'

/** What the owner sets up on the page, and that the machine then does so. */
describeWith(['chromium', 'sox', 'flite', 'pocketsphinx_continuous'], 'the page’s settings', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('add a line, change its mailbox, and greet its callers with what was uploaded', async () => {
    await using real = await openRealPage(browser)
    const { page, machine, caller } = real
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: /^Lines/ }).click()
    await page.getByRole('link', { name: 'Add a line' }).click()
    await page.getByLabel('Name').fill('office')
    await page.getByLabel('Address 1').fill('127.0.0.300')
    await page.getByRole('button', { name: 'Add a line' }).click()
    await page.getByRole('alert').getByText('"127.0.0.300" is no IP address').waitFor()
    await page.getByLabel('Address 1').fill('127.0.0.1')
    await page.getByLabel('Ring before').fill('0')
    await page.getByLabel('Number').fill('+4930777')
    await page.getByRole('button', { name: 'Add a line' }).click()
    await said(real, 'Line office added. Its messages go to office.')
    expect(await machine.list('lines', 'list')).toContainEqual(
      expect.objectContaining({ name: 'office', trunk: ['127.0.0.1'], number: '+4930777', ringSeconds: 0 }),
    )

    await goTo(real, 'mailboxes')
    await page.getByRole('link', { name: /^office/ }).click()
    await page.getByLabel('Longest message').selectOption('30')
    await page.getByRole('button', { name: 'Save' }).click()
    await said(real, 'office saved: longest message')

    await goTo(real, 'greetings')
    const { wav } = await speak('Hello, please call back tomorrow at seven.')
    await page.getByLabel('Choose a file').setInputFiles(wav)
    await page.getByLabel('Name').fill('Tomorrow')
    await page.getByLabel('Use it for').selectOption('office')
    await page.getByRole('button', { name: 'Keep this greeting' }).click()
    await said(real, 'callers to office hear it from now on')
    const [box] = (await machine.list('mailboxes', 'list')).filter(({ name }) => name === 'office')
    expect(box).toMatchObject({ longestSeconds: 30, greeting: expect.any(String) })

    const call = await caller.call('+4930777', { number: '+4930111' })
    await recordOn(page, call)
    const greeting = soundOf(framesBetween(call.received, 0))
    await call.bye()
    const pcm = new Int16Array(greeting.length)
    muLaw.decode(greeting, pcm)
    const heard = await transcribe(Buffer.from(writeWav(pcm, 8000)))
    const words = ['hello', 'please', 'call', 'back', 'tomorrow', 'seven']
    expect(wordsHeard(heard, words).length, heard).toBeGreaterThanOrEqual(4)
    // The browser itself reports the 400 that the wrong address got.
    expect(real.complaints.filter((text) => !text.includes('400'))).toEqual([])
  })

  it('add a phone that logs in with what the page shows, and say that it has come', async () => {
    await using real = await openRealPage(browser)
    const { page, machine } = real
    await goTo(real, 'phones/new')
    await page.getByLabel('Name').fill('study')
    await page.getByRole('button', { name: 'Add a phone' }).click()
    const shown = page.getByRole('region', { name: 'Type this into the phone' })
    const setting = async (name: string) => (await shown.locator(`[data-field=${name}]`).textContent()) ?? ''
    const to = { host: await setting('server'), port: Number(await setting('port')) }
    expect(to.port).toBe(machine.sip.port)
    await using phone = scriptedPhone({
      wire: await openWire({ to }),
      clock: systemClock,
      random: systemRandom,
      user: await setting('user'),
      password: await setting('password'),
      domain: to.host,
    })
    expect(statusOf(await phone.register())).toBe(200)
    await shown.getByText('is connected. Done!').waitFor()
    expect(real.complaints).toEqual([])
  })

  it('have a greeting read aloud that was typed, and callers hear its words', async () => {
    await using real = await openRealPage(browser, {
      machine: { flags: ['--voice-command', 'flite -t "$(cat)" -o /dev/stdout | cat'] },
    })
    const { page, machine } = real
    await goTo(real, 'greetings')
    await page.getByRole('button', { name: 'Type it' }).click()
    await page.getByLabel('What callers are to hear').fill('Hello, please call back tomorrow at seven.')
    await page.getByRole('button', { name: 'Read it aloud' }).click()
    await said(real, 'It is read.')
    await page.getByLabel('Name').fill('Typed')
    await page.getByLabel('Use it for').selectOption('home')
    await page.getByRole('button', { name: 'Keep this greeting' }).click()
    await said(real, 'callers to home hear it from now on')
    const folder = mkdtempSync(join(tmpdir(), 'typed-'))
    const wav = join(folder, 'typed.wav')
    await machine.cli('greetings', 'audio', 'Typed', '--out', wav)
    const heard = await transcribe(wav)
    rmSync(folder, { recursive: true })
    expect(
      wordsHeard(heard, ['hello', 'please', 'call', 'back', 'tomorrow', 'seven']).length,
      heard,
    ).toBeGreaterThanOrEqual(4)
    expect(real.complaints).toEqual([])
  })

  it('let a member in, who sees what is set and changes nothing but their own password', async () => {
    await using real = await openRealPage(browser)
    const { page } = real
    await goTo(real, 'people/new')
    await page.getByLabel('Name').fill('Max')
    await page.getByLabel('Password').fill('a stone in the yard')
    await page.getByRole('button', { name: 'Add a person' }).click()
    await said(real, 'Max may log in now.')
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByLabel('Name').fill('Max')
    await page.getByLabel('Password').fill('a stone in the yard')
    await page.keyboard.press('Enter')
    await page.locator('.lamp').waitFor()
    await goTo(real, '')
    await page.getByRole('link', { name: /^Lines/ }).waitFor()
    for (const hidden of [/^People/, /^Tokens/, /^Who did what/])
      expect(await page.getByRole('link', { name: hidden }).count()).toBe(0)
    await goTo(real, 'mailboxes')
    await page.getByRole('link', { name: /^home/ }).click()
    await page.getByText('Only an owner can change this.').waitFor()

    await goTo(real, 'account')
    const change = async (old: string) => {
      await page.getByLabel('Present password').fill(old)
      await page.getByLabel('New password').fill('another stone')
      await page.getByRole('button', { name: 'Set password' }).click()
    }
    await change('not the stone')
    await page.getByRole('alert').getByText('That is not your present password.').waitFor()
    await change('a stone in the yard')
    await said(real, 'You have a new password.')
    await goTo(real, '')
    await page.getByRole('link', { name: /^Lines/ }).waitFor()
    const logIn = (password: string) => tryLogIn(real.machine.http, 'Max', password)
    expect([await logIn('a stone in the yard'), await logIn('another stone')]).toEqual([401, 200])
    expect(real.complaints.filter((text) => !/40[13]/.test(text))).toEqual([])
  })
})

async function tryLogIn(url: string, name: string, password: string): Promise<number> {
  const body = JSON.stringify({ name, password })
  const headers = { 'Content-Type': 'application/json' }
  return (await fetch(`${url}/api/v1/session`, { method: 'POST', headers, body })).status
}

const said = ({ page }: RealPage, text: string) => page.locator('.toast').getByText(text).waitFor()

/** To a place in the settings, within the page as it is open. */
async function goTo({ page }: RealPage, place: string): Promise<void> {
  await page.evaluate(`location.hash = '#/settings/${place}'`)
  await page.locator('.section-title').waitFor()
}
