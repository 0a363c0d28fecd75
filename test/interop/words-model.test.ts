import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startChromium } from '../helpers/browser.ts'
import { watchLiveWords } from '../helpers/live-words.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { greetBriefly, openRealPage } from '../helpers/real-page.ts'
import { sippCall } from '../helpers/sipp.ts'
import { speak } from '../helpers/speech.ts'

/** It knows a deep sound and a sharp one: no real model may stand in this repository. */
const RELEASE = join(import.meta.dirname, '../helpers/speech-model/tiny-streaming.tar.bz2')

interface Row {
  readonly id: string
  readonly transcript: { readonly state: string; readonly text: string; readonly by: string } | null
}

describeWith(['sipp', 'chromium', 'flite', 'sox'], 'what a caller says, by a model on this machine', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  it('stands on the page as it is spoken, word by word, and in the message afterwards', async () => {
    await using real = await openRealPage(browser)
    const { page, machine } = real
    await greetBriefly(real)
    expect(await machine.cli('models', 'add', RELEASE, '--name', 'tiny')).toContain('is installed')
    await machine.cli('models', 'use', 'tiny')
    const spoken = await speak('She sells six sea shells. Ask her.', { padSeconds: 1.2, times: 2 })
    const seen = await watchLiveWords(page)
    await using caller = await sippCall({
      ...{ to: machine.sip, user: 'home', scenario: 'caller-spoken', spoken },
      pauses: { 'milliseconds="4000"': 'milliseconds="2000"' },
    })
    const live = page.locator('.call-card[data-phase=recording] .live-words-sure')
    await expect.poll(() => live.textContent()).toMatch(/\b(?:ah|sh)\b.*\b(?:ah|sh)\b/)
    const begun = (await seen()).filter(({ sure }) => sure === '').map(({ partial }) => partial)
    expect(new Set(begun.map((partial) => partial.split(' ').length)).size).toBeGreaterThanOrEqual(3)
    expect(await caller.ended, caller.output()).toBe(0)

    const [message] = await eventually(async () => {
      const rows = await machine.list<Row>('messages', 'list')
      return rows[0]?.transcript?.state === 'done' && rows
    }, 10_000)
    expect(message?.transcript).toMatchObject({ by: 'model tiny' })
    expect(message?.transcript?.text.split(' ').length).toBeGreaterThan(6)

    // Heard again from the recording, it is the same.
    await machine.cli('messages', 'transcribe', message?.id ?? '')
    await eventually(async () => {
      const [again] = await machine.list<Row>('messages', 'list')
      return again?.transcript?.state === 'done' && again.transcript.text === message?.transcript?.text
    }, 10_000)
    expect(real.complaints).toEqual([])
  })
})
