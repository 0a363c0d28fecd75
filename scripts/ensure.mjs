// Before `npm start` and `npm test`: installs what package-lock.json names and builds the page, each only when
// something has changed. Plain JavaScript for whatever Node the machine has; a few ms when nothing is to do.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
export const bin = join(root, 'node_modules', '.bin')
const stamp = join(root, 'node_modules', '.answerphone-installed')
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }

export function ensureBuilt() {
  ensureInstalled()
  ensurePage()
}

/** Installs when package.json or package-lock.json is not the one that was installed last. */
function ensureInstalled() {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('installing …')
  const npm = process.env.npm_execpath
  const [program, ...before] = npm?.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm']
  const runNpm = (...args) => run(program, [...before, ...args, '--loglevel=error'], `npm ${args[0]}`)
  // No package builds anything: npm would have better-sqlite3 look for a compiler, Python and headers from nodejs.org, only
  // to find that it brings what it needs. Node alone is fetched by a script, for the processor that there is.
  runNpm('install', '--ignore-scripts', '--no-save', '--include=dev', '--no-audit', '--no-fund')
  runNpm('rebuild', 'node')
  writeFileSync(stamp, wanted)
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, name)))
  return hash.digest('hex')
}

/** Builds the page when one of its files is newer than what was built. */
function ensurePage() {
  const web = join(root, 'web')
  const built = join(web, 'dist', 'index.html')
  if (existsSync(built) && newest(web) <= statSync(built).mtimeMs) return
  console.error('building the page …')
  run(join(bin, 'vite'), ['build', 'web', '--logLevel', 'warn'], 'building the page')
}

/** When the newest file in a folder was changed, in ms; what was built and what was installed do not count. */
function newest(folder) {
  let latest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue
    const path = join(folder, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return latest
}

/** Runs a command in the root, its output on stderr; where it fails, says `what` failed and ends. */
export function run(command, args, what) {
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 2, 2] })
  if (status === 0) return
  console.error(`${what} failed${error ? `: ${error.message}` : ''}`)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt()
