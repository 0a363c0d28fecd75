import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with what is shown now, as `rule: element`. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(await source)
  // What slides in is half transparent on its way; reduced motion ends that, but not the frame it takes.
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))')
  const results = await page.evaluate<AxeResults>(`axe.run({ resultTypes: ['violations'] })`)
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  )
}
