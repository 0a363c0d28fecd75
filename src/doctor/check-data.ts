import { existsSync } from 'node:fs'
import { access, constants, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '../shared/clock.ts'
import { AnswerphoneError } from '../shared/errors.ts'
import type { MakeId } from '../shared/ids.ts'
import { silentLog } from '../shared/log.ts'
import { checkIntegrity } from '../store/sqlite/check-integrity.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { type Finding, fail, ok, warn } from './finding.ts'
import { inGerman } from './german.ts'

const MB = 1024 * 1024
/** A day of messages at 8,000 bytes a second takes 690 MB; nobody gets that many. */
const COMFORT_BYTES = 1024 * MB
const LEAST_BYTES = 64 * MB

/** Whether the data directory can be written, or made. */
export async function checkFolder(data: string): Promise<Finding> {
  try {
    if (!existsSync(data)) {
      await access(nearest(data), constants.W_OK)
      return warn('disk', {
        code: 'AP_DATA_MISSING',
        details: { data },
        what: { en: `${data} is not there yet`, de: `${data} gibt es noch nicht` },
        de: inGerman('AP_DATA_MISSING', ''),
      })
    }
    if (!(await stat(data)).isDirectory()) return unusable(data, 'it is no directory')
    const probe = join(data, `.doctor-${process.pid}`)
    await writeFile(probe, 'x')
    await rm(probe)
    return ok('disk', `${data} can be written`, `${data} ist beschreibbar`)
  } catch (error) {
    return unusable(data, (error as Error).message)
  }
}

const unusable = (data: string, why: string) =>
  fail('disk', {
    code: 'AP_DATA_UNUSABLE',
    details: { data, why },
    what: { en: `${data}: ${why}`, de: `${data}: ${why}` },
    de: inGerman('AP_DATA_UNUSABLE', ''),
  })

/** Whether there is room for messages. */
export async function checkSpace(data: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearest(data))
  const bytes = bavail * bsize
  const free = Math.floor(bytes / MB)
  const what = {
    en: `${free} MB free on the disk of ${data}`,
    de: `${free} MB frei auf der Festplatte von ${data}`,
  }
  if (bytes >= COMFORT_BYTES) return ok('disk', what.en, what.de)
  return (bytes < LEAST_BYTES ? fail : warn)('disk', {
    code: 'AP_DISK_SHORT',
    details: { free, data },
    what,
    de: 'Eine Minute Nachricht braucht ein halbes MB. Machen Sie Platz, oder leeren Sie den Papierkorb.',
  })
}

/** Whether the database is sound, read as a whole; and the arrival of the newest call, for the clock. */
export async function checkDatabase(
  data: string,
  tools: { readonly clock: Clock; readonly makeId: MakeId },
): Promise<{ readonly finding: Finding; readonly newestCallAt?: number }> {
  const file = join(data, 'answerphone.db')
  if (!existsSync(file))
    return {
      finding: ok(
        'disk',
        'no database yet; it is made at the first start',
        'noch keine Datenbank; sie entsteht beim ersten Start',
      ),
    }
  try {
    const [damage] = checkIntegrity(file)
    if (damage !== undefined) throw new AnswerphoneError('AP_STORE_CORRUPT', { file: `${file} (${damage})` })
    const store = await openSqliteStore({ file, ...tools, log: silentLog })
    try {
      return await checkStore(store)
    } finally {
      await store.close()
    }
  } catch (error) {
    return { finding: storeTrouble(error) }
  }
}

/** The same of a database that is open and in use, which takes no time. */
export async function checkStore(
  store: Pick<Store, 'check' | 'calls'>,
): Promise<{ readonly finding: Finding; readonly newestCallAt?: number }> {
  try {
    await store.check()
    const newest = (await store.calls.list({ limit: 1 })).rows[0]
    const finding = ok(
      'disk',
      'the database is sound, and takes what is written',
      'die Datenbank ist in Ordnung und nimmt, was geschrieben wird',
    )
    return newest ? { finding, newestCallAt: newest.arrivedAt } : { finding }
  } catch (error) {
    return { finding: storeTrouble(error) }
  }
}

function storeTrouble(error: unknown): Finding {
  if (!(error instanceof AnswerphoneError)) throw error
  const { code, details, message } = error
  return fail('disk', {
    code,
    details,
    what: { en: `the database: ${code}`, de: `die Datenbank: ${code}` },
    de: inGerman(code, message),
  })
}

/** The folder itself, or the nearest above it that exists. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}
