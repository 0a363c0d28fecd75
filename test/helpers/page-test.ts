import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type FakeServer, type FakeServerOptions, startFakeServer } from '../../web/dev/fake-server.ts'

/** The page in a browser, before a fake server. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page
  readonly server: FakeServer
  /** What the browser complained of: errors, and what the Content-Security-Policy stopped. */
  readonly complaints: readonly string[]
}

export interface OpenPageOptions {
  readonly server?: FakeServerOptions
  readonly context?: BrowserContextOptions
  readonly hash?: string
}

export async function openPage(browser: Browser, options: OpenPageOptions = {}): Promise<OpenPage> {
  const server = await startFakeServer(options.server)
  const context = await browser.newContext({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    // Keeping the whole page would take a second of each test; page-offline.test.ts has it.
    serviceWorkers: 'block',
    ...options.context,
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error' && !/net::ERR|Failed to load resource/.test(line.text()))
      complaints.push(line.text())
  })
  await page.goto(`${server.url}/${options.hash ?? ''}`)
  return {
    page,
    server,
    complaints,
    async [Symbol.asyncDispose]() {
      await context.close()
      await server[Symbol.asyncDispose]()
    },
  }
}
