import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { speechLikeWav } from '../../web/dev/fake-audio.ts'
import { FAKE_TOKEN } from '../../web/dev/fake-server.ts'
import { COLOUR_RULES, violations } from '../helpers/axe.ts'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { buildServedPage } from '../helpers/build-page.ts'
import { type OpenPage, type OpenPageOptions, openPage } from '../helpers/page-test.ts'

const FIRST_LOAD_KB = 60

interface View extends OpenPageOptions {
  readonly name: string
  readonly pose?: (open: OpenPage) => Promise<void>
}

const views: readonly View[] = [
  {
    name: 'messages with a live call, silenced here, and one playing',
    async pose({ page, server }) {
      await page.evaluate(`localStorage.setItem('answerphone.silenced', '${server.machine.ring('jonas')}')`)
      await page.reload()
      await page.locator('.call-silent').waitFor()
      await page.locator('.message-play').first().click()
      await page.locator('.waveform').waitFor()
    },
  },
  {
    name: 'a call that was picked up, and a message about which it is asked',
    async pose({ page, server }) {
      const id = server.machine.ring('jonas')
      const listeners = [{ phone: 'study', since: new Date().toISOString() }]
      server.machine.phones(id, { pickedUpBy: 'kitchen', listeners, recording: true })
      await page.locator('[data-phase=connected]').waitFor()
      await page.locator('.message', { hasText: 'Keep it?' }).locator('.message-who').click()
      await page.locator('.player-asked').waitFor()
    },
  },
  {
    name: 'a message being left by somebody unknown, drawn as it comes',
    async pose({ page, server }) {
      const id = server.machine.ring('unknown')
      server.machine.greet(id)
      server.machine.record(id)
      await page.locator('.live-outline').waitFor({ state: 'attached' })
      await page.locator('.call-card').getByRole('button', { name: 'Add the caller' }).waitFor()
    },
  },
  {
    name: 'a day on which nobody called',
    async pose({ page }) {
      await page.getByLabel('Received').selectOption('day')
      await page.getByLabel('Day', { exact: true }).fill('2020-02-29')
      await page.getByText('No messages from that time').waitFor()
    },
  },
  {
    name: 'the trash with a toast',
    async pose({ page }) {
      await page.locator('.message-out').first().click()
      await page.getByRole('button', { name: 'Trash' }).click()
      await page.locator('[data-state=trash]').first().waitFor()
    },
  },
  {
    name: 'a message’s note in its field, and its menu',
    async pose({ page }) {
      await page.locator('#message-m001').click()
      await page.keyboard.press('n')
      await page.locator('.note-editor textarea').waitFor()
      await page.locator('[data-message=m001] .message-more').click()
      await page.getByRole('menuitem').first().waitFor()
    },
  },
  {
    name: 'several messages selected',
    async pose({ page }) {
      await page.locator('#message-m001').click({ modifiers: ['Shift'] })
      await page.getByText('1 selected').waitFor()
    },
  },
  {
    name: 'a question about what can’t be taken back',
    async pose({ page }) {
      await page.getByRole('button', { name: 'Trash' }).click()
      await page.locator('#message-m009').focus()
      await page.keyboard.press('Delete')
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'a health problem and the settings',
    async pose({ page, server }) {
      await page.locator('.lamp').waitFor()
      server.machine.sayHealth({
        ready: false,
        draining: true,
        problems: [{ code: 'X', message: 'Mend me.' }],
      })
      await page.getByText('Mend me.').waitFor()
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByLabel('Hear callers at once').check()
    },
  },
  {
    name: 'the shortcuts',
    async pose({ page }) {
      await page.locator('.message').first().waitFor()
      await page.keyboard.press('?')
    },
  },
  {
    name: 'a message being forwarded',
    async pose({ page }) {
      await page.locator('#message-m000').focus()
      await page.keyboard.press('f')
      await page.getByLabel('By mail to').fill('ruth@example.org')
      await page.getByRole('button', { name: 'Opus' }).waitFor()
    },
  },
  {
    name: 'a message being shared',
    async pose({ page }) {
      await page.locator('#message-m000').focus()
      await page.keyboard.press('e')
      await page.getByRole('link', { name: 'Save file' }).waitFor()
    },
  },
  { name: 'calls', hash: '#/calls', pose: ({ page }) => page.locator('.call').first().waitFor() },
  {
    name: 'a number to be called',
    hash: '#/phone',
    async pose({ page }) {
      await page.getByLabel('Number or name').fill('+49 30 123')
      await page.locator('.dial-phone').first().waitFor()
    },
  },
  {
    name: 'the kitchen while somebody calls',
    hash: '#/kitchen',
    async pose({ page, server }) {
      await page.locator('.kitchen-new').waitFor()
      server.machine.ring('jonas')
      await page.locator('.kitchen .call-card').waitFor()
    },
  },
  { name: 'empty', server: { empty: true }, pose: ({ page }) => page.locator('.command').waitFor() },
  {
    name: 'all settings',
    hash: '#/settings',
    pose: ({ page }) => page.getByText('4 phones, 2 connected').waitFor(),
  },
  {
    name: 'a line with a wrong address, unsaved',
    hash: '#/settings/lines/l2',
    async pose({ page }) {
      await page.getByRole('button', { name: 'Another address' }).click()
      await page.getByLabel('Address 3').fill('sip.example.org')
      await page.getByText('Not saved yet').waitFor()
      await page.getByRole('button', { name: 'Remove', exact: true }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'the phones',
    hash: '#/settings/phones',
    pose: ({ page }) => page.getByText('Never connected yet').waitFor(),
  },
  {
    name: 'a phone with its password',
    hash: '#/settings/phones/new',
    async pose({ page }) {
      await page.getByLabel('Name').fill('study')
      await page.getByRole('button', { name: 'Add a phone' }).click()
      await page.getByText('Type this into the phone').waitFor()
    },
  },
  ...[
    'lines/new',
    'mailboxes/b2',
    'account',
    'people',
    'people/u2',
    'tokens',
    'contacts',
    'contacts/k2',
    'contacts/new',
    'blocked',
    'audit',
    'device',
    'about',
    'mail',
  ].map((place) => ({
    name: `settings: ${place}`,
    hash: `#/settings/${place}`,
    pose: ({ page }: OpenPage) => page.locator('.panel, .plate').first().waitFor(),
  })),
  {
    name: 'a phone’s QR code',
    hash: '#/settings/phones',
    async pose({ page }) {
      await page.getByRole('link', { name: /^kitchen/ }).click()
      await page.getByRole('button', { name: 'Show a QR code' }).click()
      await page.getByRole('img', { name: 'QR code' }).waitFor()
    },
  },
  {
    name: 'a caller being added to the contacts',
    async pose({ page }) {
      await page.locator('#message-m000').focus()
      await page.keyboard.press('a')
      await page.getByRole('dialog', { name: 'Add the caller' }).getByLabel('Name').waitFor()
    },
  },
  {
    name: 'a greeting being made',
    hash: '#/settings/greetings',
    async pose({ page }) {
      const buffer = speechLikeWav(4000, 5)
      await page.getByLabel('Choose a file').setInputFiles({ name: 'x.wav', mimeType: 'audio/wav', buffer })
      await page.getByLabel('Begin at').waitFor()
    },
  },
  {
    name: 'a greeting being typed',
    hash: '#/settings/greetings',
    async pose({ page }) {
      await page.getByRole('button', { name: 'Type it' }).click()
      await page.locator('textarea').waitFor()
    },
  },
  {
    name: 'the caller’s page of a test call',
    hash: 'try.html#link',
    pose: ({ page }) => page.getByRole('button', { name: 'Call HOME' }).waitFor(),
  },
  {
    name: 'the first steps',
    server: { visitor: 'first', empty: true },
    hash: `#setup=${FAKE_TOKEN}`,
    async pose({ page }) {
      await page.getByLabel('Your name').fill('Ada')
      await page.getByLabel('Password', { exact: true }).fill('correct horse')
      await page.getByLabel('Password again').fill('correct horse')
      await page.keyboard.press('Enter')
      await page.getByText('Step 1 of 4').waitFor()
    },
  },
  { name: 'login', server: { visitor: 'stranger' }, pose: ({ page }) => page.locator('form').waitFor() },
  {
    name: 'setup',
    server: { visitor: 'first' },
    hash: `#setup=${FAKE_TOKEN}`,
    pose: ({ page }) => page.locator('form').waitFor(),
  },
]

describe.skipIf(!hasChromium)('the page’s quality in Chromium', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  for (const view of views)
    it(`is accessible, light and dark: ${view.name}`, async () => {
      await using open = await openPage(browser, view)
      await view.pose?.(open)
      await open.page.emulateMedia({ colorScheme: 'light' })
      expect(await violations(open.page), 'light').toEqual([])
      await open.page.emulateMedia({ colorScheme: 'dark' })
      expect(await violations(open.page, COLOUR_RULES), 'dark').toEqual([])
      expect(open.complaints).toEqual([])
    })

  it('fits a phone without scrolling sideways', async () => {
    for (const width of [320, 390]) {
      await using open = await openPage(browser, { context: { viewport: { width, height: 800 } } })
      const { page, server } = open
      server.machine.phones(server.machine.ring('school'), { ringing: ['kitchen', 'x'.repeat(64)] })
      await page.locator('.call-card').waitFor()
      await page.locator('.message-play').first().click()
      await page.locator('.waveform').waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
  })

  it('fits the kitchen on a phone and on a tablet, either way', async () => {
    for (const [width, height] of [
      [390, 844],
      [1280, 800],
      [800, 1280],
    ] as const) {
      await using open = await openPage(browser, {
        hash: '#/kitchen',
        context: { viewport: { width, height } },
      })
      await open.page.locator('.kitchen-new').waitFor()
      const kitchen = 'document.querySelector(".kitchen")'
      expect(await open.page.evaluate(`${kitchen}.scrollWidth`)).toBe(width)
      expect(await open.page.evaluate(`${kitchen}.scrollHeight`)).toBe(height)
    }
  })

  it('fits a phone in the settings, too', async () => {
    for (const hash of [
      '',
      '/lines',
      '/lines/l2',
      '/phones/new',
      '/phones/p2',
      '/greetings',
      '/contacts',
      '/contacts/k2',
      '/tokens',
      '/audit',
      '/device',
      '/about',
    ]) {
      await using open = await openPage(browser, {
        hash: `#/settings${hash}`,
        context: { viewport: { width: 320, height: 800 } },
      })
      await open.page.locator('.section').waitFor()
      expect(await open.page.evaluate('document.documentElement.scrollWidth'), hash).toBeLessThanOrEqual(320)
    }
  })

  it(`loads at most ${FIRST_LOAD_KB} kB of compressed JavaScript at first`, async () => {
    const dist = await mkdtemp(join(tmpdir(), 'served-page-'))
    await buildServedPage(dist)
    const html = await readFile(join(dist, 'index.html'), 'utf8')
    const scripts = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '')
    const sizes = await Promise.all(
      scripts.map(async (path) => gzipSync(await readFile(join(dist, path))).length),
    )
    expect(scripts.length).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size, 0) / 1024).toBeLessThan(FIRST_LOAD_KB)
  })
})
