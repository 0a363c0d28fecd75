import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { lookAround } from '../doctor/check-address.ts'
import { isClockKept } from '../doctor/check-clock.ts'
import { checkDatabase } from '../doctor/check-data.ts'
import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'
import { findRunning } from '../running.ts'
import { systemClock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { idMaker } from '../shared/ids.ts'
import { systemRandom } from '../shared/random.ts'
import { locate, systemNameRecords } from '../sip/index.ts'
import { flagsOf, withConfigOptions } from './config-options.ts'
import { callLine, type LineCall } from './doctor/call-line.ts'
import { withStore } from './doctor/with-store.ts'
import { stayAlive } from './stay-alive.ts'
import type { Terminal } from './terminal.ts'

const COLOURS = { ok: 32, warn: 33, fail: 31 }

/** `answerphone doctor`: what is in order, what is not, and what to do about it. */
export function doctorCommand(terminal: Terminal): Command {
  return withConfigOptions(new Command('doctor'))
    .description(
      'check program, disk, clock, ports, address, lines, names, certificates and phones, and say what to do; takes the flags of `serve`',
    )
    .option('--json', 'as JSON')
    .option(
      '--call <NUMBER>',
      'test the sound by a call that may cost money: the running machine calls this number, sends beeps and listens for them; echo: the one where the provider sends back what it hears, if known; own: the number of the line',
    )
    .option('--line <LINE>', 'the line to call through, if there are several')
    .action(async ({ json, call, line }: DoctorFlags, command: Command) => {
      using _alive = stayAlive()
      const config = readConfig(flagsOf(command), terminal.env)
      const findings = await look(config, call === undefined ? undefined : { to: call, line })
      if (json) terminal.print(`${JSON.stringify(findings, null, 2)}\n`)
      else for (const finding of findings) terminal.print(show(finding, terminal.isStyled))
      if (findings.some(({ level }) => level === 'fail')) process.exitCode = 1
    })
}

interface DoctorFlags {
  readonly json?: boolean
  readonly call?: string
  readonly line?: string
}

/** All that the doctor sees, and with `call` hears. */
export async function look(config: Config, call: LineCall | undefined): Promise<readonly Finding[]> {
  const clock = systemClock
  const tools = { clock, makeId: idMaker(clock, systemRandom) }
  const running = await findRunning(config.data).catch(() => undefined)
  const database = await checkDatabase(config.data, tools)
  return withStore(config.data, tools, async (store) => {
    const findings = await examine({
      setup: config,
      running,
      store,
      database,
      surroundings: lookAround(config),
      locate: (uri) => locate(uri, { records: systemNameRecords, random: systemRandom }),
      certificate: readOwn(config),
      isClockKept,
      clock,
    })
    if (!call) return findings
    if (!running || !store) throw new AnswerphoneError('AP_NOT_RUNNING', { data: config.data })
    return [...findings, await callLine(call, running, { ...tools, store })]
  })
}

/** The owner's certificate; one that can't be read is complained of at the start. */
function readOwn({ certificate }: Config): string | undefined {
  try {
    return certificate === undefined ? undefined : readFileSync(certificate, 'utf8')
  } catch {
    return undefined
  }
}

/** A finding as it is printed; in words of the catalogue where something is wrong. */
export function show({ level, code, what, advice }: Finding, isStyled: boolean): string {
  const mark = isStyled ? `\x1b[${COLOURS[level]}m${level}\x1b[39m` : level
  const line = `${mark}${' '.repeat(6 - level.length)}${what.en}\n`
  return advice === null ? line : `${line}      ${code}: ${advice.en}\n`
}
