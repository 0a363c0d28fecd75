/** Starts the machine in a Home Assistant add-on: the options become its environment, and root's rights are given up. */
import { spawn } from 'node:child_process'
import { chownSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The user `node` of the image. */
const NODE = 1000

/** The environment that the options stand for: `rtp_ports` is ANSWERPHONE_RTP_PORTS; lists are joined, what is empty is left out. */
export function environmentOf(options) {
  const given = Object.entries(options).map(([key, value]) => [
    `ANSWERPHONE_${key.toUpperCase()}`,
    [value]
      .flat()
      .filter((each) => each !== null && each !== '')
      .join(','),
  ])
  return Object.fromEntries(given.filter(([, value]) => value !== ''))
}

/** Gives a folder to the user, with all that is in it. Links are not followed. */
function handOver(folder) {
  chownSync(folder, NODE, NODE)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), NODE, NODE)
}

function start() {
  const options = JSON.parse(readFileSync('/data/options.json', 'utf8'))
  handOver('/data')
  const machine = spawn(process.execPath, ['/app/bin/answerphone.js', 'serve'], {
    stdio: 'inherit',
    uid: NODE,
    gid: NODE,
    env: { ...process.env, HOME: '/home/node', ...environmentOf(options) },
  })
  // The first lets messages in progress finish; the second ends them.
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => machine.kill(signal))
  machine.on('exit', (code) => process.exit(code ?? 1))
}

if (import.meta.main) start()
