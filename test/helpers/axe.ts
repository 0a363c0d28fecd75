import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules that look at colours: all that another colour scheme can break. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'] as const

/** What axe finds wrong with what is shown now, as `rule: element`; by these rules, or by all. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(await source)
  // What slides in is half transparent on its way; reduced motion ends that, but not the frame it takes. What is taken
  // from the page meanwhile ends its animation with an error.
  await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))')
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) }
  const results = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`)
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  )
}
