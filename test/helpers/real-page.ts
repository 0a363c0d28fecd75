import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type MachineStart, type RunningMachine, startMachine } from './running-machine.ts'
import { openCaller, type ScriptedCall, type ScriptedCaller } from './scripted-caller.ts'
import { speak } from './speech.ts'

/** The real program and its page in a browser, as a household has them. */
export interface RealPage extends AsyncDisposable {
  readonly page: Page
  readonly machine: RunningMachine
  readonly caller: ScriptedCaller
  /** What the browser complained of: errors, and what the Content-Security-Policy stopped. */
  readonly complaints: string[]
  /** Another tab of the same browser. */
  openTab(): Promise<Page>
}

export const OWNER = { name: 'Ada', password: 'a lamp in the hall' }

/** Starts the machine and opens the link that it prints on its first start; `home` rings for `ringSeconds`. */
export async function openSetupPage(
  browser: Browser,
  options: {
    readonly ringSeconds?: number
    readonly machine?: MachineStart
    readonly context?: BrowserContextOptions
    /** The page's address for the browser, instead of the machine's own. */
    readonly at?: (http: string) => Promise<string>
  } = {},
): Promise<RealPage> {
  await using opened = new AsyncDisposableStack()
  const machine = opened.use(await startMachine(options.machine))
  await machine.line('home', { ringSeconds: options.ringSeconds ?? 0 })
  const caller = opened.use(await openCaller(machine.sip))
  const context = opened.adopt(
    await browser.newContext({
      locale: 'en-GB',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
      ...options.context,
    }),
    (open) => open.close(),
  )
  context.setDefaultTimeout(15_000)
  await context.addInitScript(KEEP_PLAYER)
  const complaints: string[] = []
  const openTab = async () => {
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (line) => {
      // Of our own making: an AudioWorklet would need a script that the page's policy rightly refuses.
      if (/ScriptProcessorNode|Service Worker registration blocked/.test(line.text())) return
      // The page asks how loud a call is that ends in this moment, and is told so.
      if (/\b409\b/.test(line.text()) && /\/levels\?calls=/.test(line.location().url)) return
      if (['error', 'warning'].includes(line.type())) complaints.push(`${line.text()} ${line.location().url}`)
    })
    return page
  }
  const page = await openTab()
  const [link = ''] = await machine.process.until(/http:\S+#setup=\S+/)
  await page.goto(link.replace(machine.http, (await options.at?.(machine.http)) ?? machine.http))
  const running = opened.move()
  return { page, machine, caller, complaints, openTab, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** The same, with the owner's account made: the page shows the messages. */
export async function openRealPage(
  browser: Browser,
  options?: Parameters<typeof openSetupPage>[1],
): Promise<RealPage> {
  const real = await openSetupPage(browser, options)
  const { page } = real
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByLabel('Password again').fill(OWNER.password)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Skip the rest' }).click()
  await page.locator('.lamp').waitFor()
  return real
}

/** Has the page called like the phones of the house. */
export async function ringHere(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Rings' }).click()
  await page.getByText('Connected: it is called').waitFor()
  await page.keyboard.press('Escape')
}

/** Gives `home` a greeting of one word, so that a test need not listen to the long one. */
export async function greetBriefly({ machine }: RealPage): Promise<void> {
  await machine.greet('brief', (await speak('Hello.')).wav)
}

/** Calls `home`, waits for the beep by the page, talks, hangs up; resolves when the message is listed. */
export async function leaveMessage({ page, caller }: RealPage, number: string, talkMs = 3000): Promise<void> {
  const call = await caller.call('home', { number })
  await recordOn(page, call)
  await page.waitForTimeout(talkMs)
  await call.bye()
  await page.locator('[data-message]', { hasText: digits(number) }).waitFor()
}

/** Talks, and waits until the page says that it is recorded. */
export async function recordOn(page: Page, call: ScriptedCall): Promise<void> {
  await call.final
  call.talk()
  await page.locator('.call-card[data-phase=recording]').waitFor()
}

/** A number as the page may write it: with spaces anywhere between the digits. */
export const digits = (number: string) => new RegExp([...number.replace(/\D/g, '')].join('[\\s\\-()]*'))

/** Keeps hold of the page's one audio element, which is in no document. */
const KEEP_PLAYER = `
  const Original = window.Audio
  window.Audio = function (...args) { return (window.player = new Original(...args)) }
`

/** From now on, keeps what the page's player sounds like (8 kHz mono). */
export async function startListening(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    const context = new AudioContext({ sampleRate: 8000 })
    const source = context.createMediaElementSource(window.player)
    const tap = context.createScriptProcessor(1024, 1, 1)
    window.heard = []
    tap.onaudioprocess = ({ inputBuffer }) => {
      for (const sample of inputBuffer.getChannelData(0)) window.heard.push(sample)
    }
    source.connect(tap).connect(context.destination)
  })()`)
}

/** What was heard so far, as 16-bit PCM. */
export async function whatWasHeard(page: Page): Promise<Int16Array> {
  const text = await page.evaluate<string>(
    'window.heard.map((sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32767)).join()',
  )
  return Int16Array.from(text.split(','), Number)
}

export const databaseOf = ({ machine }: RealPage) => join(machine.data, 'answerphone.db')
