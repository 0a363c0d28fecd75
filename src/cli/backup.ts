import { resolve } from 'node:path'
import { Command } from 'commander'
import { note } from '../api/acts/audit.ts'
import { makeBackup } from '../backup/make-backup.ts'
import type { Manifest } from '../backup/manifest.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { systemClock } from '../shared/clock.ts'
import { idMaker } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { systemRandom } from '../shared/random.ts'
import { MIGRATION_NAMES } from '../store/migrations/all.ts'
import { withStore } from './doctor/with-store.ts'
import { stayAlive } from './stay-alive.ts'
import type { Terminal } from './terminal.ts'

/** `answerphone backup FILE`: everything that a machine keeps, in one file. */
export function backupCommand(terminal: Terminal): Command {
  return new Command('backup')
    .description('write everything that the machine keeps into one file; it may run meanwhile')
    .argument('<FILE>', 'a new tar file; compressed when its name ends in .gz or .tgz')
    .action(async (file: string, _flags, command: Command) => {
      using _alive = stayAlive()
      const data = dataOf(command)
      const made = await makeBackup(data, resolve(file), systemClock)
      await noteBackup(data, resolve(file), made)
      const { messages, files, missing } = made
      terminal.print(`${file}: ${messages} messages, ${files.length} files.\n`)
      for (const path of missing)
        terminal.warn(`${path} is not in it: it was deleted meanwhile, or is gone from the disk.\n`)
      terminal.warn('It holds passwords and keys: keep it as safe as the machine itself.\n')
    })
}

/** `answerphone restore FILE`: the way back. */
export function restoreCommand(terminal: Terminal): Command {
  return new Command('restore')
    .description('bring a backup back into an empty data directory')
    .argument('<FILE>', 'what `answerphone backup` wrote')
    .option('--force', 'if the directory is not empty, move what is there into a folder inside of it first')
    .action(async (file: string, { force = false }: { force?: boolean }, command: Command) => {
      const data = dataOf(command)
      const { manifest, movedTo } = await restoreBackup(resolve(file), data, { clock: systemClock, force })
      const { messages, createdAt, version } = manifest
      terminal.print(`${data}: ${messages} messages as of ${createdAt}, from Answerphone ${version}.\n`)
      if (movedTo !== undefined) terminal.print(`What was there before is in ${movedTo} now.\n`)
    })
}

/**
 * Writes down that there is a copy of everything. Not in the database of an older program: to open it is to change it,
 * which a backup before an upgrade must not do.
 */
async function noteBackup(data: string, file: string, { migration }: Manifest): Promise<void> {
  if (migration !== MIGRATION_NAMES.at(-1)) return
  const clock = systemClock
  await withStore(data, { clock, makeId: idMaker(clock, systemRandom) }, async (store) => {
    if (store) await note({ store, clock, log: silentLog, who: 'console' }, 'backup-made', { detail: file })
  })
}

const dataOf = (command: Command) => command.optsWithGlobals<{ readonly data: string }>().data
