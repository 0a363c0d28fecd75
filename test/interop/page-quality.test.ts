import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COLOUR_RULES, violations } from '../helpers/axe.ts'
import { hasChromium, startChromium } from '../helpers/browser.ts'
import { buildServedPage } from '../helpers/build-page.ts'
import { type OpenPage, openPage } from '../helpers/page-test.ts'
import { goTo, walks } from '../helpers/page-walks.ts'

const FIRST_LOAD_KB = 60

describe.skipIf(!hasChromium)('the page’s quality in Chromium', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  for (const walk of walks) {
    // Opened anew after a view that fails, so that it spoils no other.
    let open: OpenPage | undefined
    const close = async () => {
      await open?.[Symbol.asyncDispose]()
      open = undefined
    }
    afterAll(close)
    for (const { name, hash, pose, leave } of walk.views)
      it(`is accessible, light and dark: ${name}`, async ({ onTestFailed }) => {
        onTestFailed(close)
        open ??= await openPage(browser, walk)
        if (hash !== undefined) await goTo(open, hash)
        await pose(open)
        await open.page.emulateMedia({ colorScheme: 'light' })
        expect(await violations(open.page), 'light').toEqual([])
        await open.page.emulateMedia({ colorScheme: 'dark' })
        expect(await violations(open.page, COLOUR_RULES), 'dark').toEqual([])
        expect(open.complaints).toEqual([])
        await leave?.(open)
      })
  }

  const widthOf = ({ page }: OpenPage) => page.evaluate('document.documentElement.scrollWidth')

  it('fits a phone without scrolling sideways', async () => {
    await using open = await openPage(browser, { context: { viewport: { width: 390, height: 800 } } })
    const { page, server } = open
    server.machine.phones(server.machine.ring('school'), { ringing: ['kitchen', 'x'.repeat(64)] })
    await page.locator('.call-card').waitFor()
    await page.locator('.message-play').first().click()
    await page.locator('.waveform').waitFor()
    expect(await widthOf(open)).toBe(390)
    await page.setViewportSize({ width: 320, height: 800 })
    expect(await widthOf(open)).toBe(320)
  })

  it('fits the kitchen on a phone and on a tablet, either way', async () => {
    await using open = await openPage(browser, { hash: '#/kitchen' })
    const { page } = open
    await page.locator('.kitchen-new').waitFor()
    const kitchen = 'document.querySelector(".kitchen")'
    for (const [width, height] of [
      [390, 844],
      [1280, 800],
      [800, 1280],
    ] as const) {
      await page.setViewportSize({ width, height })
      expect(await page.evaluate(`${kitchen}.scrollWidth`)).toBe(width)
      expect(await page.evaluate(`${kitchen}.scrollHeight`)).toBe(height)
    }
  })

  it('fits a phone in the settings, too', async () => {
    await using open = await openPage(browser, {
      hash: '#/settings',
      context: { viewport: { width: 320, height: 800 } },
    })
    for (const place of [
      '',
      '/lines',
      '/lines/l2',
      '/phones/new',
      '/phones/p2',
      '/greetings',
      '/contacts',
      '/contacts/k2',
      '/tokens',
      '/telling',
      '/lists',
      '/audit',
      '/device',
      '/about',
    ]) {
      await goTo(open, `#/settings${place}`)
      await open.page.locator('.panel, .plate').first().waitFor()
      expect(await widthOf(open), place).toBe(320)
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
    // The entry, and the two files of web/build/first-load.ts.
    expect(scripts).toHaveLength(3)
    expect(sizes.reduce((sum, size) => sum + size, 0) / 1024).toBeLessThan(FIRST_LOAD_KB)
  })
})
