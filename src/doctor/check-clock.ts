import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Finding, fail, ok, type Spoken, warn } from './finding.ts'

/** No clock that is right shows less: this program is not older. */
const EARLIEST = Date.UTC(2026, 0, 1)
/** A minute more or less than a registrar says is no reason to doubt a clock: theirs is none of the best. */
const TOLERANCE_MS = 60_000

export interface ClockFacts {
  /** Wall time. */
  readonly now: number
  /** Arrival of the newest call in the database. */
  readonly newestCallAt?: number | undefined
  /** How much later it is at a line's registrar than here, by the Date of its answers (RFC 3261 §20.17), in ms. */
  readonly registrars?: readonly { readonly line: string; readonly aheadMs: number }[]
  /** Whether a time server keeps it right; undefined: the system does not say. */
  readonly isKept?: boolean | undefined
}

/** Whether the clock is right, as far as that can be told without asking anybody. */
export function checkClock({ now, newestCallAt, registrars = [], isKept }: ClockFacts): Finding {
  const shown = new Date(now).toISOString()
  const wrong = (why: Spoken) => ({
    code: 'AP_CLOCK_WRONG' as const,
    details: { why: why.en },
    what: { en: `the clock says ${shown}, but ${why.en}`, de: `die Uhr zeigt ${shown}, aber ${why.de}` },
    de: 'Nachrichten bekommen ihre Zeit von ihr. `timedatectl set-ntp true` stellt sie und hält sie richtig.',
  })
  if (now < EARLIEST)
    return fail('clock', wrong({ en: 'this program is newer', de: 'dieses Programm ist neuer' }))
  const other = registrars.find(({ aheadMs }) => Math.abs(aheadMs) > TOLERANCE_MS)
  if (other) {
    const at = new Date(now + other.aheadMs).toISOString()
    return warn(
      'clock',
      wrong({
        en: `it is ${at} at the registrar of line ${other.line}`,
        de: `beim Registrar der Leitung ${other.line} ist es ${at}`,
      }),
    )
  }
  if (newestCallAt !== undefined && newestCallAt > now + TOLERANCE_MS) {
    const at = new Date(newestCallAt).toISOString()
    return warn('clock', wrong({ en: `a call arrived at ${at}`, de: `ein Anruf kam um ${at}` }))
  }
  if (isKept === false)
    return warn('clock', {
      code: 'AP_CLOCK_UNWATCHED',
      what: {
        en: `the clock says ${shown}, and no time server keeps it right`,
        de: `die Uhr zeigt ${shown}, und kein Zeitserver hält sie richtig`,
      },
      de: '`timedatectl set-ntp true` lässt das einen tun, oder installieren Sie chrony.',
    })
  return ok('clock', `the clock says ${shown}`, `die Uhr zeigt ${shown}`)
}

/** What systemd says of it; undefined where there is none. Nobody outside is asked. */
export async function isClockKept(): Promise<boolean | undefined> {
  try {
    const { stdout } = await promisify(execFile)(
      'timedatectl',
      ['show', '--property=NTPSynchronized', '--value'],
      {
        timeout: 2000,
      },
    )
    return { yes: true, no: false }[stdout.trim()]
  } catch {
    return undefined
  }
}
