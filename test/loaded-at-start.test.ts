import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('loads neither fetch nor WebSocket of Node at the start: `import` of a value from node:http would', {
  timeout: 60_000,
}, () => {
  const script = `await import('./src/main.ts')
    console.log(JSON.stringify(process.moduleLoadList))`
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
  const loaded: readonly string[] = JSON.parse(printed)
  expect(loaded).toContain('NativeModule http')
  expect(loaded.filter((name) => name.includes('undici'))).toEqual([])
})
