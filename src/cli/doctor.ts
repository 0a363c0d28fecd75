import { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { findRunning } from '../running.ts'
import { systemClock } from '../shared/clock.ts'
import { idMaker } from '../shared/ids.ts'
import { systemRandom } from '../shared/random.ts'
import { flagsOf, withConfigOptions } from './config-options.ts'
import { checkAddress, lookAround } from './doctor/check-address.ts'
import { checkDatabase, checkFolder, checkSpace } from './doctor/check-data.ts'
import { checkLines } from './doctor/check-lines.ts'
import { checkPhones, checkPhonesFrom } from './doctor/check-phones.ts'
import { checkPorts, checkRtpPorts } from './doctor/check-ports.ts'
import { checkClock, checkNode, checkPage, checkPrompts } from './doctor/check-system.ts'
import type { Finding } from './doctor/finding.ts'
import { withStore } from './doctor/with-store.ts'
import { stayAlive } from './stay-alive.ts'
import type { Terminal } from './terminal.ts'

const COLOURS = { ok: 32, warn: 33, fail: 31 }

/** `answerphone doctor`: what is in order, what is not, and what to do about it. */
export function doctorCommand(terminal: Terminal): Command {
  return withConfigOptions(new Command('doctor'))
    .description(
      'check Node, disk, database, ports, lines, phones, clock and prompts, and say what to do; takes the flags of `serve`',
    )
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      using _alive = stayAlive()
      const findings = await examine(readConfig(flagsOf(command), terminal.env))
      if (json) terminal.print(`${JSON.stringify(findings, null, 2)}\n`)
      else for (const finding of findings) terminal.print(show(finding, terminal.isStyled))
      if (findings.some(({ level }) => level === 'fail')) process.exitCode = 1
    })
}

async function examine(config: Config): Promise<Finding[]> {
  const clock = systemClock
  const folder = await checkFolder(config.data)
  const tools = { clock, makeId: idMaker(clock, systemRandom) }
  const running = await findRunning(config.data).catch(() => undefined)
  const { finding: database, newestCallAt } = await checkDatabase(config.data, tools)
  return [
    checkNode(process.versions.node),
    folder,
    await checkSpace(config.data),
    database,
    ...(await checkPorts(config, running)),
    await checkRtpPorts(config),
    ...(await withStore(config.data, tools, async (store) => [
      ...(await checkAddress(store, config, lookAround(config))),
      ...(await checkLines(store, running !== undefined)),
      ...(await checkPhones(store, tools)),
    ])),
    checkPhonesFrom(config),
    checkClock(clock, newestCallAt),
    checkPrompts(),
    checkPage(),
  ]
}

function show({ level, what, advice }: Finding, isStyled: boolean): string {
  const mark = isStyled ? `\x1b[${COLOURS[level]}m${level}\x1b[39m` : level
  const line = `${mark}${' '.repeat(6 - level.length)}${what}\n`
  return advice === undefined ? line : `${line}      ${advice}\n`
}
