// `npm test`: brings what the tests need, runs every check and ends with "N passed, N failed, N skipped". Plain
// JavaScript, because it starts under whatever Node the machine has. Arguments are passed on to vitest.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { bin, ensureBuilt, root } from './ensure.mjs'
import { installPeers } from './peers.mjs'

const count = { passed: 0, failed: 0, skipped: 0 }
/** What failed, and with what words: told once more at the end, for the end is what one looks at. */
const failures = []

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
vitest(only.length > 0 ? only : ['--project', 'real', '--project', 'glass', '--project', 'timed'])

rmSync(report, { recursive: true, force: true })
for (const failure of failures) console.log(`FAILED: ${failure}`)
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0)

function check(command, args) {
  const { status } = spawnSync(join(bin, command), args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${command} ${args.join(' ')}`)
  if (status !== 0) failures.push(`${command} ${args.join(' ')}`)
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
    failures.push(...failuresOf(result))
    // A file that can't be loaded, or an error outside a test, fails no test but the run.
    if (status !== 0 && result.numFailedTests === 0) fail(`vitest ${args.join(' ')}: outside any test`)
  } catch {
    fail(`vitest ${args.join(' ')}: no report`)
  }
  // With CI=true a peer that is missing is a failure: what CI has not run is not shown.
  if (process.env.CI === 'true' && count.skipped > 0) {
    failures.push(`${count.skipped} skipped with CI=true: counted as failed`)
    count.failed += count.skipped
    count.skipped = 0
  }
}

function fail(what) {
  failures.push(what)
  count.failed++
}

/** The tests and files that failed, each with the beginning of what they said. */
function failuresOf({ testResults }) {
  const said = (text) => `\n${stripVTControlCharacters(text).slice(0, 2000)}`.replaceAll('\n', '\n    ')
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    const tests = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && tests.length === 0) return [`${file}${said(message)}`]
    return tests.map((test) => `${file} > ${test.fullName}${said(test.failureMessages.join('\n'))}`)
  })
}
