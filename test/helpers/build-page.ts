import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..', 'web')

/** Builds the page into web/dist once a run, with what Preact says of mistakes: tests run with NODE_ENV=test. */
export default async function buildPage(): Promise<void> {
  await build({ root, logLevel: 'warn' })
}

/** Builds the page as it is served to users, which is smaller, into another folder. */
export async function buildServedPage(outDir: string): Promise<void> {
  const { NODE_ENV: before } = process.env
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  } finally {
    process.env['NODE_ENV'] = before
  }
}
