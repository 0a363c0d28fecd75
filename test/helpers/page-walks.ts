import { expect } from 'vitest'
import { speechLikeWav } from '../../web/dev/fake-audio.ts'
import { FAKE_TOKEN } from '../../web/dev/fake-server.ts'
import type { OpenPage, OpenPageOptions } from './page-test.ts'

/** What is looked at. It goes on from the one before, and leaves nothing open. */
export interface View {
  readonly name: string
  /** Where it is, if not where the one before was. */
  readonly hash?: string
  readonly pose: (open: OpenPage) => Promise<unknown>
  readonly leave?: (open: OpenPage) => Promise<unknown>
}

/** Views of one page, which is loaded once: to load it costs more than to look at it. */
export interface Walk extends OpenPageOptions {
  readonly views: readonly View[]
}

const pressEscape = ({ page }: OpenPage) => page.keyboard.press('Escape')

async function endCalls({ page, server }: OpenPage): Promise<void> {
  for (const { id } of server.machine.live) server.machine.end(id)
  await page.locator('.call-card').first().waitFor({ state: 'detached' })
}

const messageViews: readonly View[] = [
  {
    name: 'a message’s note in its field, and its menu',
    async pose({ page }) {
      await page.locator('#message-m001').click()
      await page.keyboard.press('n')
      await page.locator('.note-editor textarea').waitFor()
      await page.locator('[data-message=m001] .message-more').click()
      await page.getByRole('menuitem').first().waitFor()
    },
    async leave({ page }) {
      await page.keyboard.press('Escape')
      await page.locator('.note-editor textarea').press('Escape')
      await page.locator('.note-editor').waitFor({ state: 'detached' })
      await page.locator('#message-m001').click()
    },
  },
  {
    name: 'several messages selected',
    async pose({ page }) {
      await page.locator('#message-m001').click({ modifiers: ['Shift'] })
      await page.getByText('1 selected').waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'a message being forwarded',
    async pose({ page }) {
      await page.locator('#message-m000').focus()
      await page.keyboard.press('f')
      await page.getByLabel('By mail to').fill('ruth@example.org')
      await page.getByRole('button', { name: 'Opus' }).waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'a message with its words',
    async pose({ page }) {
      await page.locator('#message-m000').click()
      await page.locator('.transcript-sentence').first().waitFor()
    },
    leave: async ({ page }) => page.locator('#message-m000').click(),
  },
  {
    name: 'a message being shared',
    async pose({ page }) {
      await page.locator('#message-m000').focus()
      await page.keyboard.press('e')
      await page.getByRole('link', { name: 'Save file' }).waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'who called',
    async pose({ page }) {
      await page.locator('[data-message=m000] .message-more').click()
      await page.getByRole('menuitem', { name: 'Who called?' }).click()
      await page.getByRole('dialog').getByText('Asserted by the provider').waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'a caller being added to the contacts',
    async pose({ page }) {
      await page.locator('#message-m000').focus()
      await page.keyboard.press('a')
      await page.getByRole('dialog', { name: 'Add the caller' }).getByLabel('Name').waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'the shortcuts',
    async pose({ page }) {
      await page.locator('#message-m000').focus()
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'a day on which nobody called',
    async pose({ page }) {
      await page.getByLabel('Received').selectOption('day')
      await page.getByLabel('Day', { exact: true }).fill('2020-02-29')
      await page.getByText('No messages from that time').waitFor()
    },
    leave: ({ page }) => page.getByLabel('Received').selectOption('any'),
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
    leave: endCalls,
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
    leave: endCalls,
  },
  {
    name: 'messages with a live call, silenced here, and one playing',
    async pose({ page, server }) {
      server.machine.ring('jonas')
      await page.locator('.call-card').waitFor()
      await page.keyboard.press('s')
      await page.locator('.call-silent').waitFor()
      await page.locator('.message-play').first().click()
      await page.locator('.waveform').waitFor()
    },
    leave: endCalls,
  },
  {
    name: 'the trash with a toast',
    async pose({ page }) {
      await page.locator('.message-out').first().click()
      await page.getByRole('button', { name: 'Trash' }).click()
      await page.locator('[data-state=trash]').first().waitFor()
      await page.locator('.toast').first().waitFor()
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
    leave: pressEscape,
  },
  { name: 'calls', hash: '#/calls', pose: ({ page }) => page.locator('.call').first().waitFor() },
  {
    name: 'what went over the wire for a call',
    async pose({ page }) {
      await page.locator('.call-row-acts button').first().click()
      await page.locator('.ladder-row').first().click()
      await page.locator('.ladder-text').waitFor()
    },
    leave: pressEscape,
  },
  {
    name: 'a number to be called, as a telephone link brings it: nothing is dialled',
    hash: '#/phone/tel%3A%2B49-30-123%3Bext%3D5',
    async pose({ page }) {
      const field = page.getByLabel('Number or name')
      await expect.poll(() => field.inputValue()).toBe('+49-30-123')
      await expect.poll(() => page.evaluate('location.hash')).toBe('#/phone')
      await page.locator('.dial-phone').first().waitFor()
      expect(await page.locator('.call-card').count()).toBe(0)
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
    leave: endCalls,
  },
  {
    name: 'a health problem and the settings',
    hash: '#/',
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
]

const settingsViews: readonly View[] = [
  {
    name: 'all settings',
    hash: '#/settings',
    pose: ({ page }) => page.getByText('4 phones, 2 connected').waitFor(),
  },
  {
    name: 'the phones',
    hash: '#/settings/phones',
    pose: ({ page }) => page.getByText('Never connected yet').waitFor(),
  },
  {
    name: 'a phone’s QR code',
    hash: '#/settings/phones',
    async pose({ page }) {
      await page.getByRole('link', { name: /^kitchen/ }).click()
      await page.getByRole('button', { name: 'Show a QR code' }).click()
      await page.getByRole('img', { name: 'QR code' }).waitFor()
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
    'rules',
    'rules/new',
    'audit',
    'device',
    'about',
    'doctor',
    'mail',
    'transcription',
    'telling',
    'lists',
  ].map((place) => ({
    name: `settings: ${place}`,
    hash: `#/settings/${place}`,
    pose: ({ page }: OpenPage) => page.locator('.panel, .plate').first().waitFor(),
  })),
  {
    name: 'a greeting being typed',
    hash: '#/settings/greetings',
    async pose({ page }) {
      await page.getByRole('button', { name: 'Type it' }).click()
      await page.locator('textarea').waitFor()
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
    name: 'a phone with its password',
    hash: '#/settings/phones/new',
    async pose({ page }) {
      await page.getByLabel('Name').fill('study')
      await page.getByRole('button', { name: 'Add a phone' }).click()
      await page.getByText('Type this into the phone').waitFor()
    },
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
]

export const walks: readonly Walk[] = [
  { views: messageViews },
  { hash: '#/settings', views: settingsViews },
  {
    server: { empty: true },
    views: [{ name: 'empty', pose: ({ page }) => page.locator('.command').waitFor() }],
  },
  {
    hash: 'try.html#link',
    views: [
      {
        name: 'the caller’s page of a test call',
        pose: ({ page }) => page.getByRole('button', { name: 'Call HOME' }).waitFor(),
      },
    ],
  },
  {
    server: { visitor: 'stranger' },
    views: [{ name: 'login', pose: ({ page }) => page.locator('form').waitFor() }],
  },
  {
    server: { visitor: 'first', empty: true },
    hash: `#setup=${FAKE_TOKEN}`,
    views: [
      { name: 'setup', pose: ({ page }) => page.locator('form').waitFor() },
      {
        name: 'the first steps',
        async pose({ page }) {
          await page.getByLabel('Your name').fill('Ada')
          await page.getByLabel('Password', { exact: true }).fill('correct horse')
          await page.getByLabel('Password again').fill('correct horse')
          await page.keyboard.press('Enter')
          await page.getByText('Step 1 of 4').waitFor()
        },
      },
    ],
  },
]

/** Goes there within the page that is loaded, and waits until what was shown is gone. */
export async function goTo({ page }: OpenPage, hash: string): Promise<void> {
  if ((await page.evaluate('location.hash || "#/"')) === hash) return
  const shown = await page.$('.section')
  await page.evaluate(`location.hash = '${hash}'`)
  await shown?.waitForElementState('hidden')
}
