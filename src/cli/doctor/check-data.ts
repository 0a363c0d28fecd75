import { existsSync } from 'node:fs'
import { access, constants, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import type { MakeId } from '../../shared/ids.ts'
import { silentLog } from '../../shared/log.ts'
import { checkIntegrity } from '../../store/sqlite/check-integrity.ts'
import { openSqliteStore } from '../../store/sqlite/open-sqlite-store.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

const MB = 1024 * 1024
/** A day of messages at 8,000 bytes a second takes 690 MB; nobody gets that many. */
const COMFORT_BYTES = 1024 * MB
const LEAST_BYTES = 64 * MB

/** Whether the data directory can be written, or made. */
export async function checkFolder(data: string): Promise<Finding> {
  try {
    if (!existsSync(data)) {
      await access(nearest(data), constants.W_OK)
      return warn(
        `${data} is not there yet`,
        'It is made at the first start. Another one? Name it with --data DIR.',
      )
    }
    if (!(await stat(data)).isDirectory())
      return fail(`${data} is no directory`, 'Name another with --data DIR.')
    const probe = join(data, `.doctor-${process.pid}`)
    await writeFile(probe, 'x')
    await rm(probe)
    return ok(`${data} can be written`)
  } catch (error) {
    return fail(
      `${data}: ${(error as Error).message}`,
      'Mend its permissions, free some room, or name another with --data DIR.',
    )
  }
}

/** Whether there is room for messages. */
export async function checkSpace(data: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearest(data))
  const free = bavail * bsize
  const shown = `${Math.floor(free / MB)} MB free on the disk of ${data}`
  if (free < LEAST_BYTES)
    return fail(shown, 'Free some room, or empty the trash with `answerphone messages purge --all`.')
  return free < COMFORT_BYTES
    ? warn(shown, 'A minute of message takes half a MB. Free some room soon.')
    : ok(shown)
}

/** Whether the database is sound; and the arrival of the newest call, for the clock. */
export async function checkDatabase(
  data: string,
  tools: { readonly clock: Clock; readonly makeId: MakeId },
): Promise<{ readonly finding: Finding; readonly newestCallAt?: number }> {
  const file = join(data, 'answerphone.db')
  if (!existsSync(file)) return { finding: ok('no database yet; it is made at the first start') }
  try {
    const [damage] = checkIntegrity(file)
    if (damage !== undefined)
      return { finding: fail(`${file} is damaged: ${damage}`, 'Stop the machine and bring back a backup.') }
    const store = await openSqliteStore({ file, ...tools, log: silentLog })
    try {
      await store.check()
      const newest = (await store.calls.list({ limit: 1 })).rows[0]
      const finding = ok('the database is sound, and takes what is written')
      return newest ? { finding, newestCallAt: newest.arrivedAt } : { finding }
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof AnswerphoneError)) throw error
    return { finding: fail(`the database: ${error.code}`, error.message) }
  }
}

/** The folder itself, or the nearest above it that exists. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}
