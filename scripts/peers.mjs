// The real peers that the tests use, and how to get them where apt-get may be used. Plain JavaScript: it runs before
// anything is installed, under whatever Node the machine has.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Command, or path of what has none → the Debian packages that bring it. */
export const PEERS = {
  sipp: ['sip-tester'],
  baresip: ['baresip'],
  linphonec: ['linphone-cli'],
  chromium: ['chromium'],
  flite: ['flite'],
  'espeak-ng': ['espeak-ng'],
  sox: ['sox'],
  pocketsphinx_continuous: ['pocketsphinx', 'pocketsphinx-en-us'],
  '/usr/lib/python3/dist-packages/pocketsphinx': ['python3-pocketsphinx', 'pocketsphinx-en-us'],
  ip: ['iproute2'],
  nft: ['nftables'],
  strace: ['strace'],
  faketime: ['faketime'],
  sipsak: ['sipsak'],
  svmap: ['sipvicious'],
  zzuf: ['zzuf'],
  postgres: ['postgresql'],
  pebble: ['pebble'],
  mosquitto: ['mosquitto'],
  mosquitto_sub: ['mosquitto-clients'],
  radicale: ['radicale'],
  kamailio: ['kamailio', 'kamailio-tls-modules'],
}

// Debian keeps some commands where only root looks, and PostgreSQL's server below its version.
const SBIN = ['/usr/sbin', '/sbin', ...foldersBelow('/usr/lib/postgresql', 'bin')]

/** Whether a command is on the PATH (or where Debian keeps those for root), or a path is there. */
export function isInstalled(command) {
  if (isAbsolute(command)) return existsSync(command)
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SBIN]
  return folders.some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function foldersBelow(root, name) {
  try {
    return readdirSync(root).map((entry) => join(root, entry, name))
  } catch {
    return []
  }
}

/** Installs the peers that are missing, where that is possible, in a process beside this one. Resolves with those still missing. */
export async function installPeers() {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], { stdio: 'inherit' })
  await new Promise((ended) => child.on('close', ended))
  return missingPeers()
}

const missingPeers = () => Object.keys(PEERS).filter((command) => !isInstalled(command))

/** Says what it does. */
function install() {
  const missing = missingPeers()
  if (missing.length === 0 || process.getuid?.() !== 0 || !isInstalled('apt-get')) return
  const packages = missing.flatMap((command) => PEERS[command])
  console.log(`installing real peers for the tests: ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (...args) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  run('update', '-qq')
  // One package that can't be had must not keep the others away.
  if (!run('install', '-y', '-qq', '--no-install-recommends', ...packages)) {
    for (const name of packages) run('install', '-y', '-qq', '--no-install-recommends', name)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) install()
