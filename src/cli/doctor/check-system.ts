import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWav } from '../../media/wav/read-wav.ts'
import type { Clock } from '../../shared/clock.ts'
import { AnswerphoneError } from '../../shared/errors.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

const ROOT = join(import.meta.dirname, '../../..')
const NEEDED_NODE = 24
/** No clock that is right shows less: this program is not older. */
const EARLIEST = Date.UTC(2026, 0, 1)
const PROMPTS = ['greeting', 'time-over', 'goodbye', 'no-room']

export function checkNode(version: string): Finding {
  if (Number(version.split('.')[0]) >= NEEDED_NODE) return ok(`Node ${version}`)
  const tooOld = new AnswerphoneError('AP_NODE_TOO_OLD', { version })
  return fail(`Node ${version}`, tooOld.message)
}

/**
 * @param newestCallAt arrival of the newest call in the database, if any
 */
export function checkClock(clock: Pick<Clock, 'now'>, newestCallAt: number | undefined): Finding {
  const now = clock.now()
  const shown = `the clock says ${new Date(now).toISOString()}`
  if (now < EARLIEST)
    return fail(shown, 'Set it: messages get their time from it. `timedatectl set-ntp true` keeps it right.')
  if (newestCallAt !== undefined && newestCallAt > now + 60_000)
    return warn(
      `${shown}, but a call arrived at ${new Date(newestCallAt).toISOString()}`,
      'The clock was wrong, or is. `timedatectl` tells.',
    )
  return ok(shown)
}

/** What callers hear when there is no greeting of the owner's. */
export function checkPrompts(folder = join(ROOT, 'assets/prompts')): Finding {
  for (const name of PROMPTS) {
    try {
      readWav(readFileSync(join(folder, `${name}.wav`)))
    } catch (error) {
      return fail(
        `prompt ${name}.wav: ${(error as Error).message}`,
        'Bring back assets/prompts from the repository.',
      )
    }
  }
  return ok('the prompts that ship with Answerphone are there')
}

export function checkPage(folder = join(ROOT, 'web/dist')): Finding {
  if (existsSync(join(folder, 'index.html'))) return ok('the page is built')
  return warn('the page is not built', 'Start with `npm start`, which builds it. Calls are taken without it.')
}
