import { openCallerLeg } from '../caller/leg.ts'
import type { MediaEngine } from '../media/engine.ts'
import type { SdesSide } from '../sdp/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { IncomingInvite } from '../sip/endpoint.ts'
import { localAddressToward } from '../sip/transport/local-address.ts'

const LONGEST_MS = 60_000

/** What the echo's session is made with. */
export interface EchoLeg {
  readonly publicAddress?: string | undefined
  readonly sessionId: number
  readonly sdes: SdesSide
}

/** Answers a call of our own at once, and sends back what it says: the far end of a test of the sound. */
export function echoCaller(
  options: EchoLeg & {
    readonly invite: IncomingInvite
    readonly media: MediaEngine
    readonly clock: Clock
  },
): void {
  const { invite, media, publicAddress, sessionId, sdes, clock } = options
  const { source } = invite.request
  const limit = clock.setTimer(LONGEST_MS, () => {
    leg.hangUp()
    end()
  })
  const end = () => {
    limit.cancel()
    void leg.close()
  }
  const leg = openCallerLeg({
    invite,
    media,
    bindAddress: localAddressToward(source.address, source.local.address),
    ...(publicAddress === undefined ? {} : { publicAddress }),
    sessionId,
    sdes,
    events: {
      onFact({ kind }) {
        if (kind === 'arrived') {
          leg.answer()
          leg.hear(leg.session)
        } else if (/^(caller-(cancelled|hung-up|lost)|media-lost)$/.test(kind)) end()
      },
      onTakeStarted() {},
      onTakeEnded() {},
      onNoSound() {},
    },
  })
}
