// `npm test`: brings what the tests need, runs every check and ends with "N passed, N failed, N skipped". Plain
// JavaScript, because it starts under whatever Node the machine has. Arguments are passed on to vitest.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { ensureBuilt } from './ensure.mjs'
import { installPeers } from './peers.mjs'

const root = join(import.meta.dirname, '..')
const bin = join(root, 'node_modules', '.bin')
const count = { passed: 0, failed: 0, skipped: 0 }

const peersInstalled = installPeers()
ensureBuilt()

const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
const report = mkdtempSync(join(tmpdir(), 'answerphone-test-'))

const only = process.argv.slice(2)
if (only.length === 0) {
  check('biome', ['ci', '--diagnostic-level=warn'])
  check('tsc', ['-p', '.'])
  check('tsc', ['-p', 'web'])
  check('tsc', ['-p', 'web/worker'])
  // What needs no peer, while they are being installed.
  vitest(['--project', 'unit'])
}
const missing = await peersInstalled
if (missing.length > 0)
  console.log(`not installed: ${missing.join(', ')}; the tests that need them are skipped by name`)
vitest(only.length > 0 ? only : ['--project', 'real', '--project', 'timed'])

rmSync(report, { recursive: true, force: true })
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0)

function check(command, args) {
  const { status } = spawnSync(join(bin, command), args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${command} ${args.join(' ')}`)
  count[status === 0 ? 'passed' : 'failed']++
}

function vitest(args) {
  const file = join(report, 'vitest.json')
  const flags = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args]
  const { status } = spawnSync(join(bin, 'vitest'), flags, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'))
    count.passed += result.numPassedTests
    count.failed += result.numFailedTests
    count.skipped += result.numPendingTests + result.numTodoTests
    // A file that can't be loaded, or an error outside a test, fails no test but the run.
    if (status !== 0 && result.numFailedTests === 0) count.failed++
  } catch {
    count.failed++
  }
  // With CI=true a peer that is missing is a failure: what CI has not run is not shown.
  if (process.env.CI === 'true' && count.skipped > 0) {
    console.log(`${count.skipped} skipped with CI=true: counted as failed`)
    count.failed += count.skipped
    count.skipped = 0
  }
}
