import { effect } from '@preact/signals'
import { backOffMs } from '../api/events.ts'
import { lendPhone } from '../api/phone.ts'
import { RequestError } from '../api/request.ts'
import { words } from '../i18n/words.ts'
import { phoneLegs, phoneLink, phoneSetting } from '../state/phone.ts'
import { reportFailure } from '../state/report-failure.ts'
import { isSilenced } from '../state/silence.ts'
import { PhoneFailure } from './phone-failure.ts'
import { type LineOptions, openPhoneLine, type PhoneLine } from './phone-line.ts'
import { startRinging } from './ring-sound.ts'

/** The login is renewed this long before it ends. */
const RENEW_EARLY_MS = 5 * 60_000
const REACHED_WITHIN_MS = 10_000

interface KeptLine {
  readonly registers: boolean
  /** Resolves when it is of use; rejects with PhoneFailure when that takes too long, with RequestError when none was lent. */
  readonly ready: Promise<PhoneLine>
  close(): void
}

let kept: KeptLine | undefined
let onHouseCall: LineOptions['onHouseCall'] = () => () => {}
let again = 0
let attempt = 0
/** Its login is refused from now on. */
let stale = false

/** Who takes the calls of other phones of the house. */
export function takeHouseCalls(taker: LineOptions['onHouseCall']): void {
  onHouseCall = taker
}

/** The line to the machine, opened if there is none. */
export function openLine(): Promise<PhoneLine> {
  kept ??= newLine(phoneSetting.value !== 'off')
  return kept.ready
}

/** Registers, and stays registered whatever happens. */
export function keepLine(): void {
  window.clearTimeout(again)
  if ((kept?.registers && !stale) || phoneLegs.value.length > 0) return
  restLine()
  kept = newLine(true)
  kept.ready.catch((error: unknown) => {
    // A login that ran out is told at once; whatever else keeps the machine away may pass.
    if (error instanceof RequestError && error.status === 401) reportFailure(error)
    else keepLater()
  })
}

export function restLine(): void {
  window.clearTimeout(again)
  kept?.close()
  kept = undefined
  stale = false
  phoneLink.value = 'off'
}

export const closeLine = restLine

/** With a new login, and not at once: the machine may just be starting. */
function keepLater(): void {
  stale = true
  // Calls go on without a login; afterwards there is time.
  if (phoneSetting.value === 'off' || phoneLegs.value.length > 0) return
  restLine()
  phoneLink.value = 'lost'
  attempt += 1
  again = window.setTimeout(keepLine, backOffMs(attempt))
}

function newLine(registers: boolean): KeptLine {
  let line: PhoneLine | undefined
  let closed = false
  let renewal = 0
  phoneLink.value = 'opening'
  const { promise: reached, resolve, reject } = Promise.withResolvers<void>()
  const ready = lendPhone().then(async (lent) => {
    if (closed) throw new PhoneFailure(words.value.phone.failed)
    line = openPhoneLine({
      lent,
      registers,
      onReady() {
        attempt = 0
        phoneLink.value = 'ready'
        resolve()
      },
      onLost() {
        phoneLink.value = 'lost'
      },
      onRefused: keepLater,
      onHouseCall: (ring) => onHouseCall(ring),
      onRinging: (callId) =>
        effect(() => {
          const isQuiet = phoneSetting.value !== 'ring' || (callId !== null && isSilenced(callId))
          return isQuiet ? undefined : startRinging()
        }),
    })
    renewal = window.setTimeout(
      keepLater,
      Math.max(0, Date.parse(lent.expiresAt) - Date.now() - RENEW_EARLY_MS),
    )
    window.setTimeout(() => reject(new PhoneFailure(words.value.phone.unreachable)), REACHED_WITHIN_MS)
    await reached
    return line
  })
  // Whoever waits for it hears of it; nobody need be.
  reached.catch(() => {})
  ready.catch(() => {
    if (kept?.ready === ready) kept = undefined
  })
  return {
    registers,
    ready,
    close() {
      closed = true
      window.clearTimeout(renewal)
      line?.close()
    },
  }
}
