import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startChromium } from '../helpers/browser.ts'
import { watchLiveWords } from '../helpers/live-words.ts'
import { describeWith } from '../helpers/peers.ts'
import { eventually } from '../helpers/processes.ts'
import { greetBriefly, openRealPage } from '../helpers/real-page.ts'
import { sippCall } from '../helpers/sipp.ts'
import { POCKETSPHINX, speak, wordsHeard } from '../helpers/speech.ts'
import { startTranscriptionServer } from '../helpers/transcription-server.ts'

const WORDS = ['garden', 'party', 'tomorrow', 'please', 'call', 'back']

interface Row {
  readonly id: string
  readonly transcript: { readonly state: string; readonly text: string; readonly by: string } | null
}

describeWith(
  ['sipp', 'chromium', 'flite', 'sox', '/usr/lib/python3/dist-packages/pocketsphinx'],
  'what a caller says',
  () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await startChromium()
    })
    afterAll(() => browser?.close())

    it('stands on the page while SIPp speaks, is found afterwards, and played from where it was said', async () => {
      await using real = await openRealPage(browser)
      const { page, machine } = real
      await greetBriefly(real)
      await machine.cli(
        'transcription',
        'set',
        '--rate',
        '8000',
        '--language',
        'en',
        '--command',
        POCKETSPHINX,
      )
      const seen = await watchLiveWords(page)
      const said = 'The garden party is tomorrow. Please call me back.'
      const spoken = await speak(said, { padSeconds: 0.9, times: 3 })
      await using caller = await sippCall({
        ...{ to: machine.sip, user: 'home', scenario: 'caller-spoken', spoken },
        // All of it is spoken: a recogniser that shares a core with others is some sentences late.
        pauses: {
          'milliseconds="4000"': 'milliseconds="2000"',
          'milliseconds="8000"': 'milliseconds="16000"',
        },
      })
      await expect
        .poll(async () => wordsHeard((await seen()).map(({ sure }) => sure).join(' '), WORDS).length)
        .toBeGreaterThanOrEqual(4)
      // The first sentence was read along word by word, while it was spoken.
      const begun = (await seen()).filter(({ sure }) => sure === '').map(({ partial }) => partial)
      expect(wordsHeard(begun.at(-1) ?? '', WORDS).length).toBeGreaterThanOrEqual(2)
      expect(new Set(begun.map((partial) => partial.split(' ').length)).size).toBeGreaterThanOrEqual(4)
      expect(await caller.ended, caller.output()).toBe(0)

      const row = page.locator('[data-message]')
      await row.waitFor()
      const [message] = await eventually(async () => {
        const rows = await machine.list<Row>('messages', 'list')
        return rows[0]?.transcript?.state === 'done' && rows
      }, 10_000)
      expect(message?.transcript).toMatchObject({ by: 'command' })
      expect(wordsHeard(message?.transcript?.text ?? '', WORDS).length).toBeGreaterThanOrEqual(4)

      await page.getByRole('searchbox').fill('garden par')
      await row.locator('.message-hit').waitFor()
      await row.locator('.message-who').click()
      const sentences = row.locator('.transcript-sentence')
      await sentences.nth(1).click()
      await expect.poll(() => page.evaluate<number>('player.currentTime')).toBeGreaterThan(1)
      await row.locator('.transcript-sounds').first().waitFor()
      expect(real.complaints).toEqual([])

      // A scripted server in OpenAI's manner writes it anew.
      await using server = await startTranscriptionServer()
      await machine.cli('transcription', 'set', '--server', server.url, '--model', 'tiny', '--key', 'secret')
      await machine.cli('messages', 'transcribe', message?.id ?? '')
      await eventually(async () => {
        const [again] = await machine.list<Row>('messages', 'list')
        return again?.transcript?.by === 'server tiny' && again.transcript.text.startsWith('sentence 1.')
      }, 10_000)
      expect(server.posted[0]).toMatchObject({ authorization: 'Bearer secret', fields: { model: 'tiny' } })
    })
  },
)
