import type { InviteEvent } from '../../sip/endpoint.ts'
import { readInfoDigit } from '../../sip/info-digit.ts'
import type { LegEvent } from './leg.ts'
import type { Sound } from './sound.ts'

/** What means the same in a dialog that a phone has made and in one that we have: all but its beginning and its end. */
export function readDialogEvent(
  event: Extract<InviteEvent, { kind: 'renegotiate' | 'info' | 'refer' | 'cut-off' }>,
  sound: Sound | undefined,
  tell: (event: LegEvent) => void,
): void {
  switch (event.kind) {
    case 'renegotiate':
      return sound ? sound.renegotiate(event) : event.refuse()
    case 'info': {
      // Some phones send both: what comes with the sound has the better timing, and wins for good.
      const digit = event.body && !sound?.digitsHeard ? readInfoDigit(event.body) : undefined
      if (digit === undefined) return
      sound?.ignoreTones()
      return tell({ kind: 'digit', digit })
    }
    case 'cut-off': // A browser may lose its socket and talk on; one that was closed gives no sign any more.
      return sound?.session.doubt()
    case 'refer': {
      const { referTo, replaces, accept, refuse } = event
      return tell({ kind: 'transfer', to: referTo, ...(replaces && { replaces }), accept, refuse })
    }
  }
}
