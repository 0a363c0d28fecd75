import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What the documents name must be there: a page that points nowhere is worse than none. */
const ROOT = join(import.meta.dirname, '..')
const PAGES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.md$/.test(name) && !/node_modules|^\.|dist\//.test(name),
)
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8')

/** A path in backticks may be written from the root, from `src/`, or from the page's own folder. */
const isThere = (page: string, path: string) =>
  [ROOT, join(ROOT, 'src'), join(ROOT, dirname(page))].some((base) => existsSync(join(base, path)))

describe('the documents', () => {
  it.each(PAGES)('%s links only to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      ([, target]) => target ?? '',
    )
    expect(links.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([])
  })

  it.each(PAGES)('%s names only files that are there', (page) => {
    const named = [...read(page).matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|tsx|mjs|js|sh|md|wav|json))`/g)]
    const missing = named.map(([, path]) => path ?? '').filter((path) => !isThere(page, path))
    expect(missing).toEqual([])
  })

  it('docs/rfc.md names a test in every row', () => {
    const rows = read('docs/rfc.md')
      .split('\n')
      .filter((line) => /^\| (§|—)/.test(line))
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.filter((row) => !/`[\w./-]+(test|property)[\w.]*\.ts`[^|]*\|$/.test(row))).toEqual([])
  })

  it('SECURITY.md names for each promise a test, and what it quotes of one stands in it', () => {
    const [, promises = ''] = read('SECURITY.md').split('## What is promised')
    const rows = promises.split('\n').filter((line) => /^\| (?!promise|-)/.test(line))
    expect(rows.length).toBeGreaterThan(40)
    const unheld = rows.filter((row) => !/`(?:src|test)\/[\w./-]+`|Content-Security-Policy/.test(row))
    expect(unheld).toEqual([])
    const quotes = rows.flatMap((row) => [...row.matchAll(/`([\w./-]+\.ts)` “([^”]+)”/g)])
    expect(quotes.length).toBeGreaterThan(15)
    const gone = quotes.filter(([, file = '', title = '']) => !read(file).includes(title))
    expect(gone.map(([quote]) => quote)).toEqual([])
  })
})
