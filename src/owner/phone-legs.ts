import { isIPv6 } from 'node:net'
import type { MediaEngine, MediaSession } from '../media/engine.ts'
import { iceCredentials, isFromBrowser, type SdesSide, type SrtpUse } from '../sdp/index.ts'
import { namedAddress } from '../shared/named-address.ts'
import type { Random } from '../shared/random.ts'
import type { Endpoint, IncomingInvite, InviteOptions } from '../sip/endpoint.ts'
import { localAddressToward } from '../sip/transport/local-address.ts'
import { type Destination, isEncrypted, isWebSocket } from '../sip/transport/transport.ts'
import { takePhone } from './leg/incoming-leg.ts'
import type { Leg } from './leg/leg.ts'
import { callPhone } from './leg/outgoing-leg.ts'
import type { Phone } from './phone.ts'

/** Makes legs: the one place that knows by which addresses phones and we reach each other. */
export interface PhoneLegs {
  /** Calls `to`; `request` is given the host by which it reaches us. */
  call(options: {
    readonly phone: string
    /** `offered` unless given. */
    readonly srtp: SrtpUse | undefined
    readonly to: Destination
    readonly request: (host: string) => Omit<InviteOptions, 'body'>
    readonly beside: MediaSession | undefined
    /** How we are seen from there, where that is another address than for phones. */
    readonly publicAddress?: string | undefined
    /** See `OutgoingLegOptions`. */
    readonly hearsEarly?: boolean
    readonly onCalled?: (callId: string) => void
  }): Leg
  /** Takes a phone's call. */
  take(invite: IncomingInvite, phone: Pick<Phone, 'name' | 'srtp'>, beside: MediaSession | undefined): Leg
}

export function makePhoneLegs(options: {
  readonly endpoint: () => Pick<Endpoint, 'invite' | 'localFor'>
  readonly media: Pick<MediaEngine, 'openSession' | 'browserFingerprint' | 'localAt'>
  readonly publicAddress: string | undefined
  readonly random: Random
}): PhoneLegs {
  const { media, random } = options
  const placesFor = (remote: string, local: string | undefined, publicAddress = options.publicAddress) => {
    const bindAddress = localAddressToward(remote, local ?? (isIPv6(remote) ? '::' : '0.0.0.0'))
    return {
      bindAddress,
      address: namedAddress(remote, bindAddress, publicAddress),
      publicAddress,
      sessionId: random.uint32(),
    }
  }

  const sdesWith = (place: Destination, use: SrtpUse = 'offered'): SdesSide => ({
    use,
    isPrivate: isEncrypted(place),
    random,
  })

  return {
    call({ phone, srtp, to, request, beside, publicAddress, hearsEarly, onCalled }) {
      // From where SIP goes there: on a machine with several addresses the others may lead nowhere.
      const local = to.local ?? options.endpoint().localFor(to)
      const places = placesFor(to.address, local?.address, publicAddress)
      return callPhone({
        ...places,
        endpoint: options.endpoint(),
        media,
        beside,
        phone,
        // Who has SIP over WebSocket is a browser, and has no plain RTP.
        sdes: sdesWith(to, srtp),
        browser: isWebSocket(to) ? iceCredentials(random) : undefined,
        request: request(places.address),
        hearsEarly,
        onCalled,
      })
    },
    take(invite, phone, beside) {
      const { source } = invite.request
      const places = placesFor(source.address, source.local.address)
      const isBrowser = invite.offer ? isFromBrowser(invite.offer.bytes) : isWebSocket(source)
      const browser = isBrowser ? iceCredentials(random) : undefined
      const sdes = sdesWith(source, phone.srtp)
      return takePhone({ ...places, invite, media, beside, phone: phone.name, sdes, browser })
    },
  }
}
