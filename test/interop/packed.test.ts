import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAst } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, run } from '../helpers/processes.ts'
import { startMachine } from '../helpers/running-machine.ts'

const ROOT = join(import.meta.dirname, '../..')
const PACKAGES = join(ROOT, 'node_modules')
let place: string
let installed: string

/** What `npm install` makes of the package: itself under node_modules, and beside it what it depends on. */
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'answerphone-packed-'))
  await run('npm', ['pack', '--pack-destination', place, '--loglevel=error'], {
    cwd: ROOT,
    timeoutMs: 110_000,
  })
  const [archive = ''] = readdirSync(place)
  installed = join(place, 'node_modules/answerphone')
  mkdirSync(installed, { recursive: true })
  await run('tar', ['-xzf', join(place, archive), '--strip-components=1', '-C', installed])
  for (const name of readdirSync(PACKAGES).filter((name) => !name.startsWith('.')))
    symlinkSync(join(PACKAGES, name), join(place, 'node_modules', name))
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('the package', () => {
  it('has no source and no test, and needs only what it depends on', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
    expect(files.filter((name) => /\.tsx?$|\.test\.|(^|\/)(src|test)\//.test(name))).toEqual([])
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(installed, 'package.json'), 'utf8'),
    )
    const brought = new Set(Object.keys({ ...dependencies, ...optionalDependencies }))
    const program = files.filter((name) => /^dist\/.*\.js$/.test(name))
    expect(program.length).toBeGreaterThan(500)
    const needed = program.flatMap((name) =>
      parseAst(readFileSync(join(installed, name), 'utf8')).body.flatMap((node) =>
        'source' in node && node.source && !node.source.value.startsWith('.') ? [node.source.value] : [],
      ),
    )
    expect(needed.length).toBeGreaterThan(100)
    const packages = needed
      .filter((name) => !isBuiltin(name))
      .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0])
    expect(packages.filter((name) => !brought.has(name ?? ''))).toEqual([])
  })

  it('runs where Node strips no types: the page, a call, its message, in a form that a thread makes', async () => {
    await using machine = await startMachine({ bin: join(installed, 'bin/answerphone.js') })
    const page = await fetch(machine.http)
    expect(await page.text()).toMatch(/<script type="module"/)
    await machine.line('home', { ringSeconds: 0 })
    expect(await machine.cli('call', 'home')).toMatch(/answered/i)
    const [message] = await eventually(async () => {
      const rows = await machine.list<{ id: string }>('messages', 'list')
      return rows.length > 0 && rows
    })
    const out = join(place, 'message.mp3')
    await machine.cli('messages', 'audio', message?.id ?? '', '--format', 'mp3', '--out', out)
    expect(readFileSync(out).length).toBeGreaterThan(10_000)
    expect(await machine.process.stop()).toBe(0)
  })
})
