import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

it('docs/rfc.md names files that are there, and a test in every row', () => {
  const rows = readFileSync(join(ROOT, 'docs/rfc.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| (§|—)/.test(line))
  expect(rows.length).toBeGreaterThan(100)
  const wrong: string[] = []
  for (const row of rows) {
    const paths = [...row.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path]) => path ?? '')
    const missing = paths.filter(
      (path) => !existsSync(join(ROOT, 'src', path)) && !existsSync(join(ROOT, path)),
    )
    if (missing.length > 0) wrong.push(...missing)
    if (!/`[\w./-]+(test|property)[\w.]*\.ts`[^|]*\|$/.test(row) && !/— \|$/.test(row)) wrong.push(row)
  }
  expect(wrong).toEqual([])
})
