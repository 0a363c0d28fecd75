// `npm test`: brings what the tests need, runs every check and ends with "N passed, N failed, N skipped". Plain
// JavaScript, because it starts under whatever Node the machine has. Arguments are passed on to vitest.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { bin, ensureBuilt, root } from './ensure.mjs'
import { installPeers } from './peers.mjs'

/** More files than these fail for some other reason than that a computer was too busy for them. */
const FEW = 4

const count = { passed: 0, failed: 0, skipped: 0 }
/** What is told once more at the end, for the end is what one looks at. */
const told = []

const peersInstalled = installPeers()
ensureBuilt()

const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
const folder = mkdtempSync(join(tmpdir(), 'answerphone-test-'))

const only = process.argv.slice(2)
if (only.length === 0) {
  check('biome', ['ci', '--diagnostic-level=warn'])
  check('tsc', ['-p', '.'])
  check('tsc', ['-p', 'web'])
  check('tsc', ['-p', 'web/worker'])
  // What needs no peer, while they are being installed.
  take(vitest(['--project', 'unit']))
}
const missing = await peersInstalled
if (missing.length > 0)
  console.log(`not installed: ${missing.join(', ')}; the tests that need them are skipped by name`)
take(
  only.length > 0
    ? vitest(only)
    : judgeAlone(vitest(['--project', 'real', '--project', 'glass', '--project', 'timed'])),
)

rmSync(folder, { recursive: true, force: true })
// With CI=true a peer that is missing is a failure: what CI has not run is not shown.
if (process.env.CI === 'true' && count.skipped > 0) {
  fail(`${count.skipped} skipped with CI=true`, '')
  count.failed += count.skipped - 1
  count.skipped = 0
}
for (const line of told) console.log(line)
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0)

function run(command, args, more = {}) {
  const stdio = ['ignore', 'inherit', 'inherit']
  return spawnSync(join(bin, command), args, { cwd: root, env: { ...env, ...more }, stdio }).status
}

function check(command, args) {
  const what = `${command} ${args.join(' ')}`
  const passed = run(command, args) === 0
  console.log(`${passed ? 'ok' : 'FAILED'}: ${what}`)
  if (passed) count.passed++
  else fail(what, '')
}

/** @returns what scripts/tally-reporter.mjs wrote */
function vitest(args) {
  const file = join(folder, 'tally.json')
  rmSync(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=./scripts/tally-reporter.mjs']
  const status = run('vitest', ['run', ...reporters, ...args], { TALLY: file })
  try {
    const tally = JSON.parse(readFileSync(file, 'utf8'))
    const blamed = tally.outside.length > 0 || tally.files.some(({ failed }) => failed.length > 0)
    return status === 0 || blamed
      ? tally
      : { ...tally, outside: [`vitest ${args.join(' ')}: exit code ${status}`] }
  } catch {
    return { files: [], outside: [`vitest ${args.join(' ')}: no report`] }
  }
}

/**
 * Real phones speak in real time, and the computer is shared with another test and with strangers. Where few files failed, each is judged
 * once more with nothing beside it, and that counts; what was said the first time is told nevertheless. Not so the glass, which
 * compares calls that were all disturbed alike. See docs/decisions/0028-judged-alone.md.
 */
function judgeAlone(tally) {
  const busy = tally.files.filter(({ project, failed }) => project !== 'glass' && failed.length > 0)
  if (busy.length === 0 || busy.length > FEW || tally.outside.length > 0) return tally
  for (const { file, failed } of busy)
    for (const { test, said } of failed)
      told.push(`FAILED BESIDE OTHERS, judged alone: ${titled(file, test)}${indented(said)}`)
  const projects = [...new Set(busy.map(({ project }) => project))].flatMap((project) => [
    '--project',
    project,
  ])
  const alone = vitest([...projects, '--no-file-parallelism', ...busy.map(({ file }) => file)])
  return {
    files: [...tally.files.filter((one) => !busy.includes(one)), ...alone.files],
    outside: alone.outside,
  }
}

/** Counts what a run of vitest found. */
function take({ files, outside }) {
  for (const { file, passed, skipped, failed } of files) {
    count.passed += passed
    count.skipped += skipped
    for (const { test, said } of failed) fail(titled(file, test), said)
  }
  for (const said of outside) fail('outside any test', said)
}

function fail(what, said) {
  told.push(`FAILED: ${what}${indented(said)}`)
  count.failed++
}

function titled(file, test) {
  return test ? `${file} > ${test}` : file
}

function indented(text) {
  return text && `\n${text}`.replaceAll('\n', '\n    ')
}
