import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { run, start } from '../helpers/processes.ts'
import { BIN } from '../helpers/running-machine.ts'

const ROOT = join(import.meta.dirname, '../..')
let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'answerphone-npm-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

/** What a service manager does that knows only the process it started. */
it('npm start hands SIGTERM on to the machine, waits for it, and ends with its 0', async () => {
  const flags = ['--data', data, '--sip', '127.0.0.1:0', '--http', '127.0.0.1:0']
  await using npm = start('npm', ['start', '--', ...flags], { cwd: ROOT })
  await npm.until(/answerphone ready sip=127\.0\.0\.1:\d+ http=127\.0\.0\.1:\d+/, 60_000)
  expect(existsSync(join(data, 'running.json'))).toBe(true)

  // What is told to whoever runs the machine: back it up meanwhile, and stop it before a restore.
  const backup = join(data, 'home.tar.gz')
  const cli = (...args: string[]) => run(process.execPath, [BIN, '--data', data, ...args])
  expect(await cli('backup', backup)).toMatch(/0 messages, \d+ files/)
  await expect(cli('restore', backup, '--force')).rejects.toThrow('AP_DATA_IN_USE')

  npm.child.kill('SIGTERM')
  expect(await npm.ended).toBe(0)
  expect(existsSync(join(data, 'running.json')), 'the machine has closed').toBe(false)
})
