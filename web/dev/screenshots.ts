import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startChromium } from '../../test/helpers/browser.ts'
import { speechLikeWav } from './fake-audio.ts'
import { FAKE_TOKEN, type FakeServer, type FakeServerOptions, startFakeServer } from './fake-server.ts'
import { peopleShots } from './people-shots.ts'

/**
 * `node web/dev/screenshots.ts [FOLDER] [NAME]`: takes the pictures of docs/screenshots from the built page, each view
 * on a desktop and on a phone, light and dark.
 */
const folder = process.argv[2] ?? join(import.meta.dirname, '..', '..', 'docs', 'screenshots')
const only = process.argv[3]

interface Shot {
  readonly name: string
  readonly options?: FakeServerOptions
  readonly hash?: string
  /** What moves is shown moving. */
  readonly moves?: boolean
  readonly whole?: boolean
  readonly pose?: (page: Page, server: FakeServer) => Promise<void>
}

const shots: readonly Shot[] = [
  ...peopleShots,
  {
    name: 'live-call',
    async pose(page, { machine }) {
      machine.phones(machine.ring('jonas', 18_000, 6_500), { ringing: ['kitchen', 'study'] })
      await page.locator('[data-phase=ringing]').waitFor()
    },
  },
  {
    name: 'recording',
    moves: true,
    async pose(page, { machine }) {
      const id = machine.ring('school', 18_000, 26_000)
      machine.greet(id)
      machine.record(id, 12_400)
      machine.phones(id, { listeners: [{ phone: 'kitchen', since: new Date().toISOString() }] })
      await page.locator('.live-outline').waitFor()
      // Until there is something to be seen of what is said; the lamp is to be caught lit.
      await page.waitForTimeout(9_000)
      await page.evaluate('for (const animation of document.getAnimations()) animation.cancel()')
    },
  },
  {
    name: 'app-code',
    hash: '#/settings/phones',
    async pose(page) {
      await page.getByRole('link', { name: /^kitchen/ }).click()
      await page.getByRole('button', { name: 'Show a QR code' }).click()
      await page.locator('.app-code-picture').waitFor()
    },
  },
  {
    name: 'picked-up',
    async pose(page, { machine }) {
      const id = machine.ring('school', 18_000, 64_000)
      machine.greet(id, 46_000)
      machine.record(id, 41_000)
      const listeners = [{ phone: 'study', since: new Date().toISOString() }]
      machine.phones(id, { pickedUpBy: 'kitchen', listeners, recording: true })
      await page.locator('[data-phase=connected]').waitFor()
      await page.locator('.message:has(.badge[title*="picked up"]) .message-who').first().click()
      await page.locator('.player-asked').waitFor()
    },
  },
  {
    name: 'playing',
    async pose(page) {
      await page.locator('.message-play').nth(1).click()
      await page.locator('.waveform-bars').first().waitFor({ state: 'attached' })
      await page.locator('.waveform:not([aria-valuenow="0"])').waitFor()
      await page.locator('.waveform').click({ position: { x: 140, y: 28 } })
      await page.mouse.move(5, 5)
    },
  },
  {
    name: 'note',
    async pose(page) {
      await page.locator('.message-who').nth(2).focus()
      await page.keyboard.press('n')
      await page.locator('.note-editor textarea').fill('Wants to know about Saturday')
    },
  },
  {
    name: 'menu',
    async pose(page) {
      await page.locator('.message-who').nth(3).click()
      await page.locator('.message-open .message-more').click()
      await page.getByRole('menuitem').first().waitFor()
    },
  },
  {
    name: 'selection',
    async pose(page) {
      await page.locator('#message-m003').click({ modifiers: ['ControlOrMeta'] })
      await page.locator('.message-tick').nth(4).click()
      await page.getByText('2 selected').waitFor()
      await page.mouse.move(5, 5)
    },
  },
  {
    name: 'forward',
    async pose(page) {
      await page.locator('.message-who').first().focus()
      await page.keyboard.press('f')
      await page.getByLabel('By mail to').fill('max@example.org')
      await page.getByRole('button', { name: 'Opus' }).waitFor()
    },
  },
  {
    name: 'share',
    async pose(page) {
      await page.locator('.message-who').first().focus()
      await page.keyboard.press('e')
      await page.getByRole('link', { name: 'Save file' }).waitFor()
    },
  },
  {
    name: 'trash-undo',
    async pose(page) {
      await page.locator('.message-out').nth(2).click()
      await page.locator('.toast').waitFor()
      await page.locator('.filter .choice-button').nth(2).click()
      await page.locator('[data-state=trash]').first().waitFor()
      await page.mouse.move(5, 5)
    },
  },
  { name: 'calls', hash: '#/calls', pose: (page) => page.locator('.call').first().waitFor() },
  {
    name: 'dialling',
    hash: '#/phone',
    async pose(page) {
      await page.getByLabel('Number or name').fill('+49 30 5550 123')
      await page.locator('.dial-phone').first().waitFor()
    },
  },
  { name: 'kitchen', hash: '#/kitchen', pose: (page) => page.locator('.kitchen').waitFor() },
  {
    name: 'kitchen-call',
    hash: '#/kitchen',
    async pose(page, { machine }) {
      await page.locator('.kitchen').waitFor()
      machine.phones(machine.ring('jonas', 18_000, 6_500), { ringing: ['study'] })
      await page.locator('[data-phase=ringing]').waitFor()
    },
  },
  { name: 'empty', options: { empty: true }, pose: (page) => page.locator('.command').waitFor() },
  {
    name: 'problem',
    async pose(page, { machine }) {
      const message = 'The disk holds less than 50 MB. Free some room: new messages are still recorded.'
      machine.sayHealth({ ready: false, draining: false, problems: [{ code: 'AP_DISK_LOW', message }] })
      await page.locator('.banner').waitFor()
    },
  },
  { name: 'settings', hash: '#/settings', pose: (page) => page.getByText('2 lines').waitFor() },
  {
    name: 'settings-line',
    hash: '#/settings/lines/l2',
    async pose(page) {
      await page.locator('.range').fill('24')
      await page.getByRole('button', { name: 'Another address' }).click()
      await page.locator('.trunk input').last().fill('sip.example.org')
      await page.locator('.section-title').focus()
    },
  },
  {
    name: 'settings-lines',
    hash: '#/settings/lines',
    async pose(page, { machine }) {
      await page.getByRole('link', { name: /^studio/ }).waitFor()
      machine.register('l2', 'registered')
      await page.locator('.light-on').waitFor()
    },
  },
  {
    name: 'settings-line-lost',
    hash: '#/settings/lines/l2',
    async pose(page, { machine }) {
      const problem = { code: 'AP_REGISTRAR_LOGIN_REFUSED', detail: '403 Forbidden' }
      machine.register('l2', 'failing', problem)
      await page.locator('.registration .light-off').waitFor()
    },
  },
  {
    name: 'settings-phones',
    hash: '#/settings/phones',
    pose: (page) => page.locator('.light-on').first().waitFor(),
  },
  {
    name: 'settings-account',
    hash: '#/settings/phones/new',
    async pose(page) {
      await page.getByLabel('Name').fill('study')
      await page.getByRole('button', { name: 'Add a phone' }).click()
      await page.locator('.credentials').waitFor()
    },
  },
  {
    name: 'settings-greetings',
    hash: '#/settings/greetings',
    async pose(page) {
      await page.locator('input[type=file]').setInputFiles({
        name: 'hello.wav',
        mimeType: 'audio/wav',
        buffer: speechLikeWav(6_400, 11),
      })
      await page.locator('.maker-outline').waitFor()
    },
  },
  {
    name: 'typed-greeting',
    hash: '#/settings/greetings',
    async pose(page) {
      await page.getByRole('button', { name: 'Type it' }).click()
      await page
        .locator('textarea')
        .fill('This is Ada. Tell me what it is about, and I will call back tonight.')
    },
  },
  {
    name: 'settings-schedule',
    hash: '#/settings/greetings/b1',
    pose: (page) => page.locator('.plate').nth(1).waitFor(),
  },
  {
    name: 'settings-doctor',
    hash: '#/settings/doctor',
    async pose(page) {
      await page.getByRole('button', { name: 'Call 10000' }).click()
      await page.getByText('we hear nothing of 10000').waitFor()
    },
  },
  {
    name: 'settings-storage',
    hash: '#/settings/storage',
    pose: (page) => page.locator('.panel').nth(1).waitFor(),
  },
  {
    name: 'settings-contact',
    hash: '#/settings/contacts/k3',
    pose: (page) => page.getByLabel('Number 2').waitFor(),
  },
  {
    name: 'settings-mailbox',
    hash: '#/settings/mailboxes/b2',
    pose: (page) => page.locator('.plate').first().waitFor(),
  },
  {
    name: 'settings-mail',
    hash: '#/settings/mail',
    pose: (page) => page.getByText('max@example.org').waitFor(),
  },
  {
    name: 'settings-transcription',
    hash: '#/settings/transcription',
    async pose(page) {
      await page.getByLabel('Who writes').selectOption('model')
      await page.getByLabel('Model').waitFor()
    },
  },
  {
    name: 'transcript',
    async pose(page) {
      await page.locator('.message-who').first().click()
      await page.locator('.transcript-sentence').nth(1).click()
      await page.locator('.transcript-sounds').waitFor()
    },
  },
  {
    name: 'settings-device',
    hash: '#/settings/device',
    pose: (page) => page.locator('.plate, .panel').first().waitFor(),
  },
  {
    name: 'settings-own-account',
    hash: '#/settings/account',
    pose: (page) => page.locator('.plate').first().waitFor(),
  },
  {
    name: 'rules',
    hash: '#/settings/rules',
    async pose(page) {
      await page.getByRole('button', { name: 'Take over: Third call in ten minutes rings through' }).click()
      await page.getByRole('button', { name: 'Take over: At night only favourites ring' }).click()
      await page.getByRole('button', { name: 'Move At night only favourites ring up' }).waitFor()
    },
  },
  {
    name: 'rule',
    hash: '#/settings/rules',
    async pose(page) {
      await page.getByRole('button', { name: 'Take over: At night only favourites ring' }).click()
      await page.getByRole('link', { name: /At night only favourites ring/ }).click()
      await page.getByRole('heading', { name: 'What would happen?' }).waitFor()
    },
  },
  {
    name: 'settings-blocked',
    hash: '#/settings/blocked',
    pose: (page) => page.getByText('Prize Draw').waitFor(),
  },
  {
    name: 'test-call',
    hash: 'try.html#link',
    pose: (page) => page.locator('.try-voice').first().waitFor(),
  },
  {
    name: 'settings-contacts',
    hash: '#/settings/contacts',
    pose: (page) => page.getByText('Jonas Weber').waitFor(),
  },
  {
    name: 'contact',
    async pose(page) {
      await page.locator('.message-who').first().click()
      await page.getByRole('button', { name: 'Add the caller' }).click()
      await page.getByRole('dialog').getByLabel('Name').waitFor()
    },
  },
  {
    name: 'ladder',
    hash: '#/calls',
    async pose(page) {
      await page.locator('.call-row-acts button').first().click()
      await page.locator('.ladder-row').first().waitFor()
    },
  },
  {
    name: 'settings-audit',
    hash: '#/settings/audit',
    pose: (page) => page.locator('.audit-row').first().waitFor(),
  },
  {
    name: 'welcome',
    options: { visitor: 'first', empty: true },
    hash: `#setup=${FAKE_TOKEN}`,
    async pose(page) {
      await page.locator('input').nth(0).fill('Ada')
      await page.locator('input').nth(1).fill('plum cake recipe')
      await page.locator('input').nth(2).fill('plum cake recipe')
      await page.keyboard.press('Enter')
      await page.getByLabel('Address 1').fill('192.168.178.1')
    },
  },
  { name: 'login', options: { visitor: 'stranger' }, pose: (page) => page.locator('form').waitFor() },
  {
    name: 'setup',
    options: { visitor: 'first' },
    hash: `#setup=${FAKE_TOKEN}`,
    async pose(page) {
      await page.locator('input').nth(0).fill('Ada')
      await page.locator('input').nth(1).fill('plum cake recipe')
    },
  },
]

const sizes = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'phone', width: 390, height: 844 },
] as const

/** All four pictures are of one pose: the window changes, and the light. */
async function take(browser: Browser, shot: Shot) {
  await using server = await startFakeServer(shot.options)
  // Without motion the lamp is caught lit, and no picture depends on the moment.
  await using context = await browser.newContext({
    viewport: sizes[0],
    reducedMotion: shot.moves ? 'no-preference' : 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  })
  const page = await context.newPage()
  await page.goto(`${server.url}/${shot.hash ?? ''}`)
  if (shot.options?.visitor === undefined && !/^(kitchen|test-call)/.test(shot.name))
    await page.locator('.lamp').waitFor()
  if (!shot.options && !/^#.(settings|kitchen|phone)|^try/.test(shot.hash ?? ''))
    await page.locator('.message, .call').first().waitFor()
  await shot.pose?.(page, server)
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(250)
      const path = join(folder, `${shot.name}-${size.name}-${colorScheme}.png`)
      await page.screenshot({ path, fullPage: shot.whole === true })
    }
  }
}

await mkdir(folder, { recursive: true })
const browser = await startChromium()
for (const shot of shots) if (only === undefined || shot.name.startsWith(only)) await take(browser, shot)
await browser.close()
