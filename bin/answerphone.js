#!/usr/bin/env node
// Starts Answerphone under a Node that can run it. Plain JavaScript without anything new in it: it must be understood
// by every Node that someone may have.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = 24

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  keepCompiled()
  endWithLauncher()
  const source = new URL('../src/cli.ts', import.meta.url)
  // A package has the program compiled: Node strips no types under node_modules.
  await import(existsSync(source) ? source : '../dist/cli.js')
} else {
  const self = fileURLToPath(import.meta.url)
  const own = ownNode()
  if (own !== undefined && process.env.ANSWERPHONE_OWN_NODE === undefined) startAgain(own, self)
  else {
    console.error(
      `answerphone: AP_NODE_TOO_OLD: This is Node ${process.versions.node}; Answerphone needs Node ${NEEDED} or newer. \`npm start\` brings its own.`,
    )
    process.exitCode = 1
  }
}

/**
 * Keeps the compiled program beside the packages: from the second start on nothing is stripped of its types or
 * compiled, in worker threads neither. That halves the start and saves 20 MB. Where it can't be written it is not kept.
 */
function keepCompiled() {
  if (process.env.NODE_COMPILE_CACHE !== undefined) return
  const folder = fileURLToPath(new URL('../node_modules/.cache/answerphone', import.meta.url))
  const { directory } = nodeModule.enableCompileCache(folder)
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE = folder
}

/** Who was started by `startAgain` takes the end of its channel for SIGTERM: whoever could pass signals on is gone. */
function endWithLauncher() {
  if (process.env.ANSWERPHONE_OWN_NODE === undefined || !process.channel) return
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  // No command waits for it.
  process.channel.unref()
}

/** The Node that `npm install` brought, beside the other packages wherever npm put them. */
function ownNode() {
  try {
    const { resolve } = nodeModule.createRequire(import.meta.url)
    const path = join(dirname(resolve('node/package.json')), 'bin', 'node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** Runs the same command under the Node that `npm install` brought, and ends as it ends. */
function startAgain(node, self) {
  const env = { ...process.env, ANSWERPHONE_OWN_NODE: '1' }
  // Nothing is said on the channel. It ends with this process, be it killed without a word.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio, env })
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT']
  for (const signal of signals)
    process.on(signal, () => {
      // Ctrl-C reaches the child from the terminal by itself; twice would mean "at once".
      if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal)
    })
  child.on('error', (error) => {
    console.error(`answerphone: ${node} does not start: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code
    else {
      for (const each of signals) process.removeAllListeners(each)
      process.kill(process.pid, signal)
    }
  })
}
