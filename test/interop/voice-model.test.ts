import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { muLaw } from '../../src/media/codec/g711.ts'
import { startChromium } from '../helpers/browser.ts'
import { framesBetween, soundOf } from '../helpers/caller-stream.ts'
import { describeWith } from '../helpers/peers.ts'
import { pitchesIn } from '../helpers/pitches-in.ts'
import { openRealPage, recordOn } from '../helpers/real-page.ts'
import { packModel } from '../helpers/speech-model/pack-model.ts'
import { pitchOf, writeTinyVoice } from '../helpers/speech-model/tiny-voice.ts'

describeWith(['chromium'], 'a greeting that is typed, read by a model on this machine', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('is heard by callers, in the voice that was chosen on the page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'voice-'))
    await using real = await openRealPage(browser)
    const { page, machine, caller } = real
    const goTo = () => page.evaluate(`location.hash = '#/settings/greetings'`)
    const said = (text: string) => page.locator('.toast').getByText(text).waitFor()
    await goTo()
    await page.getByText('No voice is installed').waitFor()
    expect(await page.getByRole('button', { name: 'Type it' }).count()).toBe(0)
    const archive = await packModel(join(folder, 'ada.tar.gz'), (into) => writeTinyVoice(into, 'lexicon'))
    expect(await machine.cli('models', 'add', archive)).toContain('It is a voice')

    await page.reload()
    await goTo()
    await page.getByLabel('English: read by').selectOption('ada')
    await said('Saved: who reads English.')
    await page.getByRole('button', { name: 'Type it' }).click()
    await page.getByLabel('What callers are to hear').fill('aaaaa zzzzz')
    expect(await page.getByLabel('Language').locator('option').allTextContents()).toEqual(['English'])
    await page.getByRole('button', { name: 'Read it aloud' }).click()
    await said('It is read.')
    await page.getByLabel('Name', { exact: true }).fill('Typed')
    await page.getByLabel('Use it for').selectOption('home')
    await page.getByRole('button', { name: 'Keep this greeting' }).click()
    await said('callers to home hear it from now on')

    await page.evaluate(`location.hash = '#/'`)
    const greeted = async () => {
      const call = await caller.call('home', { number: '+4930111' })
      await recordOn(page, call)
      const ulaw = soundOf(framesBetween(call.received, 0))
      await call.bye()
      const pcm = new Int16Array(ulaw.length)
      muLaw.decode(ulaw, pcm)
      await page.locator('.call-card').waitFor({ state: 'detached' })
      return pitchesIn(pcm, 8000).slice(0, 2)
    }
    // Who calls while it is being loaded still hears the one before.
    await expect.poll(greeted, { timeout: 60_000 }).toEqual([pitchOf('a'), pitchOf('z')])
    expect(real.complaints).toEqual([])
    rmSync(folder, { recursive: true })
  })
})
