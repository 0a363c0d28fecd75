import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Command } from 'commander'
import { note } from '../api/acts/audit.ts'
import { needTrace } from '../api/acts/ladder.ts'
import { packFolder } from '../backup/pack-folder.ts'
import { type Config, readConfig } from '../config.ts'
import { systemClock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { systemRandom } from '../shared/random.ts'
import type { Store } from '../store/store.ts'
import { flagsOf, withConfigOptions } from './config-options.ts'
import { withStore } from './doctor/with-store.ts'
import { look } from './doctor.ts'
import { gatherReport, type ReportFiles } from './report/gather-report.ts'
import { stayAlive } from './stay-alive.ts'
import type { Terminal } from './terminal.ts'

interface ReportFlags {
  readonly out?: string
  readonly call?: string
  readonly withNumbers?: boolean
}

/** `answerphone report`: all that somebody needs who is to help, and nothing that he should not have. */
export function reportCommand(terminal: Terminal): Command {
  return withConfigOptions(new Command('report'))
    .description(
      'write an archive for asking for help: version, doctor, configuration, the last ladders; without secrets; takes the flags of `serve`',
    )
    .option('--out <FILE>', 'a new .tar.gz file; default answerphone-report-DATE.tar.gz here')
    .option('--call <ID>', 'the ladder of this call instead of the last ones')
    .option('--with-numbers', 'with the numbers and names of callers, which are cut otherwise')
    .action(async ({ out, call, withNumbers = false }: ReportFlags, command: Command) => {
      using _alive = stayAlive()
      const config = readConfig(flagsOf(command), terminal.env)
      const file = resolve(out ?? `answerphone-report-${stamp(new Date(systemClock.now()))}.tar.gz`)
      if (existsSync(file))
        throw new AnswerphoneError('AP_FILE_UNUSABLE', { file, why: 'it is there already' })
      const findings = await look(config, undefined)
      const files = await withReadableStore(config, async (store) => {
        if (call !== undefined && store) await needTrace({ store }, call)
        const gathered = await gatherReport({ config, store, findings, callId: call, withNumbers })
        await pack(gathered, file)
        if (store) await noteReport(store, `${file}${withNumbers ? ', with numbers' : ''}`)
        return gathered
      })
      terminal.print(`${file}\n`)
      for (const [name, content] of files) terminal.print(`  ${name}  ${content.length} bytes\n`)
      terminal.warn(
        withNumbers
          ? 'Numbers and names of callers are in it; passwords and keys are not.\n'
          : 'Passwords and keys are not in it, numbers are cut; addresses of your network are in it. Look before you send it.\n',
      )
    })
}

const withReadableStore = <Result>(config: Config, read: (store: Store | undefined) => Promise<Result>) =>
  withStore(config.data, { clock: systemClock, makeId: idMaker(systemClock, systemRandom) }, read)

const noteReport = (store: Store, detail: string) =>
  note({ store, clock: systemClock, log: silentLog, who: 'console' }, 'report-made', { detail })

/** Through a folder of its own, which nobody else can read. */
async function pack(files: ReportFiles, file: string): Promise<void> {
  const stage = await mkdtemp(join(tmpdir(), 'answerphone-report-'))
  try {
    for (const [name, content] of files) {
      await mkdir(dirname(join(stage, name)), { recursive: true })
      await writeFile(join(stage, name), content, { mode: 0o600 })
    }
    await packFolder(stage, [...files.keys()], file)
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

const stamp = (at: Date): string => at.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')
